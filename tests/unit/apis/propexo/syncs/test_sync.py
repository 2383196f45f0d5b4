"""Does a sync take its time, read what it is about, leave its logs, and tell how it went?"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from mock_server.apis.propexo.kept import records
from mock_server.apis.propexo.pms import health
from mock_server.world.clock import parse
from tests.unit.apis.conftest import NOW

from .conftest import ONE, Office

ENDED = "2026-03-01T09:00:05.000Z"
Told = Callable[..., list[dict[str, Any]]]
Issues = Callable[[Any], Any]


def logs(office: Office) -> list[dict[str, Any]]:
    """Return the job logs of the syncs that ended since 9 o'clock, as they were kept."""
    return [each for each in office.own("job_logs") if each["created_at"] >= ENDED]


def ail(office: Office, *, works: bool = True, down_seconds: float = 0) -> None:
    """Break the login of the PMS, or take it down for a while."""
    with office.desk.world() as world:
        integration = records(world, "integrations").get(office.id) or {}
        health.set_login(world, integration, works=works)
        until = world.clock.now() + timedelta(seconds=down_seconds)
        health.take_down(world, integration, until if down_seconds else None)


def test_a_sync_runs_for_as_long_as_it_takes(office: Office) -> None:
    assert office.integration()["is_running_sync"] is False
    assert office.ask("manual-sync") == (200, {"result": {"success": True}})
    office.desk.machine.advance(seconds=4.999)
    assert office.integration()["is_running_sync"] is True
    assert ENDED not in office.seen("leads")
    office.desk.machine.advance(seconds=0.001)
    found = office.integration()
    assert (found["is_running_sync"], found["last_completed_sync"]) == (False, ENDED)
    assert ENDED in office.seen("leads")


@pytest.mark.parametrize("what", ["manual-sync", "back-sync"])
def test_no_other_sync_begins_while_one_runs(what: str, office: Office, issues: Issues) -> None:
    office.ask(what)
    for other in ("manual-sync", "back-sync"):
        status, said = office.ask(other)
        advice = "a sync of the integration is running; wait until is_running_sync is false"
        assert (status, issues(said)) == (400, [("integration_id", advice)])
    office.desk.machine.advance(seconds=5)
    assert office.ask("manual-sync")[0] == 200


def test_a_resync_that_cannot_begin_says_so_and_changes_the_property(office: Office) -> None:
    office.ask("manual-sync")
    chosen = office.own("property_configurations")[0]
    body = {"enabled": False, "trigger_integration_resync": True}
    key = f"PUT {ONE}/properties/{{property_configuration_id}}"
    path = {"integration_id": office.id, "property_configuration_id": chosen["id"]}
    said = office.desk.get(key, body, **path)["results"]
    assert said["enabled"] is False
    assert said["additional_message"].startswith("a sync of the integration is running")
    office.desk.machine.advance(hours=1)
    assert len([each for each in logs(office) if each["job_type"] == "SYNC"]) == 1


def test_the_syncs_of_two_integrations_run_side_by_side(
    office: Office, office_of: Callable[[str], Office]
) -> None:
    other = office_of("YARDI")
    office.ask("manual-sync")
    other.sync()
    assert office.integration()["last_completed_sync"] == ENDED
    assert other.integration()["last_completed_sync"] == ENDED


def test_a_sync_tells_what_it_read_and_how_it_went(office: Office, told: Told) -> None:
    office.sync(models_to_sync=["leads", "units"])
    (body,) = told()
    assert body == {
        "trigger": "SYNC_COMPLETE",
        "data": {
            "event": "SYNC_COMPLETE",
            "integration_id": office.id,
            "vendor": "RENTVINE",
            "is_backsync": False,
            "successful_job_count": 3,
            "failed_job_count": 0,
            "is_sync_finished": True,
            "job_schedule_id": None,
            "models_synced": body["data"]["models_synced"],
        },
    }
    assert set(body["data"]["models_synced"]) == {"properties", "leads", "units"}


def test_a_sync_names_models_as_webhooks_do(office_of: Callable[[str], Office], told: Told) -> None:
    office = office_of("APPFOLIO")
    office.sync(models_to_sync=["service_request_vendors"])
    assert set(told()[0]["data"]["models_synced"]) == {"properties", "service_request_vendors"}


def test_a_sync_has_a_log_and_so_has_each_of_its_reads(office: Office) -> None:
    office.sync(models_to_sync=["leads"])
    *reads, whole = logs(office)
    assert {each["job_type"] for each in reads} == {"READ_PROPERTIES", "READ_LEADS"}
    assert (whole["job_type"], whole["parent_job_id"]) == ("SYNC", None)
    assert whole["root_job_id"] == whole["job_id"]
    for each in reads:
        assert (each["root_job_id"], each["parent_job_id"]) == (whole["job_id"],) * 2
    for each in logs(office):
        assert (each["status"], each["created_at"]) == ("SUCCESS", ENDED)
        assert each["job_schedule_id"] is None
    assert len({each["job_id"] for each in logs(office)}) == 3


def test_an_event_names_the_read_that_found_it(office: Office, told: Told) -> None:
    lead = office.own("leads")[0]
    office.change("patch", "leads", lead["id"], last_name="Berg")
    office.sync()
    (data,) = [each["data"] for each in told("DATA_UPDATE")]
    (read,) = [each for each in logs(office) if each["job_id"] == data["job_id"]]
    assert (read["job_type"], data["job_type"]) == ("READ_LEADS", "READ_LEADS")
    assert read["root_job_id"] == data["root_job_id"]


def test_what_lands_while_a_sync_runs_is_read_by_it(office: Office) -> None:
    office.ask("manual-sync")
    lead = office.own("leads")[0]
    office.desk.machine.advance(seconds=1)
    office.desk.get("PUT /v1/leads/{id}", {"last_name": "Berg"}, id=lead["id"])
    office.desk.machine.advance(seconds=3)
    assert office.one("leads", lead["id"]) == lead
    office.desk.machine.advance(seconds=1)
    assert (office.one("leads", lead["id"]) or {})["last_name"] == "Berg"


def test_a_back_sync_tells_nothing_of_records(office: Office, told: Told) -> None:
    lead, before = office.own("leads")[0], office.integration()
    office.change("patch", "leads", lead["id"], last_name="Berg")
    office.change("add", "leads", "cada", **{**lead, "id": "cada"})
    office.sync("back-sync")
    (body,) = told()
    assert (body["trigger"], body["data"]["is_backsync"]) == ("SYNC_COMPLETE", True)
    assert office.one("leads", "cada") is not None
    found = office.integration()
    assert found["last_completed_back_sync"] == ENDED
    assert found["last_completed_sync"] == before["last_completed_sync"]


@pytest.mark.parametrize(
    ("ailment", "can_authenticate"), [({"works": False}, False), ({"down_seconds": 9}, True)]
)
def test_a_sync_of_a_pms_that_is_not_well_fails(
    ailment: dict[str, Any],
    can_authenticate: bool,  # noqa: FBT001 - a table's column
    office: Office,
    told: Told,
) -> None:
    lead, before = office.own("leads")[0], office.integration()
    office.change("patch", "leads", lead["id"], last_name="Berg")
    ail(office, **ailment)
    office.sync(models_to_sync=["leads"])
    assert (office.one("leads", lead["id"]), office.seen("units") & {ENDED}) == (lead, set())
    assert {each["status"] for each in logs(office)} == {"FAILURE"}
    *failures, whole = told()
    assert {each["data"]["job_type"] for each in failures} == {"READ_PROPERTIES", "READ_LEADS"}
    assert whole["trigger"] == "SYNC_COMPLETE"
    counts = whole["data"]["successful_job_count"], whole["data"]["failed_job_count"]
    assert counts == (0, 2)
    assert office.integration() == {**before, "can_authenticate": can_authenticate}


def test_a_job_failure_says_which_job_of_which_sync(office: Office, told: Told) -> None:
    ail(office, works=False)
    office.sync(models_to_sync=["leads"])
    for body in told("JOB_FAILURE"):
        (log,) = [each for each in logs(office) if each["job_id"] == body["data"]["job_id"]]
        assert body == {
            "trigger": "JOB_FAILURE",
            "data": {
                "event": "JOB_FAILURE",
                "job_id": log["job_id"],
                "root_job_id": log["root_job_id"],
                "integration_id": office.id,
                "job_type": log["job_type"],
                "vendor": "RENTVINE",
            },
        }
    assert len(told("JOB_FAILURE")) == 2


@pytest.mark.parametrize("ailment", [{"works": False}, {"down_seconds": 3_600}])
def test_once_a_pms_is_well_again_nothing_is_missing(
    ailment: dict[str, Any], office: Office, told: Told
) -> None:
    lead = office.own("leads")[0]
    office.change("patch", "leads", lead["id"], last_name="Berg")
    ail(office, **ailment)
    office.sync()
    ail(office)
    office.sync()
    assert (office.one("leads", lead["id"]) or {})["last_name"] == "Berg"
    assert len(told("DATA_UPDATE")) == 1
    found = office.integration()
    assert (found["can_authenticate"], found["is_running_sync"]) == (True, False)
    assert found["last_completed_sync"] == "2026-03-01T09:00:10.000Z"


def test_a_pms_that_comes_back_before_a_sync_ends_is_read(office: Office) -> None:
    ail(office, down_seconds=5)
    office.sync()
    assert office.integration()["last_completed_sync"] == ENDED


@pytest.mark.parametrize(("how", "body"), [("PUT", {"active": False}), ("DELETE", {})])
def test_what_is_switched_off_while_a_sync_runs_is_not_read(
    how: str, body: dict[str, Any], office: Office, told: Told
) -> None:
    leads = office.own("leads")
    office.ask("manual-sync")
    office.desk.get(f"{how} {ONE}/", body, integration_id=office.id)
    office.desk.machine.advance(seconds=5)
    assert office.integration()["is_running_sync"] is False
    assert (office.own("leads"), logs(office), told()) == (leads, [], [])


def test_the_same_steps_in_a_fresh_world_bring_the_very_same_about(office: Office) -> None:
    ends = []
    for _ in range(2):
        # The seeded webhook has ordered the end of the sync.
        (webhook,) = office.desk.get("GET /v1/webhooks/", query="active=")["results"]
        office.amend("webhooks", webhook["id"], active=True)
        lead = office.own("leads")[0]
        office.change("add", "leads", "cada", **{**lead, "id": "cada"})
        office.change("patch", "leads", lead["id"], last_name="Berg")
        office.sync()
        with office.desk.world() as world:
            sent = world.collection("deliveries").all()
        ends.append(
            [
                [(each["id"], each["body"], each["headers"]) for each in sent],
                *(office.own(each) for each in ("job_logs", "data_diffs", "leads", "units")),
            ]
        )
        office.desk.worlds.reset(office.desk.name)
        office.desk.machine.advance(seconds=-5)
    assert ends[0] == ends[1]
    assert len(ends[0][0]) == 1


def test_a_sync_that_a_fault_kept_from_ending_is_let_go(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*_: object) -> None:
        raise KeyError("copy")

    assert office.ask("manual-sync")[0] == 200
    with monkeypatch.context() as patched:
        patched.setattr("mock_server.apis.propexo.syncs.sync.copying.copy", stumble)
        office.desk.machine.advance(seconds=5)
        assert office.integration()["is_running_sync"] is False
    assert ENDED not in office.seen("leads")
    assert office.ask("manual-sync")[0] == 200
    office.desk.machine.advance(seconds=5)
    assert "2026-03-01T09:00:10.000Z" in office.seen("leads")


def test_a_schedule_goes_on_after_a_fault(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(*_: object, **__: object) -> None:
        raise KeyError("begin")

    office.integration()
    with monkeypatch.context() as patched:
        patched.setattr("mock_server.apis.propexo.syncs.sync.begin", stumble)
        (own,) = office.own("job_schedules")
        waited = parse(own["last_run"]) + timedelta(hours=12) - NOW
        office.desk.machine.advance(seconds=waited.total_seconds())
        assert office.integration()["is_running_sync"] is False
    office.desk.machine.advance(hours=12)
    assert office.integration()["is_running_sync"] is True
