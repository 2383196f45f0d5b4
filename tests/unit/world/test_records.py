"""Are records found, changed, counted and ordered as they were stored?"""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa

from mock_server.world.queries import Condition, OrderBy, Selection, where
from mock_server.world.records import Collection
from mock_server.world.world import World

WHOLE = {
    "id": "ada",
    "name": "Zoë",
    "age": None,
    "is_tame": False,
    "phone": None,
    "email": None,
    "tags": [],
    "note": None,
    "created_at": "",
}


@pytest.fixture
def world(open_sandbox: Any) -> Iterator[World]:
    with open_sandbox().turn("mine") as world:
        yield world


@pytest.fixture
def pets(world: World) -> Collection:
    return world.collection("pets")


def many(number: int) -> list[dict[str, Any]]:
    """Return pets of which every tenth shares its age, added in no order of theirs."""
    return [
        {"id": f"pet{index * 7919 % number:05}", "age": index % 10, "name": f"n{index % 7}"}
        for index in range(number)
    ]


def ids(records: list[dict[str, Any]]) -> list[str]:
    return [each["id"] for each in records]


def page(pets: Collection, selection: Selection, offset: int, limit: int = 10) -> list[str]:
    return ids(json.loads(b"[%b]" % pets.page(selection, offset=offset, limit=limit).texts))


def by(field: str, *, descending: bool = False) -> Selection:
    return Selection((), (OrderBy(field, descending),))


def test_a_record_is_kept_whole_with_its_unset_fields_empty(pets: Collection) -> None:
    assert pets.add({"name": "Zoë", "id": "ada"}) == WHOLE
    assert pets.get("ada") == WHOLE


def test_the_text_of_a_record_has_the_contracts_keys_in_its_order(pets: Collection) -> None:
    pets.add({"name": "Zoë", "id": "ada", "owner": "kim"})
    text = pets.text("ada") or ""
    assert list(json.loads(text)) == list(WHOLE)
    assert '"name":"Zoë"' in text


def test_what_is_stored_beside_a_record_is_read_and_filtered_but_never_shown(
    pets: Collection,
) -> None:
    pets.add_all([{"id": "ada", "owner": "kim"}, {"id": "bo", "owner": "lee"}])
    assert (pets.get("ada") or {})["owner"] == "kim"
    assert ids(pets.all(where(owner="kim"))) == ["ada"]
    assert b"kim" not in pets.page(Selection()).texts


def test_a_patch_makes_a_record_whole_that_is_older_than_a_field(pets: Collection) -> None:
    pets.add({"id": "ada", "owner": "kim"})
    pets._store.execute(sa.text("UPDATE pets SET body = json_remove(body, '$.note')"))
    pets.patch("ada", {"age": 3})
    assert json.loads(pets.text("ada") or "") == {**WHOLE, "name": None, "age": 3}
    assert (pets.get("ada") or {})["owner"] == "kim"


def test_a_patch_changes_what_it_names_and_where_it_is_found(pets: Collection) -> None:
    pets.add({"id": "ada", "name": "Ada", "tags": ["x"], "owner": "kim"})
    changed = pets.patch("ada", {"tags": ["y"], "note": "bites", "owner": "lee"})
    assert changed == pets.get("ada")
    assert changed == {**WHOLE, "name": "Ada", "tags": ["y"], "note": "bites", "owner": "lee"}
    assert ids(pets.all(where(owner="lee"))) == ["ada"]
    assert pets.all(Selection((Condition("tags", "x", "contains"),))) == []


def test_a_removed_record_is_gone_and_not_removed_twice(pets: Collection) -> None:
    pets.add_all([{"id": "ada"}, {"id": "bo"}])
    assert pets.remove("ada")
    assert pets.get("ada") is None
    assert not pets.remove("ada")
    assert ids(pets.all()) == ["bo"]


def test_an_unknown_id_names_nothing(pets: Collection) -> None:
    assert pets.get("nobody") is None
    assert pets.text("nobody") is None
    assert pets.patch("nobody", {"name": "Ada"}) is None
    assert pets.all() == []


def test_records_of_number_ids_are_found_by_number_and_by_text(pets: Collection) -> None:
    pets.add({"id": 42})
    assert pets.text(42) == pets.text("42") is not None
    assert (pets.get("42") or {})["id"] == 42


def test_what_a_reader_does_to_a_record_stays_with_the_reader(pets: Collection) -> None:
    pets.add({"id": "ada", "name": "Ada"})
    for mine in (pets.get("ada"), pets.first(), pets.all()[0]):
        assert mine is not None
        mine["name"] = "changed"
    assert (pets.get("ada") or {})["name"] == "Ada"
    assert pets.all()[0]["name"] == "Ada"


def test_totals_follow_every_change(pets: Collection) -> None:
    grown = where(age=3)
    seen = [pets.total(grown)]
    for change in (
        lambda: pets.add_all([{"id": "ada", "age": 3}, {"id": "bo", "age": 3}]),
        lambda: pets.patch("bo", {"age": 4}),
        lambda: pets.remove("ada"),
    ):
        change()
        seen.append(pets.total(grown))
        assert pets.page(grown).total == seen[-1]
    assert seen == [0, 2, 1, 0]


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        (Condition("phone", "+1 617 555 0101", "digits"), ["ada"]),
        (Condition("email", "ADA@example.COM", "ignoring_case"), ["ada"]),
        (Condition("tags", "x", "contains"), ["ada"]),
        (Condition("tags", "xx", "contains"), ["bo"]),
        (Condition("age", 3, "at_least"), ["bo"]),
        (Condition("age", 2, "at_most"), ["ada"]),
        (Condition("is_tame", value=True), ["bo"]),
        (Condition("name", None), ["cy"]),
    ],
    ids=lambda each: f"{each.field} {each.by} {each.value}" if isinstance(each, Condition) else "",
)
def test_each_comparison_selects_what_it_says(
    pets: Collection, condition: Condition, found: list[str]
) -> None:
    pets.add_all(
        [
            {"id": "ada", "name": "A", "age": 2, "phone": "(617) 555-0101", "tags": ["x", "y"]},
            {"id": "bo", "name": "B", "age": 3, "phone": "617 555 0102", "tags": ["xx"]},
            {"id": "cy"},
        ]
    )
    pets.patch("ada", {"email": "Ada@example.com"})
    pets.patch("bo", {"is_tame": True})
    assert ids(pets.all(Selection((condition,)))) == found


@pytest.mark.parametrize("field", ["age", "name", "note"])
def test_nothing_comes_before_every_value_and_after_all_of_them_in_reverse(
    pets: Collection, field: str
) -> None:
    values = {"age": (10, 9), "name": ("b", "B"), "note": ("b", "B")}[field]
    pets.add_all([{"id": "hi", field: values[0]}, {"id": "no"}, {"id": "lo", field: values[1]}])
    assert ids(pets.all(by(field))) == ["no", "lo", "hi"]
    assert ids(pets.all(by(field, descending=True))) == ["hi", "lo", "no"]


@pytest.mark.parametrize("field", ["age", "note"])
def test_ties_go_by_id_in_the_direction_of_the_order(pets: Collection, field: str) -> None:
    value = {"age": 1, "note": "same"}[field]
    pets.add_all([{"id": each, field: value} for each in "bca"])
    assert ids(pets.all(by(field))) == ["a", "b", "c"]
    assert ids(pets.all(by(field, descending=True))) == ["c", "b", "a"]


def test_several_fields_order_one_after_the_other(pets: Collection) -> None:
    pets.add_all([{"id": each, "age": ord(each) % 2, "note": f"n{each}"} for each in "abcd"])
    order = (OrderBy("age"), OrderBy("note", descending=True))
    assert ids(pets.all(Selection((), order))) == ["d", "b", "c", "a"]


@pytest.mark.parametrize("field", ["", "id", "age", "note", "created_at"])
@pytest.mark.parametrize("descending", [False, True])
def test_a_deep_page_is_the_same_walked_or_looked_up(
    pets: Collection, field: str, *, descending: bool
) -> None:
    pets.add_all(many(1_200))
    selection = by(field, descending=descending) if field else Selection()
    whole = ids(pets.all(selection))
    for offset in (0, 990, 999, 1_000, 1_000, 1_001, 1_150, 1_195, 1_200, 5_000):
        assert page(pets, selection, offset) == whole[offset : offset + 10]


@pytest.mark.parametrize("descending", [False, True])
def test_a_deep_page_of_neighbours_has_nothing_of_another_world_between(
    sandbox: Any, *, descending: bool
) -> None:
    first, second = ([f"pet{turn}{n:05}" for n in range(1_100)] for turn in "ab")
    for chosen in (slice(0, 1_050), slice(1_050, None)):
        for name, found in (("mine", first), ("yours", second)):
            with sandbox.turn(name) as world:
                world.collection("pets").add_all({"id": each} for each in found[chosen])
    with sandbox.turn("mine") as world:
        pets = world.collection("pets")
        whole = sorted(["ada", "bo", *first], reverse=descending)
        for offset in (1_000, 1_020, 1_030, 1_041, 1_045, 1_055, 1_095):
            expected = whole[offset : offset + 10]
            assert page(pets, by("id", descending=descending), offset) == expected


def test_a_deep_page_follows_every_change(pets: Collection) -> None:
    pets.add_all(many(1_100))
    for offset in (1_000, 1_001, 1_002):
        page(pets, by("id"), offset)
    pets.remove("pet00000")
    for offset in (1_000, 1_001, 1_002):
        assert page(pets, by("id"), offset, 1) == [f"pet{offset + 1:05}"]


def test_a_page_that_is_asked_again_follows_every_change(sandbox: Any, undone: Any) -> None:
    def shown() -> list[list[Any]]:
        with sandbox.turn("mine") as world:
            found = world.collection("pets").page(by("id"), limit=10)
        return [[each["id"], each["name"]] for each in json.loads(b"[%b]" % found.texts)]

    assert shown() == shown() == [["ada", "Ada"], ["bo", "Bo"]]
    with undone(sandbox.turn("mine")) as world:
        world.collection("pets").remove("ada")
        assert page(world.collection("pets"), by("id"), 0) == ["bo"]
    assert shown() == [["ada", "Ada"], ["bo", "Bo"]]
    with sandbox.turn("mine") as world:
        world.collection("pets").patch("bo", {"name": "Boo"})
        world.collection("pets").add({"id": "cy", "name": "Cy"})
    assert shown() == [["ada", "Ada"], ["bo", "Boo"], ["cy", "Cy"]]
    with sandbox.turn("mine") as world:
        world.collection("pets").patch("bo", {"name": "Bob"})
        world.collection("pets").remove("cy")
    assert shown() == [["ada", "Ada"], ["bo", "Bob"]]
    sandbox.worlds.reset("mine")
    assert shown() == [["ada", "Ada"], ["bo", "Bo"]]


def test_a_page_without_a_limit_is_everything_from_its_offset_on(pets: Collection) -> None:
    pets.add_all(many(30))
    found = pets.page(by("id"), offset=28)
    assert (found.count, found.total) == (2, 30)
    assert page(pets, by("id"), 28) == ["pet00028", "pet00029"]


def test_a_page_of_nothing_knows_the_total(pets: Collection) -> None:
    pets.add_all(many(3))
    found = pets.page(by("id"), limit=0)
    assert (found.texts, found.count, found.total) == (b"", 0, 3)


def test_an_index_that_was_undone_is_made_again_when_it_is_needed(
    sandbox: Any, undone: Any
) -> None:
    def indexes() -> int:
        kept = "SELECT count(*) AS kept FROM sqlite_master WHERE name = 'ix_pets_by_note'"
        return sandbox.store.execute(sa.text(kept)).one().kept

    with undone(sandbox.turn("mine")) as world:
        world.collection("pets").add({"id": "cy"})
        assert world.collection("pets").page(by("note")).total == 3
        assert indexes() == 1
    assert indexes() == 0
    with sandbox.turn("mine") as world:
        assert world.collection("pets").page(by("note")).total == 2
    assert indexes() == 1


@pytest.mark.parametrize(
    ("field", "values", "left"),
    [
        ("id", ("ada", "cy"), ["bo"]),
        ("name", ("A",), ["bo", "cy"]),
        ("name", ("A", "B"), ["cy"]),
        ("note", ("x",), ["ada", "bo", "cy"]),
    ],
)
def test_records_can_be_selected_by_what_they_are_not(
    pets: Collection, field: str, values: tuple[str, ...], left: list[str]
) -> None:
    pets.add_all([{"id": "ada", "name": "A"}, {"id": "bo", "name": "B"}, {"id": "cy"}])
    selection = Selection((Condition(field, values, "none_of"),))
    assert [each["id"] for each in pets.all(selection)] == left
    assert pets.total(selection) == len(left)


def test_only_the_newest_of_some_records_are_kept(pets: Collection) -> None:
    pets.add_all([{"id": f"p{n}", "is_tame": n != 1} for n in range(6)])
    pets.keep_newest(2, where(is_tame=True))
    assert [each["id"] for each in pets.all()] == ["p1", "p4", "p5"]
    pets.keep_newest(9, where(is_tame=True))
    assert pets.total(Selection()) == 3
