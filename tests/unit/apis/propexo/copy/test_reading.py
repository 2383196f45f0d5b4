"""Does a read bring the copy up to date, and tell exactly what it found?"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from mock_server.apis.propexo.copy.reading import Reading, difference, payload, read
from mock_server.apis.propexo.kept import records
from mock_server.engine.changes import Change
from mock_server.engine.moment import Moment
from tests.unit.apis.propexo.syncs.conftest import CHANGED_STAMPS, NEW_STAMPS, Office

NOW = "2026-03-01T09:00:00.000Z"
ADA = {"id": "cada", "first_name": "Ada", "last_name": "Okafor"}
Told = Callable[..., list[dict[str, Any]]]


def patch(record_id: str, model: str = "leads", **values: Any) -> Change:
    return Change("patch", f"propexo_{model}", record_id, values, CHANGED_STAMPS)


def added(office: Office, model: str = "leads", **values: Any) -> Change:
    whole = {"integration_id": office.id, "integration_vendor": "RENTVINE", **values}
    return Change("add", f"propexo_{model}", values["id"], whole, NEW_STAMPS)


def bring(office: Office, *changes: Change, **said: Any) -> None:
    """Read the changes of one record."""
    integration = {"id": office.id, "vendor": "RENTVINE"}
    with office.desk.world() as world:
        reading = Reading(integration, "cjob", "croot", "READ_LEADS", **said)
        read(office.moment(world), reading, changes)


def diffs(office: Office) -> list[dict[str, Any]]:
    """Return the data diffs that these reads have left."""
    with office.desk.world() as world:
        return [each for each in records(world, "data_diffs").all() if each["job_id"] == "cjob"]


def test_a_new_record_is_added_whole_and_told_without_what_it_lacks(
    office: Office, told: Told
) -> None:
    bring(office, added(office, **ADA, property_id="cplace"))
    ada = office.one("leads", "cada")
    assert ada is not None
    assert {ada[name] for name in NEW_STAMPS} == {NOW}
    (body,) = told()
    assert body["trigger"] == "DATA_NEW"
    assert body["data"]["payload"] == {name: each for name, each in ada.items() if each is not None}
    assert body["data"]["payload"]["first_name"] == "Ada"
    assert "email_1" not in body["data"]["payload"]


def test_an_event_says_which_job_read_which_record_of_which_property(
    office: Office, told: Told
) -> None:
    bring(office, added(office, **ADA, property_id="cplace"))
    (body,) = told("DATA_NEW")
    assert set(body) == {"trigger", "data", "meta"}
    assert body["meta"] == {"object": "leads", "integration_id": office.id}
    del body["data"]["payload"]
    assert body["data"] == {
        "job_id": "cjob",
        "root_job_id": "croot",
        "integration_id": office.id,
        "job_type": "READ_LEADS",
        "vendor": "RENTVINE",
        "event": "DATA_NEW",
        "record_id": "cada",
        "object": "leads",
        "context": {"property_id": "cplace"},
    }


def test_a_record_without_a_property_has_an_empty_context(office: Office, told: Told) -> None:
    bring(office, added(office, **ADA))
    (body,) = told("DATA_NEW")
    assert body["data"]["context"] == {}


def test_a_change_is_told_by_what_differs(office: Office, told: Told) -> None:
    lead = office.own("leads")[0]
    bring(office, patch(lead["id"], first_name="Zoë", last_name=lead["last_name"]))
    (body,) = told()
    assert body["trigger"] == "DATA_UPDATE"
    stamps = {name: lead[name] for name in CHANGED_STAMPS}
    assert body["data"]["diff"] == {
        "new": {"first_name": "Zoë", "updated_at": NOW, "last_seen": NOW},
        "previous": {"first_name": lead["first_name"], **stamps},
    }
    assert "payload" not in body["data"]
    changed = office.one("leads", lead["id"])
    assert changed == {**lead, **body["data"]["diff"]["new"]}


def test_clearing_a_field_is_a_change(office: Office, told: Told) -> None:
    lead = next(each for each in office.own("leads") if each["email_1"])
    bring(office, patch(lead["id"], email_1=None))
    diff = told("DATA_UPDATE")[0]["data"]["diff"]
    assert (diff["new"]["email_1"], diff["previous"]["email_1"]) == (None, lead["email_1"])


def test_changes_to_one_record_are_read_as_one(office: Office, told: Told) -> None:
    lead = office.own("leads")[0]
    bring(
        office,
        patch(lead["id"], first_name="Zoë", last_name="One"),
        patch(lead["id"], last_name="Two"),
    )
    (body,) = told("DATA_UPDATE")
    new = body["data"]["diff"]["new"]
    assert (new["first_name"], new["last_name"]) == ("Zoë", "Two")
    assert len(diffs(office)) == 1


def test_a_new_record_that_was_changed_since_is_told_once(office: Office, told: Told) -> None:
    bring(office, added(office, **ADA), patch("cada", last_name="Berg"))
    (body,) = told()
    assert (body["trigger"], body["data"]["payload"]["last_name"]) == ("DATA_NEW", "Berg")


def test_changes_that_come_to_nothing_only_show_that_the_record_was_seen(
    office: Office, told: Told
) -> None:
    lead = office.own("leads")[0]
    same = patch(lead["id"], last_name=lead["last_name"])
    bring(office, patch(lead["id"], last_name="Other"), same)
    assert office.one("leads", lead["id"]) == {**lead, "last_seen": NOW}
    assert (told(), diffs(office)) == ([], [])


def test_after_a_write_the_record_counts_as_updated_whatever_came_of_it(
    office: Office, told: Told
) -> None:
    lead = office.own("leads")[0]
    bring(office, patch(lead["id"], last_name=lead["last_name"]), follows_write=True)
    assert office.one("leads", lead["id"]) == {**lead, "last_seen": NOW, "updated_at": NOW}
    assert (told(), diffs(office)) == ([], [])


@pytest.mark.parametrize(
    "changes",
    [(), (Change("remove", "propexo_leads", "x"),), (patch("x", last_name="Nobody's"),)],
    ids=["nothing", "gone", "unknown"],
)
def test_without_a_record_to_read_nothing_happens(
    changes: tuple[Change, ...], office: Office, told: Told
) -> None:
    before = office.own("leads")
    bring(office, *changes)
    assert office.own("leads") == before
    assert (told(), diffs(office)) == ([], [])


def test_what_is_not_told_is_kept_all_the_same(office: Office, told: Told) -> None:
    bring(office, added(office, **ADA), is_told=False)
    (diff,) = diffs(office)
    assert (diff["model"], diff["model_record_id"], diff["event_type"]) == ("leads", "cada", "NEW")
    assert (diff["created_at"], diff["integration_id"]) == (NOW, office.id)
    assert diff["integration_vendor"] == "RENTVINE"
    assert told() == []


def test_what_is_kept_is_what_is_told(office: Office, told: Told) -> None:
    lead = office.own("leads")[0]
    bring(office, added(office, **ADA))
    bring(office, patch(lead["id"], first_name="Zoë"))
    parts = [each["data"].get("payload") or each["data"]["diff"] for each in told()]
    assert [each["data_diff"] for each in diffs(office)] == parts


def test_what_only_lists_embed_is_not_told() -> None:
    names, lease = ("id", "leases_meta_data"), [{"lease_id": "x"}]
    before = {"id": "r", "leases_meta_data": []}
    after = {"id": "r", "leases_meta_data": lease}
    assert payload("residents", names, after) == {"id": "r"}
    assert payload("leads", names, after) == after
    assert difference("residents", names, before, after) == {"new": {}, "previous": {}}


def test_only_so_many_diffs_are_kept_as_the_settings_say(office: Office) -> None:
    lead, few = office.own("leads")[0], replace(office.desk.settings, keep_jobs=3)
    with office.desk.world() as world:
        reading = Reading({"id": office.id, "vendor": "RENTVINE"}, "cjob", "croot", "READ_LEADS")
        moment = Moment(world, world.clock.now(), few)
        for number in range(100):
            read(moment, reading, [patch(lead["id"], first_name=f"Zoë {number}")])
        kept = records(world, "data_diffs").all()
    # Forgetting is looked after once in a hundred additions, before the last of them.
    names = [each["data_diff"]["new"]["first_name"] for each in kept]
    assert names == ["Zoë 96", "Zoë 97", "Zoë 98", "Zoë 99"]


def test_what_follows_from_the_words_of_the_pms_is_told_with_them(office: Office) -> None:
    with office.desk.world() as world:
        lease = records(world, "leases").all()[0]
    bring(office, patch(lease["id"], "leases", status_raw="Eviction"))
    (diff,) = diffs(office)
    evicted = {"status_raw": "Eviction", "status": "EVICTED", "status_normalized": "EVICTED"}
    new = diff["data_diff"]["new"]
    assert {name: new[name] for name in evicted} == evicted
    assert diff["data_diff"]["previous"]["status_normalized"] == lease["status_normalized"]


def test_what_a_pms_says_itself_does_not_follow_from_its_words(office: Office) -> None:
    with office.desk.world() as world:
        lease = records(world, "leases").all()[0]
    said = {"status_raw": "Skipped", "status_normalized": lease["status_normalized"]}
    bring(office, patch(lease["id"], "leases", **said))
    (diff,) = diffs(office)
    assert "status_normalized" not in diff["data_diff"]["new"]
    assert diff["data_diff"]["new"]["status"] == "OTHER"


def test_a_resident_who_becomes_a_guarantor_is_normalized_in_the_list_of_leases(
    office: Office,
) -> None:
    with office.desk.world() as world:
        resident = next(
            each for each in records(world, "residents").all() if each["leases_meta_data"]
        )
    parts = [{**each, "x_resident_type": "Co-signer"} for each in resident["leases_meta_data"]]
    bring(office, patch(resident["id"], "residents", leases_meta_data=parts))
    with office.desk.world() as world:
        after = records(world, "residents").get(resident["id"])
    assert {each["resident_type_normalized"] for each in after["leases_meta_data"]} == {"GUARANTOR"}
