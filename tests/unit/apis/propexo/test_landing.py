"""Does a write land where its PMS lets it: in Propexo's copy, at the PMS alone, or nowhere?"""

from collections.abc import Callable
from typing import Any

import pytest

from mock_server.apis.propexo.kept import records
from mock_server.apis.propexo.pms import health, truth
from mock_server.engine.changes import Change
from mock_server.world.clock import parse
from mock_server.world.queries import where

CREATE, UPDATE, READ = "POST /v1/leads/", "PUT /v1/leads/{id}", "GET /v1/leads/{id}"
STATUS = "GET /v1/admin/write-status/{root_job_id}"
SYNC = "POST /v1/admin/integrations/{integration_id}/manual-sync"
FETCH = "GET /v1/admin/integrations/{integration_id}/"
# Of the first Propexo reads a new lead at once, of the second it does not (guide: write requests).
READ_BACK, NOT_READ_BACK = "RENTMANAGER", "RENTVINE"
LANDED, SYNCED = "2026-03-01T09:00:02.000Z", "2026-03-01T09:00:07.000Z"
PERSON = {"first_name": "Ada", "last_name": "Okafor"}
Told = Callable[..., list[dict[str, Any]]]
Row = dict[str, Any]


@pytest.fixture
def propexo(documented: Any) -> Any:
    return documented


@pytest.fixture
def create(propexo: Any, first: Callable[..., Row]) -> Callable[..., str]:
    """Create a lead at a PMS, and return the job."""

    def create(vendor: str, **body: Any) -> str:
        place = first("properties", vendor)
        known = {"integration_id": place["integration_id"], "property_id": place["id"]}
        return str(propexo.get(CREATE, {**known, **PERSON, **body})["job_id"])

    return create


@pytest.fixture
def update(propexo: Any, first: Callable[..., Row]) -> Callable[..., tuple[Row, str]]:
    """Change the first lead of a PMS; return the lead as it was, and the job."""

    def update(vendor: str, **body: Any) -> tuple[Row, str]:
        lead = first("leads", vendor)
        return lead, str(propexo.get(UPDATE, body, id=lead["id"])["job_id"])

    return update


def status(propexo: Any, job_id: str) -> Any:
    return propexo.get(STATUS, root_job_id=job_id)


def leads(propexo: Any, vendor: str) -> list[Row]:
    """Return the leads of a PMS that a list shows."""
    found = propexo.get("GET /v1/leads/", query="limit=250")["results"]
    return [each for each in found if each["integration_vendor"] == vendor]


def sync(propexo: Any, integration_id: str) -> None:
    propexo.get(SYNC, {}, integration_id=integration_id)
    propexo.machine.advance(seconds=5)


def ail(propexo: Any, integration_id: str, *, works: bool = True, down: bool = False) -> None:
    """Break the login of a PMS, take it down for a day, or mend both."""
    with propexo.world() as world:
        integration = records(world, "integrations").get(integration_id)
        health.set_login(world, integration, works=works)
        health.take_down(world, integration, parse("2026-03-02T09:00:00Z") if down else None)


def test_what_is_read_back_is_there_as_soon_as_it_has_landed(
    propexo: Any, create: Callable[..., str], told: Told
) -> None:
    job_id = create(READ_BACK)
    known = len(leads(propexo, READ_BACK))
    propexo.machine.advance(seconds=2)
    ada_id = status(propexo, job_id)["created_record_id"]
    ada = propexo.get(READ, id=ada_id)["results"]
    assert {ada[name] for name in ("created_at", "updated_at", "last_seen")} == {LANDED}
    assert len(leads(propexo, READ_BACK)) == known + 1
    (body,) = told("DATA_NEW")
    assert (body["data"]["record_id"], body["data"]["root_job_id"]) == (ada_id, job_id)
    assert body["data"]["job_type"] == "READ_LEADS"
    assert body["data"]["job_id"] != job_id


def test_what_is_not_read_back_comes_with_the_next_sync(
    propexo: Any, create: Callable[..., str], told: Told
) -> None:
    known = {each["id"] for each in leads(propexo, NOT_READ_BACK)}
    job_id = create(NOT_READ_BACK)
    propexo.machine.advance(seconds=2)
    end = {"write_status": "SUCCESS", "errors": [], "created_record_id": None}
    assert status(propexo, job_id) == end
    found = leads(propexo, NOT_READ_BACK)
    assert ({each["id"] for each in found}, told()) == (known, [])
    sync(propexo, found[0]["integration_id"])
    (ada,) = [each for each in leads(propexo, NOT_READ_BACK) if each["id"] not in known]
    assert ada["created_at"] == ada["last_seen"] == SYNCED
    (body,) = told("DATA_NEW")
    assert (body["data"]["record_id"], body["data"]["payload"]["first_name"]) == (ada["id"], "Ada")
    assert status(propexo, job_id) == end


@pytest.mark.parametrize("vendor", [READ_BACK, NOT_READ_BACK])
def test_an_update_keeps_the_old_values_until_it_is_read(
    vendor: str, propexo: Any, update: Callable[..., tuple[Row, str]], told: Told
) -> None:
    lead, job_id = update(vendor, last_name="Berg")
    propexo.machine.advance(seconds=1.999)
    assert propexo.get(READ, id=lead["id"])["results"] == lead
    propexo.machine.advance(seconds=0.001)
    assert status(propexo, job_id)["write_status"] == "SUCCESS"
    if vendor == NOT_READ_BACK:
        assert (propexo.get(READ, id=lead["id"])["results"], told()) == (lead, [])
        sync(propexo, lead["integration_id"])
    read_at = LANDED if vendor == READ_BACK else SYNCED
    new = {"last_name": "Berg", "updated_at": read_at, "last_seen": read_at}
    assert propexo.get(READ, id=lead["id"])["results"] == {**lead, **new}
    (body,) = told("DATA_UPDATE")
    assert body["data"]["diff"] == {"new": new, "previous": {name: lead[name] for name in new}}


def test_a_write_that_says_nothing_new_still_counts_as_an_update(
    propexo: Any, first: Callable[..., Row], update: Callable[..., tuple[Row, str]], told: Told
) -> None:
    lead, _ = update(READ_BACK, last_name=first("leads", READ_BACK)["last_name"])
    propexo.machine.advance(seconds=2)
    found = propexo.get(READ, id=lead["id"])["results"]
    assert found == {**lead, "updated_at": LANDED, "last_seen": LANDED}
    assert told("DATA_UPDATE") == []


def test_two_updates_before_one_sync_come_as_one_difference(
    propexo: Any, update: Callable[..., tuple[Row, str]], told: Told
) -> None:
    lead, _ = update(NOT_READ_BACK, last_name="Berg")
    update(NOT_READ_BACK, first_name="Zoë", last_name="Lind")
    propexo.machine.advance(seconds=2)
    sync(propexo, lead["integration_id"])
    (body,) = told("DATA_UPDATE")
    new = body["data"]["diff"]["new"]
    assert (new["first_name"], new["last_name"]) == ("Zoë", "Lind")


def test_what_waited_at_the_pms_comes_along_with_a_write_that_is_read_back(
    propexo: Any, update: Callable[..., tuple[Row, str]], first: Callable[..., Row], told: Told
) -> None:
    lead = first("leads", READ_BACK)
    with propexo.world() as world:
        made = propexo_patch(lead["id"], {"first_name": "Zoë", "last_name": "Old"})
        truth.change(world, lead["integration_id"], made)
    update(READ_BACK, last_name="Berg")
    propexo.machine.advance(seconds=2)
    found = propexo.get(READ, id=lead["id"])["results"]
    assert (found["first_name"], found["last_name"]) == ("Zoë", "Berg")
    with propexo.world() as world:
        assert truth.unread(world, lead["integration_id"]) == []
    assert len(told("DATA_UPDATE")) == 1


def propexo_patch(record_id: str, values: Row) -> Any:
    return truth.Change("patch", "propexo_leads", record_id, values, ("updated_at", "last_seen"))


def test_a_write_that_fails_changes_nothing(
    propexo: Any, create: Callable[..., str], told: Told
) -> None:
    before = leads(propexo, READ_BACK)
    job_id = create(READ_BACK, last_name="Writefail")
    assert status(propexo, job_id)["write_status"] == "PENDING"
    propexo.machine.advance(seconds=2)
    end = status(propexo, job_id)
    assert (end["write_status"], end["created_record_id"]) == ("FAILURE", None)
    assert end["errors"]
    assert leads(propexo, READ_BACK) == before
    (body,) = told()
    assert body == {
        "trigger": "WRITE_OPERATION_FAILURE",
        "data": {
            "event": "WRITE_OPERATION_FAILURE",
            "integration_id": body["data"]["integration_id"],
            "vendor": READ_BACK,
            "root_job_id": job_id,
            "write_status": "FAILURE",
            "errors": end["errors"],
        },
    }
    sync(propexo, before[0]["integration_id"])
    assert len(leads(propexo, READ_BACK)) == len(before)


@pytest.fixture
def visit(first: Callable[..., Row]) -> Row:
    """Return an event that comes along with a new lead, as a second change."""
    return {
        "event_name": "WalkIn",
        "event_datetime": "2026-02-28T10:00:00-05:00",
        "employee_id": first("employees", READ_BACK)["id"],
    }


@pytest.mark.parametrize("notes", ["Partial", "Quiet please."])
def test_a_write_that_succeeds_in_part_makes_the_first_change_alone(
    notes: str, propexo: Any, create: Callable[..., str], visit: Row, told: Told
) -> None:
    job_id, is_whole = create(READ_BACK, notes=notes, events=[visit]), notes != "Partial"
    propexo.machine.advance(seconds=2)
    end = status(propexo, job_id)
    assert end["write_status"] == ("SUCCESS" if is_whole else "PARTIAL_SUCCESS")
    assert bool(end["errors"]) is not is_whole
    assert propexo.get(READ, id=end["created_record_id"])["results"]["notes"] == notes
    made = [each["data"]["object"] for each in told("DATA_NEW")]
    assert made == (["leads", "events", "leads-to-events"] if is_whole else ["leads"])
    failures = [each["data"] for each in told("WRITE_OPERATION_FAILURE")]
    ends = [] if is_whole else [(job_id, "PARTIAL_SUCCESS", end["errors"])]
    found = [(each["root_job_id"], each["write_status"], each["errors"]) for each in failures]
    assert found == ends


@pytest.mark.parametrize(
    ("ailment", "can_authenticate"), [({"works": False}, False), ({"down": True}, True)]
)
@pytest.mark.parametrize("vendor", [READ_BACK, NOT_READ_BACK])
def test_a_write_to_a_pms_that_is_not_well_fails(
    vendor: str,
    ailment: Row,
    can_authenticate: bool,  # noqa: FBT001 - a table's column
    propexo: Any,
    update: Callable[..., tuple[Row, str]],
) -> None:
    lead, job_id = update(vendor, last_name="Berg")
    ail(propexo, lead["integration_id"], **ailment)
    propexo.machine.advance(seconds=2)
    end = status(propexo, job_id)
    assert end["write_status"] == "FAILURE"
    assert end["errors"]
    assert propexo.get(READ, id=lead["id"])["results"] == lead
    found = propexo.get(FETCH, integration_id=lead["integration_id"])["results"]
    assert found["can_authenticate"] is can_authenticate
    with propexo.world() as world:
        assert truth.unread(world, lead["integration_id"]) == []


def test_a_write_to_a_pms_that_is_well_again_succeeds(
    propexo: Any, update: Callable[..., tuple[Row, str]]
) -> None:
    lead, _ = update(READ_BACK, last_name="Berg")
    ail(propexo, lead["integration_id"], works=False)
    propexo.machine.advance(seconds=2)
    ail(propexo, lead["integration_id"])
    _, job_id = update(READ_BACK, last_name="Lind")
    propexo.machine.advance(seconds=2)
    assert status(propexo, job_id)["write_status"] == "SUCCESS"
    assert propexo.get(READ, id=lead["id"])["results"]["last_name"] == "Lind"
    found = propexo.get(FETCH, integration_id=lead["integration_id"])["results"]
    assert found["can_authenticate"] is True


def test_the_pms_counts_as_it_is_when_the_write_lands(
    propexo: Any, update: Callable[..., tuple[Row, str]]
) -> None:
    ail(propexo, update(READ_BACK, last_name="Berg")[0]["integration_id"], works=False)
    lead, job_id = update(READ_BACK, last_name="Lind")
    propexo.machine.advance(seconds=1)
    ail(propexo, lead["integration_id"])
    propexo.machine.advance(seconds=1)
    assert status(propexo, job_id)["write_status"] == "SUCCESS"


def test_a_success_is_told_only_to_who_ordered_it(
    propexo: Any, update: Callable[..., tuple[Row, str]], told: Told
) -> None:
    webhooks = propexo.get("GET /v1/webhooks/", query="limit=250")["results"]
    (own,) = [each for each in webhooks if each["url"] == "http://127.0.0.1:9/"]
    ordered = {"triggers": ["JOB_SUCCESS"]}
    propexo.get("PUT /v1/webhooks/{webhook_id}", ordered, webhook_id=own["id"])
    lead, job_id = update(NOT_READ_BACK, last_name="Berg")
    propexo.machine.advance(seconds=2)
    assert told() == [
        {
            "trigger": "JOB_SUCCESS",
            "data": {
                "event": "JOB_SUCCESS",
                "job_id": job_id,
                "root_job_id": job_id,
                "job_type": "PUT_LEADS",
                "integration_id": lead["integration_id"],
                "vendor": NOT_READ_BACK,
            },
        }
    ]


def test_a_job_that_has_been_forgotten_lands_nowhere(
    propexo: Any, create: Callable[..., str], told: Told
) -> None:
    job_id, before = create(READ_BACK), leads(propexo, READ_BACK)
    with propexo.world() as world:
        world.collection("jobs").remove(job_id)
    propexo.machine.advance(seconds=2)
    assert (leads(propexo, READ_BACK), told()) == (before, [])
    with propexo.world() as world:
        assert not records(world, "job_logs").total(where(job_id=job_id))


@pytest.mark.parametrize("vendor", [READ_BACK, NOT_READ_BACK])
def test_an_update_of_what_the_pms_no_longer_has_fails(
    vendor: str, propexo: Any, update: Callable[..., tuple[Row, str]], first: Callable[..., Row]
) -> None:
    lead = first("leads", vendor)
    with propexo.world() as world:
        made = Change("remove", "propexo_leads", lead["id"])
        truth.change(world, lead["integration_id"], made)
    _, job_id = update(vendor, last_name="Berg")
    propexo.machine.advance(seconds=2)
    found = status(propexo, job_id)
    assert (found["write_status"], len(found["errors"])) == ("FAILURE", 1)
    assert propexo.get(READ, id=lead["id"])["results"] == lead


def test_what_belongs_to_a_disabled_property_is_not_read_back(
    propexo: Any, update: Callable[..., tuple[Row, str]], first: Callable[..., Row]
) -> None:
    lead = first("leads", READ_BACK)
    with propexo.world() as world:
        configured = records(world, "property_configurations")
        mine = configured.first(where(property_id=lead["property_id"])) or {}
        configured.patch(mine["id"], {"enabled": False})
    _, job_id = update(READ_BACK, last_name="Berg")
    propexo.machine.advance(seconds=2)
    assert status(propexo, job_id)["write_status"] == "SUCCESS"
    assert propexo.get(READ, id=lead["id"])["results"] == lead


def test_a_write_that_a_fault_kept_from_landing_fails_and_is_told(
    propexo: Any, create: Callable[..., str], told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*_: object) -> None:
        raise KeyError("make")

    told()
    job_id = create(READ_BACK)
    monkeypatch.setattr("mock_server.apis.propexo.landing._make", stumble)
    propexo.machine.advance(seconds=2)
    assert status(propexo, job_id)["write_status"] == "FAILURE"
    assert [each["trigger"] for each in told()] == ["WRITE_OPERATION_FAILURE"]
