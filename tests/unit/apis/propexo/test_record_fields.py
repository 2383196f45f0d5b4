"""Is what somebody sets of a record held to Propexo's contract and to what the PMS holds?"""

from collections.abc import Iterator
from typing import Any

import pytest

from mock_server.apis.propexo import record_fields
from mock_server.apis.propexo.pms import truth
from mock_server.app import every_api
from mock_server.engine.changes import Change
from mock_server.engine.refusals import Invalid

CATALOGUE = next(each.catalogue for each in every_api() if each.name == "propexo")
LEADS = CATALOGUE.resources["leads"]
ENTRATA, PROPERTY = "intg-987654321", "clr9k2vxo000108jq5m3w7t4e"
RPX_LEAD = "clwktsp9v000008l31iv218hn"


@pytest.fixture
def world(sandbox: Any) -> Iterator[Any]:
    with sandbox.world() as world:
        yield world


def sent(world: Any, resource: str = "leads", **body: Any) -> dict[str, Any]:
    fields = CATALOGUE.resources[resource]
    return record_fields.sent(CATALOGUE, world, ENTRATA, fields, body)


def problems(refused: Any) -> list[tuple[str, str]]:
    return [(each.rule, ".".join(map(str, each.path))) for each in refused.value.problems]


def test_what_is_right_comes_back_as_it_was() -> None:
    body = {"first_name": "Ada", "notes": None, "pets": [], "custom_data": {"mine": [1]}}
    assert record_fields.checked(CATALOGUE, LEADS, body) == body


def test_every_problem_is_told_at_once() -> None:
    body = {"id": 1, "first_name": 2, "updated_at": 3, "frist_name": 4, "pets": 5}
    with pytest.raises(Invalid) as refused:
        record_fields.checked(CATALOGUE, LEADS, body)
    assert problems(refused) == [
        ("condition", "updated_at"),
        ("condition", "id"),
        ("type", "first_name"),
        ("type", "pets"),
        ("unknown", "frist_name"),
    ]
    nearest = refused.value.problems[-1].advice
    assert nearest == "there is no field of leads 'frist_name'; did you mean first_name?"


@pytest.mark.parametrize(
    ("resource", "name"),
    [
        ("events", "appointment_datetime"),
        ("events", "event_datetime"),
        ("crm_appointments", "appointment_datetime"),
        ("crm_events", "appointment_datetime"),
        ("crm_events", "event_datetime"),
        ("crm_communications", "communication_datetime"),
        ("resident_charges", "transaction_date"),
        ("resident_payments", "transaction_date"),
    ],
)
def test_what_is_read_as_an_instant_has_to_be_one(resource: str, name: str) -> None:
    fields = CATALOGUE.resources[resource]
    for right in ("2026-12-05T09:30:00.000Z", None):
        assert record_fields.checked(CATALOGUE, fields, {name: right}) == {name: right}
    for wrong in ("garbage", "2026-12-05T25:00:00Z", "2026-12-05"):
        with pytest.raises(Invalid) as refused:
            record_fields.checked(CATALOGUE, fields, {name: wrong})
        assert problems(refused) == [("format", name)]


@pytest.mark.parametrize("resource", ["properties", "crm_communities"])
@pytest.mark.parametrize("name", ["open_time", "close_time"])
def test_an_office_opens_and_closes_at_times_of_the_day(resource: str, name: str) -> None:
    fields = CATALOGUE.resources[resource]
    hours = {"day_of_week": "MONDAY", "open_time": "09:00", "close_time": "17:30:00"}
    body = {"office_hours": [hours]}
    assert record_fields.checked(CATALOGUE, fields, body) == body
    for wrong in ("nine", "24:00", "9:00", "09:60:00"):
        with pytest.raises(Invalid) as refused:
            record_fields.checked(CATALOGUE, fields, {"office_hours": [{**hours, name: wrong}]})
        assert problems(refused) == [("pattern", f"office_hours.0.{name}")]


@pytest.mark.parametrize(
    "name",
    ["id", "created_at", "updated_at", "last_seen", "integration_id", "integration_vendor"],
)
def test_what_is_propexos_own_cannot_be_set(name: str) -> None:
    with pytest.raises(Invalid) as refused:
        record_fields.checked(CATALOGUE, LEADS, {name: "x"})
    assert problems(refused) == [("condition", name)]


def test_a_field_may_name_what_the_same_system_holds(world: Any) -> None:
    assert sent(world, property_id=PROPERTY) == {"property_id": PROPERTY}
    record = {"id": "new", "integration_id": ENTRATA}
    truth.change(world, ENTRATA, Change("add", "propexo_lead_sources", "new", record))
    assert sent(world, lead_source_id="new") == {"lead_source_id": "new"}


def test_a_field_may_not_name_what_is_nowhere_or_elsewhere(world: Any) -> None:
    elsewhere = truth.record(world, "leads", RPX_LEAD) or {}
    body = {"lead_source_id": "nobody", "property_id": elsewhere["property_id"]}
    with pytest.raises(Invalid) as refused:
        sent(world, **body)
    assert problems(refused) == [("reference", "property_id"), ("reference", "lead_source_id")]
    assert refused.value.problems[1].advice == "no lead source has the id 'nobody' at this system"


def test_a_field_may_not_name_what_is_gone_from_the_system(world: Any) -> None:
    truth.change(world, ENTRATA, Change("remove", "propexo_properties", PROPERTY))
    with pytest.raises(Invalid):
        sent(world, property_id=PROPERTY)


def test_each_of_many_ids_has_to_name_a_record(world: Any) -> None:
    with pytest.raises(Invalid) as refused:
        sent(world, "events", associated_resident_ids=["a", "b"])
    assert [each.received for each in refused.value.problems] == ["a", "b"]


def test_the_systems_own_id_stands_beside_propexos(world: Any) -> None:
    place = truth.record(world, "properties", PROPERTY) or {}
    found = record_fields.with_foreign_ids(CATALOGUE, world, LEADS, {"property_id": PROPERTY})
    assert found == {"property_id": PROPERTY, "x_property_id": place["x_id"]}
    given = {"property_id": PROPERTY, "x_property_id": "mine"}
    assert record_fields.with_foreign_ids(CATALOGUE, world, LEADS, given) == given
    none = {"lead_source_id": None}
    assert record_fields.with_foreign_ids(CATALOGUE, world, LEADS, none) == {
        "lead_source_id": None,
        "x_lead_source_id": None,
    }


def test_what_no_such_record_shows_is_left_out(world: Any) -> None:
    assert record_fields.with_foreign_ids(CATALOGUE, world, LEADS, {"community_id": "a"}) == {}
