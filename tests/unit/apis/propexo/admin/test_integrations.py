"""Are integrations made switched off, cloned within a vendor, changed, and put away?"""

from collections.abc import Callable
from typing import Any

import pytest

LIST, CREATE = "GET /v1/admin/integrations/", "POST /v1/admin/integrations/"
ONE = "/v1/admin/integrations/{integration_id}/"
FETCH, UPDATE, ARCHIVE = f"GET {ONE}", f"PUT {ONE}", f"DELETE {ONE}"
SCHEDULES = "GET /v1/admin/integrations/{integration_id}/job-schedules/"


def fetched(propexo: Any, integration_id: str) -> Any:
    return propexo.get(FETCH, integration_id=integration_id)["results"]


def schedules(propexo: Any, integration_id: str) -> Any:
    return propexo.get(SCHEDULES, integration_id=integration_id)["results"]


def test_a_new_integration_is_switched_off_and_has_never_been_synced(
    propexo: Any, connect: Callable[..., Any]
) -> None:
    made = connect()
    assert (made["vendor"], made["active"], made["sync_frequency"]) == ("APPFOLIO", False, 12)
    found = fetched(propexo, made["id"])
    assert (found["name"], found["active"], found["is_archived"]) == ("West coast", False, False)
    assert found["last_completed_sync"] is None
    assert "leads" in found["models"]
    assert [each["status"] for each in schedules(propexo, made["id"])] == ["INACTIVE"]


def test_credentials_are_never_shown(propexo: Any, connect: Callable[..., Any]) -> None:
    made = connect()
    changes = {"credentials": {"clientId": "c", "clientSecret": "s3cr3t", "developerId": "d"}}
    said = [
        made,
        propexo.get(UPDATE, changes, integration_id=made["id"]),
        fetched(propexo, made["id"]),
        propexo.get(LIST, query="limit=250"),
    ]
    assert "s3cr3t" not in str(said)
    assert "clientSecret" not in str(said)


def test_switching_on_brings_the_first_sync_and_only_once(
    propexo: Any, connect: Callable[..., Any]
) -> None:
    made = connect()
    propexo.machine.advance(hours=1)
    propexo.get(UPDATE, {"active": True}, integration_id=made["id"])
    assert fetched(propexo, made["id"])["last_completed_sync"] == "2026-03-01T10:00:00.000Z"
    propexo.machine.advance(hours=1)
    propexo.get(UPDATE, {"active": False}, integration_id=made["id"])
    propexo.get(UPDATE, {"active": True}, integration_id=made["id"])
    assert fetched(propexo, made["id"])["last_completed_sync"] == "2026-03-01T10:00:00.000Z"
    (schedule,) = schedules(propexo, made["id"])
    assert (schedule["status"], schedule["last_run"]) == ("ACTIVE", "2026-03-01T10:00:00.000Z")


def test_an_update_leaves_what_was_not_sent(propexo: Any, connect: Callable[..., Any]) -> None:
    made = connect(max_request_frequency=7, max_job_concurrency=3, sync_frequency=6)
    changed = propexo.get(UPDATE, {"name": "East"}, integration_id=made["id"])["result"]
    assert (changed["integration_vendor"], changed["name"]) == ("APPFOLIO", "East")
    assert (changed["max_request_frequency"], changed["max_job_concurrency"]) == (7, 3)
    assert "vendor" not in changed
    found = fetched(propexo, made["id"])
    assert (found["max_request_frequency"], found["sync_frequency"]) == (7, 6)


def test_an_updated_rhythm_shows_in_the_schedule(propexo: Any, connect: Callable[..., Any]) -> None:
    made = connect()
    changes = {"sync_frequency": 2, "sync_cadence": "DAY"}
    propexo.get(UPDATE, changes, integration_id=made["id"])
    (schedule,) = schedules(propexo, made["id"])
    assert (schedule["sync_frequency"], schedule["sync_cadence"]) == (2, "DAY")


def test_a_clone_takes_over_settings_and_schedules_but_no_name(
    propexo: Any, connect: Callable[..., Any]
) -> None:
    week = {"MONDAY": {"slots": []}}
    custom = {"type": "WEEK_BASED", "timezone": "UTC", "interval": week}
    model = connect(
        max_request_frequency=7,
        max_job_concurrency=3,
        custom_sync_schedule=custom,
        use_custom_sync_schedule=True,
    )
    clone = connect(name="Clone", based_on_integration_id=model["id"], max_job_concurrency=1)
    assert clone["id"] != model["id"]
    assert (clone["name"], clone["max_request_frequency"]) == ("Clone", 7)
    assert (clone["custom_sync_schedule"], clone["use_custom_sync_schedule"]) == (custom, True)
    assert clone["max_job_concurrency"] == 1
    assert [each["integration_id"] for each in schedules(propexo, clone["id"])] == [clone["id"]]


def test_a_clone_of_another_vendor_is_refused(
    propexo: Any, integration: dict[str, Any], issues: Callable[[Any], Any]
) -> None:
    total = propexo.get(LIST, query="limit=0")["meta"]["total"]
    body = {
        "integration_vendor": "BUILDIUM",
        "credentials": {"clientId": "c", "secret": "s"},
        "name": "Clone",
        "based_on_integration_id": integration["id"],
    }
    advice = f"the integration {integration['id']!r} is ENTRATA, not BUILDIUM"
    assert issues(propexo.refused(CREATE, body)) == [("based_on_integration_id", advice)]
    assert propexo.get(LIST, query="limit=0")["meta"]["total"] == total


def test_the_vendor_of_an_integration_stays(
    propexo: Any, integration: dict[str, Any], issues: Callable[[Any], Any]
) -> None:
    changes = {"integration_vendor": "YARDI", "name": "Other"}
    refused = propexo.refused(UPDATE, changes, integration_id=integration["id"])
    assert issues(refused) == [("integration_vendor", "the integration is ENTRATA and stays so")]
    assert fetched(propexo, integration["id"]) == integration | {
        "is_running_sync": False,
        "is_running_data_access_check": False,
    }


def test_a_leasing_platform_can_be_renamed(propexo: Any, first: Callable[..., Any]) -> None:
    knock = first("integrations", "KNOCK")
    changed = propexo.get(UPDATE, {"name": "Leasing"}, integration_id=knock["id"])["result"]
    assert (changed["integration_vendor"], changed["name"]) == ("KNOCK", "Leasing")


def test_an_archived_integration_is_listed_as_such(
    propexo: Any, integration: dict[str, Any]
) -> None:
    assert propexo.get(ARCHIVE, integration_id=integration["id"]) == {"success": True}
    archived = propexo.get(LIST, query="is_archived=true")["results"]
    assert [(each["id"], each["active"]) for each in archived] == [(integration["id"], False)]
    others = propexo.get(LIST, query="is_archived=false&limit=250")["results"]
    assert integration["id"] not in [each["id"] for each in others]


def test_an_unknown_integration_is_null_to_read_and_missing_to_change(propexo: Any) -> None:
    assert propexo.get(FETCH, integration_id="cnothing")["results"] is None
    said = "no integration has the id 'cnothing'"
    assert propexo.missed(UPDATE, {"name": "x"}, integration_id="cnothing") == said
    assert propexo.missed(ARCHIVE, {}, integration_id="cnothing") == said


@pytest.mark.parametrize("body", [None, {}])
def test_archiving_needs_no_body(body: object, propexo: Any, connect: Callable[..., Any]) -> None:
    made = connect()
    assert propexo.get(ARCHIVE, body, integration_id=made["id"]) == {"success": True}
