"""Are the links that a read finds told as records of their own, each once, to who ordered them?"""

from collections.abc import Callable
from typing import Any

import pytest

from mock_server.apis.propexo.copy.links import LINKS, new_in
from mock_server.apis.propexo.copy.reading import Reading, read
from mock_server.apis.propexo.kept import records
from mock_server.apis.propexo.syncs import models
from mock_server.engine.changes import Change
from mock_server.world.world import World
from tests.unit.apis.propexo.syncs.conftest import NEW_STAMPS, Office

Told = Callable[..., list[dict[str, Any]]]
PART = {
    "resident_id": "cada",
    "x_resident_type": "Primary",
    "resident_type_normalized": "PRIMARY",
    "move_in_date": "2026-03-01",
    "move_out_date": None,
    "custom_data": {},
}
# One link of each junction, as the record on its telling side shows it.
SHOWN = {
    "units_to_amenity": [{"amenity_id": "", "unit_id": "cother", "cost_in_cents": 2500}],
    "applicants_to_applications": [{"applicant_id": "cother", "status": "APPROVED"}],
    "residents_to_leases": [{**PART, "resident_id": "cother"}],
    "service_requests_to_employees": [{"id": "cother", "name": "Ada"}],
    "service_requests_to_vendors": [{"vendor_id": "cother"}],
    **{f"{who}s_to_rentable_items": "cother" for who in ("lead", "applicant", "resident")},
}
MORE = {
    "units_to_amenity": {"cost_in_cents": 2500},
    "applicants_to_applications": {"status": "APPROVED"},
    "residents_to_leases": {
        name: PART[name] for name in ("x_resident_type", "resident_type_normalized", "move_in_date")
    },
}
EVERY = [(model, link) for model, links in LINKS.items() for link in links]


def change(verb: str, model: str, record_id: str, **values: Any) -> Change:
    return Change(verb, f"propexo_{model}", record_id, values, NEW_STAMPS)


def bring(office: Office, *changes: Change, **said: Any) -> None:
    """Read the changes of one record."""
    with office.desk.world() as world:
        reading = Reading(
            {"id": office.id, "vendor": "RENTVINE"}, "cjob", "croot", "READ_LEASES", **said
        )
        read(office.moment(world), reading, changes)


def order(office: Office, model: str, trigger: str = "DATA_NEW") -> None:
    body = {"url": "http://127.0.0.1:9/", "active": True, "triggers": [trigger], "model": model}
    office.desk.get("POST /v1/webhooks/", body)


def objects(bodies: list[dict[str, Any]]) -> list[str]:
    return [each["data"]["object"] for each in bodies]


def ids_in(payload: dict[str, Any]) -> list[str]:
    return [value for name, value in payload.items() if name.endswith("_id")]


def lease(office: Office) -> dict[str, Any]:
    return next(each for each in office.own("leases") if each["residents_meta_data"])


def added_lease(*parts: dict[str, Any]) -> Change:
    return change("add", "leases", "clease", property_id="cplace", residents_meta_data=[*parts])


def test_a_link_is_told_after_its_record_with_an_id_of_its_own(office: Office, told: Told) -> None:
    bring(office, added_lease(PART))
    record, link = told()
    assert (record["data"]["object"], link["trigger"]) == ("leases", "DATA_NEW")
    assert link["meta"] == {"object": "residents-to-leases", "integration_id": office.id}
    record_id = link["data"].pop("record_id")
    assert (len(record_id), record_id[0]) == (25, "c")
    assert link["data"] == {
        "job_id": "cjob",
        "root_job_id": "croot",
        "integration_id": office.id,
        "job_type": "READ_LEASES",
        "vendor": "RENTVINE",
        "event": "DATA_NEW",
        "object": "residents-to-leases",
        "payload": {"lease_id": "clease", "resident_id": "cada", **MORE["residents_to_leases"]},
        "context": {"property_id": "cplace"},
    }


@pytest.mark.parametrize(("model", "link"), EVERY, ids=[link.junction for _, link in EVERY])
def test_every_junction_can_be_ordered_and_is_told(
    model: str, link: Any, office: Office, told: Told
) -> None:
    order(office, link.junction)
    with office.desk.world() as world:
        assert link.field in records(world, model).resource.fields
    bring(
        office, change("add", model, "cmine", **{link.field: SHOWN.get(link.junction, ["cother"])})
    )
    _, body = told("DATA_NEW")
    assert body["data"]["object"] == link.junction.replace("_", "-")
    own, other = link.ids
    expected = {own: "cmine", other: "cother", **MORE.get(link.junction, {})}
    assert body["data"]["payload"] == expected


@pytest.mark.usefixtures("told")
def test_what_the_seeded_records_show_are_links_to_records_that_there_are(office: Office) -> None:
    with office.desk.world() as world:
        kept = {name: records(world, name).all() for name in models.read_from_pms(world)}
        every = {each["id"] for found in kept.values() for each in found}
        found = [
            new for name in LINKS for each in kept[name] for new in new_in(world, name, None, each)
        ]
    assert {each for payload in found for each in ids_in(payload[1])} <= every
    assert {link.junction for _, link in EVERY} == {junction for junction, _ in found}


def test_each_link_of_a_record_is_told_and_those_of_one_kind_apart(
    office: Office, told: Told
) -> None:
    whom = {"associated_lead_ids": ["cada", "cbob"], "associated_resident_ids": ["ccyd"]}
    bring(office, change("add", "events", "cevent", **whom))
    _, *links = told()
    assert objects(links) == ["leads-to-events"] * 2 + ["residents-to-events"]
    assert [each["data"]["payload"] for each in links] == [
        {"event_id": "cevent", "lead_id": "cada"},
        {"event_id": "cevent", "lead_id": "cbob"},
        {"event_id": "cevent", "resident_id": "ccyd"},
    ]
    assert len({each["data"]["record_id"] for each in links}) == 3


def test_only_what_was_not_there_before_is_told(office: Office, told: Told) -> None:
    known = lease(office)
    bring(office, change("join", "leases", known["id"], residents_meta_data=[PART]))
    # The record itself tells nothing of whom it belongs with, so that only times have changed.
    (body,) = told()
    assert body["data"]["payload"]["resident_id"] == "cada"
    bring(office, change("join", "leases", known["id"], residents_meta_data=[PART]))
    assert len(told()) == 1


def test_a_known_link_whose_dates_change_is_not_new(office: Office, told: Told) -> None:
    known = lease(office)
    part = {**known["residents_meta_data"][0], "move_out_date": "2026-05-01"}
    bring(office, change("join", "leases", known["id"], residents_meta_data=[part]))
    assert told() == []


def test_an_id_that_takes_the_place_of_another_is_a_new_link(office: Office, told: Told) -> None:
    bring(office, change("add", "rentable_items", "citem", resident_id="cada"))
    bring(office, change("patch", "rentable_items", "citem", resident_id="cbob"))
    bring(office, change("patch", "rentable_items", "citem", resident_id=None))
    links = [each["data"] for each in told("DATA_NEW") if "payload" in each["data"]][1:]
    assert [each["payload"].get("resident_id") for each in links] == ["cada", "cbob"]


def test_a_lease_and_its_new_resident_tell_of_their_link_once(office: Office, told: Told) -> None:
    resident = change("add", "residents", "cada", leases_meta_data=[{**PART, "lease_id": "clease"}])
    bring(office, resident)
    bring(office, added_lease(PART))
    assert objects(told()) == ["residents", "leases", "residents-to-leases"]


@pytest.mark.parametrize("model", ["leases", "residents", "residents_to_leases"])
def test_who_orders_one_model_is_told_of_it_alone(model: str, office: Office) -> None:
    order(office, model)
    bring(office, added_lease(PART))
    with office.desk.world() as world:
        found = [each["body"] for each in world.collection("deliveries").all()]
    wanted = {"leases": ["leases"], "residents_to_leases": ["residents-to-leases"]}
    shown = [text.split('"object":"')[1].split('"')[0] for text in found]
    assert shown == wanted.get(model, [])


def test_what_is_not_told_tells_of_no_links(office: Office, told: Told) -> None:
    bring(office, added_lease(PART), is_told=False)
    assert told() == []
    # Once known, a link is not new any more.
    bring(office, change("patch", "leases", "clease", residents_meta_data=[PART]))
    assert told() == []


@pytest.mark.parametrize(
    ("trigger", "model"), [("DATA_UPDATE", "residents_to_leases"), ("DATA_NEW", "leases")]
)
def test_where_nobody_ordered_links_nothing_is_drawn_for_them(
    trigger: str, model: str, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    order(office, model, trigger)
    drawn, draw = [], World.random
    monkeypatch.setattr(World, "random", lambda world: drawn.append(world) or draw(world))
    bring(office, added_lease())
    without = len(drawn)
    bring(office, change("join", "leases", "clease", residents_meta_data=[PART]))
    assert (without > 0, len(drawn) - without) == (True, 0)


def test_who_moves_in_by_a_write_is_told_once_it_has_been_read(office: Office, told: Told) -> None:
    home = lease(office)
    body = {"integration_id": office.id, "lease_id": home["id"], "first_name": "Ada"}
    body.update(last_name="Okafor", address_1="8 Pine Street")
    office.desk.get("POST /v1/residents/", body)
    office.desk.machine.advance(seconds=2)
    office.sync()
    made = {each["data"]["object"]: each["data"] for each in told("DATA_NEW")}
    assert objects(told("DATA_NEW")).count("residents-to-leases") == 1
    payload = made["residents-to-leases"]["payload"]
    assert payload["lease_id"] == home["id"]
    assert payload["resident_id"] == made["residents"]["record_id"]
    assert payload["x_resident_type"] == "Secondary"


def test_a_sync_tells_of_the_links_that_it_finds(office: Office, told: Told) -> None:
    known, lead = office.own("events")[0], office.own("leads")[0]
    whom = {**known, "id": "cevent", "associated_lead_ids": [lead["id"]]}
    office.change("add", "events", "cevent", **whom)
    office.sync(models_to_sync=["events"])
    links = [
        each["data"] for each in told("DATA_NEW") if each["data"]["object"] == "leads-to-events"
    ]
    assert [each["payload"] for each in links] == [{"event_id": "cevent", "lead_id": lead["id"]}]
    assert links[0]["job_type"] == "READ_EVENTS"
