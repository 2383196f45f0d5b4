"""Does a change happen as it was written down, also after it was kept for later?"""

import json

import pytest

from mock_server.engine.changes import Change, from_details
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
