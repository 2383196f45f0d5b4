"""Are the ids in a call held against the records that exist, belong together and fit?"""

from collections.abc import Callable
from typing import Any

import pytest

from mock_server.engine.references import singular
from tests.unit.toy import TEXT, Toy, body, contract, operation

KENNEL = {"type": "string", "x-references": "kennels"}
FOR_CATS = {"type": "string", "x-references": {"resource": "kennels", "where": {"uses": "CATS"}}}
STAY = {
    "properties": {
        "shop_id": TEXT,
        "kennel": KENNEL,
        "cats_in": FOR_CATS,
        "all": {"type": ["array", "null"], "items": KENNEL},
        "ids": {"type": "array", "items": TEXT, "x-references": "kennels"},
        "days": {"type": "array", "items": {"type": "object", "properties": {"in": KENNEL}}},
        "rows": {"type": "array", "items": {"type": "array", "items": KENNEL}},
    }
}


@pytest.fixture
def stays(make_toy: Callable[..., Toy]) -> Toy:
    said = {"requestBody": body(STAY), "x-resource": "pets"}
    return make_toy(contract({"/v1/pets/stay": {"post": operation("stay", **said)}}))


def problems(toy: Toy, sent: Any, key: str = "POST /v1/pets/stay") -> list[str]:
    return list(toy.ask(key, sent)[1].get("problems", []))


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"kennel": "north", "shop_id": "s1"},
        {"kennel": "north"},
        {"all": None},
        {"all": []},
        {"all": ["north", "south"], "rows": [["north"], []], "days": [{}, {"in": "south"}]},
        {"cats_in": "south"},
    ],
)
def test_ids_of_records_that_exist_are_welcome(stays: Toy, sent: Any) -> None:
    assert problems(stays, sent) == []


@pytest.mark.parametrize(
    ("sent", "path"),
    [
        ({"kennel": "moon"}, "kennel"),
        ({"all": ["north", "moon"]}, "all.1"),
        ({"ids": ["north", "moon"]}, "ids.1"),
        ({"days": [{"in": "north"}, {}, {"in": "moon"}]}, "days.2.in"),
        ({"rows": [[], ["north", "moon"]]}, "rows.1.1"),
    ],
)
def test_an_id_of_nothing_is_told_with_its_place(stays: Toy, sent: Any, path: str) -> None:
    assert problems(stays, sent) == [f"{path}: no kennel has the id 'moon'"]


def test_every_misfit_is_told_at_once_and_beside_other_problems(stays: Toy) -> None:
    sent = {"kennel": "moon", "all": ["mars", "north"], "shop_id": 7}
    assert problems(stays, sent) == [
        "shop_id: type",
        "kennel: no kennel has the id 'moon'",
        "all.0: no kennel has the id 'mars'",
    ]


def test_an_array_with_a_wrong_item_is_told_once_and_at_the_right_place(stays: Toy) -> None:
    assert problems(stays, {"all": [5, "moon"]}) == ["all.0: type"]


def test_a_record_of_another_owner_does_not_fit(stays: Toy) -> None:
    assert problems(stays, {"shop_id": "s1", "all": ["north", "south"]}) == [
        "all.1: the kennel 'south' belongs to shop_id 's2', not 's1'"
    ]


def test_an_update_is_owned_by_the_record_it_changes(toy: Toy) -> None:
    assert problems(toy, {"kennel_id": "north"}, "PUT /v1/pets/rex") == []
    assert problems(toy, {"kennel_id": "south"}, "PUT /v1/pets/rex") == [
        "kennel_id: the kennel 'south' belongs to shop_id 's2', not 's1'"
    ]


def test_without_an_owner_everything_belongs_together(make_toy: Callable[..., Toy]) -> None:
    assert problems(make_toy(owner=None), {"kennel_id": "south"}, "PUT /v1/pets/rex") == []


def test_a_record_must_meet_the_demands_of_the_field(stays: Toy) -> None:
    assert problems(stays, {"cats_in": "north"}) == [
        "cats_in: the kennel 'north' must have CATS among its uses"
    ]


@pytest.mark.parametrize(
    ("resource", "said"),
    [
        ("leads", "lead"),
        ("properties", "property"),
        ("lead_sources", "lead source"),
        ("statuses", "status"),
        ("staff", "staff"),
    ],
)
def test_one_record_is_called_by_the_singular(resource: str, said: str) -> None:
    assert singular(resource) == said
