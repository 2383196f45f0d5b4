"""Does the first sync of a new integration bring in a whole small portfolio?"""

from collections.abc import Callable
from typing import Any

import pytest

from mock_server.apis.propexo.interfaces import reads_of
from mock_server.apis.propexo.kept import records
from mock_server.apis.propexo.pms import health, truth
from mock_server.apis.propexo.syncs import first as first_sync
from mock_server.apis.propexo.syncs import models, sync

from .conftest import ONE, Office

ENDED = "2026-03-01T09:00:05.000Z"
CRM = ("ELISEAI", "FUNNEL", "KNOCK", "RENTCAFE")
PMS = (
    "APPFOLIO",
    "BUILDIUM",
    "ENTRATA",
    "MRI",
    "PROPERTYWARE",
    "PROPERTYWARE_REST",
    "REALPAGE",
    "REALPAGE_RPX",
    "RENTMANAGER",
    "RENTVINE",
    "RESMAN",
    "YARDI",
    "YARDI_REST",
)
Connected = Callable[..., Office]
Told = Callable[..., list[dict[str, Any]]]


def connect(office: Office, vendor: str) -> Office:
    """Connect a system of another vendor, without its credentials, and begin its first sync."""
    new = {
        **office.integration(),
        **reads_of(vendor),
        "id": f"cnew{vendor.lower()}",
        "vendor": vendor,
        "last_completed_sync": None,
    }
    with office.desk.world() as world:
        added = records(world, "integrations").add(new)
        sync.begin(office.moment(world), added)
    office.desk.machine.advance(seconds=5)
    return Office(office.desk, new["id"])


def everything(office: Office) -> dict[str, list[dict[str, Any]]]:
    """Return every copy that Propexo has of what the integration's PMS holds."""
    with office.desk.world() as world:
        names = [*models.read_from_pms(world)]
    return {name: found for name in names if (found := office.own(name))}


@pytest.mark.parametrize("vendor", [*PMS, *CRM])
def test_the_first_sync_fills_an_integration_of_any_vendor(vendor: str, office: Office) -> None:
    new = connect(office, vendor)
    found = everything(new)
    people, places = ("crm_prospects", "crm_communities")
    if vendor in PMS:
        people, places = ("leads", "properties")
    assert len(found[people]) >= 10
    assert len(found[places]) == 2
    for each in [each for several in found.values() for each in several]:
        assert {each[name] for name in ("created_at", "updated_at", "last_seen")} == {ENDED}
        assert each["integration_vendor"] == vendor
    configured = {each["property_id"] for each in new.own("property_configurations")}
    assert configured == {each["id"] for each in found.get("properties", [])}
    assert new.integration()["last_completed_sync"] == ENDED
    with new.desk.world() as world:
        assert truth.unread(world, new.id) == []


def test_property_lists_are_enabled_when_they_are_first_read(connected: Connected) -> None:
    new = connected(new_properties_are_enabled=False)
    assert new.own("property_list_configurations") == []
    new.desk.machine.advance(seconds=5)
    place, *_ = new.own("property_configurations")
    new.amend("property_configurations", place["id"], enabled=True)
    new.sync()
    (listed,) = new.own("property_lists")
    (made,) = new.own("property_list_configurations")
    assert (made["property_list_id"], made["x_property_list_id"]) == (listed["id"], listed["x_id"])
    assert (made["enabled"], made["created_at"]) == (True, listed["created_at"])
    new.sync()
    assert new.own("property_list_configurations") == [made]


def test_a_new_integration_is_empty_until_its_first_sync_has_ended(connected: Connected) -> None:
    new = connected()
    assert new.integration()["is_running_sync"] is True
    assert everything(new) == {}
    new.desk.machine.advance(seconds=4.999)
    assert everything(new) == {}
    new.desk.machine.advance(seconds=0.001)
    assert new.integration()["is_running_sync"] is False
    assert {"properties", "leads", "units"} <= everything(new).keys()


def test_an_integration_that_is_off_has_no_first_sync(connected: Connected) -> None:
    new = connected(active=False)
    new.desk.machine.advance(hours=1)
    assert (everything(new), new.integration()["last_completed_sync"]) == ({}, None)


def test_a_first_sync_tells_of_itself_alone(connected: Connected, told: Told) -> None:
    new = connected()
    new.desk.machine.advance(seconds=5)
    (body,) = told()
    assert body["trigger"] == body["data"]["event"] == "FIRST_SYNC_COMPLETE"
    assert body["data"]["is_backsync"] is False
    assert "leads" in body["data"]["models_synced"]
    new.sync()
    assert [each["trigger"] for each in told()] == ["FIRST_SYNC_COMPLETE", "SYNC_COMPLETE"]


def test_a_first_sync_belongs_to_the_schedule_of_the_integration(
    connected: Connected, told: Told
) -> None:
    new = connected()
    (schedule,) = new.own("job_schedules")
    new.desk.machine.advance(seconds=5)
    assert told()[0]["data"]["job_schedule_id"] == schedule["id"]
    assert new.own("job_schedules")[0]["last_run"] == ENDED


def test_what_comes_after_the_first_sync_is_told(connected: Connected, told: Told) -> None:
    new = connected()
    new.desk.machine.advance(seconds=5)
    lead = new.own("leads")[0]
    new.change("add", "leads", "cada", **{**lead, "id": "cada"})
    new.sync()
    assert [each["data"]["record_id"] for each in told("DATA_NEW")] == ["cada"]


def test_properties_that_wait_for_approval_are_all_that_a_first_sync_loads(
    connected: Connected, told: Told
) -> None:
    new = connected(new_properties_are_enabled=False)
    new.desk.machine.advance(seconds=5)
    assert everything(new).keys() == {"properties"}
    chosen, other = new.own("property_configurations")
    assert not chosen["enabled"]
    key = f"PUT {ONE}/properties/{{property_configuration_id}}"
    path = {"integration_id": new.id, "property_configuration_id": chosen["id"]}
    new.desk.get(key, {"enabled": True}, **path)
    assert everything(new).keys() == {"properties"}
    new.sync()
    found = everything(new)
    assert {"units", "leads", "residents"} <= found.keys()
    assert {each["property_id"] for each in found["leads"]} == {chosen["property_id"]}
    assert told("DATA_NEW")
    assert other["property_id"] not in str(found["units"])


def test_a_first_sync_that_fails_comes_again(connected: Connected, told: Told) -> None:
    new = connected(active=False)
    with new.desk.world() as world:
        health.set_login(world, records(world, "integrations").get(new.id) or {}, works=False)
    new.desk.get(f"PUT {ONE}/", {"active": True}, integration_id=new.id)
    new.desk.machine.advance(seconds=5)
    (data,) = [each["data"] for each in told("FIRST_SYNC_COMPLETE")]
    assert (data["successful_job_count"], everything(new)) == (0, {})
    assert data["failed_job_count"] == len(data["models_synced"]) > 0
    assert new.integration()["last_completed_sync"] is None
    with new.desk.world() as world:
        health.set_login(world, records(world, "integrations").get(new.id) or {}, works=True)
    new.sync()
    assert len(everything(new)["leads"]) == 20
    assert [each["trigger"] for each in told()][-1] == "FIRST_SYNC_COMPLETE"


def test_a_pms_is_filled_once(connected: Connected) -> None:
    new = connected(active=False)
    with new.desk.world() as world:
        for _ in range(2):
            first_sync.fill(new.moment(world), records(world, "integrations").get(new.id) or {})
            held = len(truth.unread(world, new.id))
            assert len(truth.held(world, new.id, "leads")) == 20
        ids = [row["record_id"] for row, _ in truth.unread(world, new.id)]
    assert len(set(ids)) == len(ids) == held


def test_a_back_sync_may_be_the_first(connected: Connected, told: Told) -> None:
    new = connected(active=False)
    new.amend("integrations", new.id, active=True)
    new.sync("back-sync")
    found = new.integration()
    assert (found["last_completed_sync"], found["last_completed_back_sync"]) == (ENDED, ENDED)
    (body,) = told()
    assert (body["trigger"], body["data"]["is_backsync"]) == ("FIRST_SYNC_COMPLETE", True)
