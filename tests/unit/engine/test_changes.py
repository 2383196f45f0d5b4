"""Does a change happen as it was written down, also after it was kept for later?"""

import json

import pytest

from mock_server.engine.changes import THEN, Change, from_details
from mock_server.world.queries import where
from tests.unit.toy import START, Toy

ADD = Change("add", "toy_pets", "ada", {"name": "Ada"}, ("born_at",))
PATCH = Change("patch", "toy_pets", "rex", {"age": 4}, ("born_at",))
JOIN = Change("join", "toy_pets", "rex", {"vets": [{"vet_id": "v1", "name": "Kim"}]}, ("born_at",))
REMOVE = Change("remove", "toy_pets", "rex")
STAMP = "2026-03-01T09:00:00.000Z"


def test_an_added_record_has_its_id_and_its_stamps(toy: Toy) -> None:
    with toy.worlds.turn("toy") as world:
        made = ADD.happen(world, START)
        assert made == world.collection("toy_pets").get("ada")
    assert made is not None
    assert (made["name"], made["born_at"]) == ("Ada", STAMP)


def test_a_patched_record_keeps_what_was_not_patched(toy: Toy) -> None:
    with toy.worlds.turn("toy") as world:
        PATCH.happen(world, START)
        found = world.collection("toy_pets").get("rex")
    assert found is not None
    assert (found["name"], found["age"], found["born_at"]) == ("Rex", 4, STAMP)


def test_a_removed_record_is_returned_and_gone(toy: Toy) -> None:
    with toy.worlds.turn("toy") as world:
        gone = REMOVE.happen(world, START)
        assert world.collection("toy_pets").all(where(name="Rex")) == []
    assert gone is not None
    assert gone["name"] == "Rex"


def test_a_part_joins_a_record_and_changes_the_part_of_its_ids(toy: Toy) -> None:
    again = Change("join", "toy_pets", "rex", {"vets": [{"vet_id": "v1", "fee": 5}], "age": 4})
    other = Change("join", "toy_pets", "rex", {"vets": [{"vet_id": "v2"}], "tags": ["a", "a"]})
    with toy.worlds.turn("toy") as world:
        for each in (JOIN, again, other):
            each.happen(world, START)
        found = world.collection("toy_pets").get("rex")
    assert found is not None
    assert found["vets"] == [{"vet_id": "v1", "name": "Kim", "fee": 5}, {"vet_id": "v2"}]
    assert (found["age"], found["tags"]) == (4, ["good", "big", "a"])


@pytest.mark.parametrize("verb", ["patch", "join", "remove"])
def test_there_is_nothing_to_change_where_there_is_no_record(toy: Toy, verb: str) -> None:
    with toy.worlds.turn("toy") as world:
        assert Change(verb, "toy_pets", "nobody").happen(world, START) is None


@pytest.mark.parametrize("change", [ADD, PATCH, JOIN, REMOVE], ids=lambda each: each.verb)
def test_a_change_survives_being_written_down(change: Change) -> None:
    assert from_details(json.loads(json.dumps(change.as_details()))) == change


@pytest.mark.parametrize("verb", ["patch", "join"])
def test_a_part_takes_the_time_at_which_its_change_happens(toy: Toy, verb: str) -> None:
    part = {"vet_id": "v1", "seen_at": THEN}
    change = Change(verb, "toy_pets", "rex", {"vets": [part], "tags": ["fit"]})
    kept = from_details(json.loads(json.dumps(change.as_details())))
    with toy.worlds.turn("toy") as world:
        made = kept.happen(world, START)
    assert made is not None
    assert made["vets"] == [{"vet_id": "v1", "seen_at": STAMP}]


def changes_of_rex() -> list[Change]:
    stamps = ("born_at",)
    return [
        Change("patch", "toy_pets", "rex", {"age": 4, "tags": ["x"]}, stamps),
        Change("patch", "toy_pets", "rex", {"age": 5, "name": "Max"}, stamps),
        Change("join", "toy_pets", "rex", {"tags": ["fit"], "age": 6}, stamps),
        Change("join", "toy_pets", "rex", {"vets": [{"vet_id": "v1"}], "tags": ["fit", "old"]}),
        Change("join", "toy_pets", "rex", {"vets": [{"vet_id": "v1", "fee": 5}]}, stamps),
        Change("join", "toy_pets", "rex", {"vets": None}, stamps),
        Change("patch", "toy_pets", "rex", {"born_at": None}),
        Change("add", "toy_pets", "rex", {"name": "New"}, stamps),
        REMOVE,
    ]


@pytest.mark.parametrize("later", changes_of_rex(), ids=repr)
@pytest.mark.parametrize("first", changes_of_rex(), ids=repr)
def test_two_changes_that_are_put_into_one_come_to_the_same(first: Change, later: Change) -> None:
    known = {"id": "rex", "name": "Rex", "tags": ["good"], "vets": [{"vet_id": "v1"}]}
    both = first.then(later)
    if both is not None:
        assert both.result(known, START) == later.result(first.result(known, START), START)
    if first.is_apart_from(later):
        there = later.result(first.result(known, START), START)
        assert first.result(later.result(known, START), START) == there


def test_patches_and_joins_in_a_row_can_be_put_into_one() -> None:
    patch, again, join, other, *_ = changes_of_rex()
    assert all((patch.then(again), join.then(other), ADD.then(again)))
    assert not any((patch.then(join), join.then(patch), patch.then(REMOVE), REMOVE.then(ADD)))
