"""Is a selection what a reader would pick by hand, page by page?"""

import json
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_server.contract.resource import Filter, Resource
from mock_server.world import reading
from mock_server.world.layers import Layers
from mock_server.world.queries import Condition, OrderBy, Selection, comparable, digits, where
from mock_server.world.records import Collection
from mock_server.world.store import Store

Record = dict[str, Any]
PETS = Resource(
    "pets",
    {
        "id": {"type": "string"},
        "name": {"type": ["string", "null"]},
        "age": {"type": ["integer", "null"]},
        "is_tame": {"type": "boolean"},
        "phone": {"type": ["string", "null"]},
        "email": {"type": ["string", "null"]},
        "tags": {"type": "array"},
        "note": {"type": ["string", "null"]},
        "created_at": {"type": "string"},
    },
    private={"owner": "string"},
    filters=frozenset(
        {
            *map(Filter, ("name", "is_tame", "owner")),
            *(Filter("age", by) for by in ("equals", "at_least", "at_most")),
            Filter("phone", "digits"),
            Filter("email", "ignoring_case"),
            Filter("tags", "contains"),
        }
    ),
)
_FIELDS = ("name", "age", "is_tame", "phone", "note", "created_at", "id")
_ACCEPTS: dict[str, Callable[[Any, Any], bool]] = {
    "equals": lambda held, value: bool(held == value),
    "at_least": lambda held, value: held is not None and held >= value,
    "at_most": lambda held, value: held is not None and held <= value,
    "digits": lambda held, value: held is not None and digits(held) == digits(value),
    "ignoring_case": lambda held, value: held is not None and held.casefold() == value.casefold(),
    "contains": lambda held, value: value in held,
}

_names = st.sampled_from([None, "", "a", "A", "b", "Zoë", "zz"])
_phones = st.sampled_from([None, "(617) 555-0101", "+1 617-555-0101", "617 555 0102"])
_emails = st.sampled_from([None, "a@example.com", "A@Example.com", "ß@example.com"])
_tags = st.lists(st.sampled_from(["x", "xx", "y"]), max_size=2)
_ages = st.one_of(st.none(), st.integers(-2, 3))
_pets = st.lists(
    st.fixed_dictionaries(
        {
            "name": _names,
            "age": _ages,
            "is_tame": st.booleans(),
            "phone": _phones,
            "email": _emails,
            "tags": _tags,
            "note": _names,
            "created_at": st.sampled_from(["2026-01-01", "2026-01-02"]),
            "owner": st.sampled_from(["kim", "lee"]),
        }
    ),
    max_size=14,
)
_conditions = st.one_of(
    st.builds(Condition, st.just("name"), _names),
    st.builds(Condition, st.just("owner"), st.sampled_from(["kim", "lee", "nobody"])),
    st.builds(Condition, st.just("is_tame"), st.booleans()),
    st.builds(
        Condition, st.just("age"), st.integers(-2, 3), st.sampled_from(["at_least", "at_most"])
    ),
    st.builds(Condition, st.just("phone"), _phones.filter(bool), st.just("digits")),
    st.builds(Condition, st.just("email"), _emails.filter(bool), st.just("ignoring_case")),
    st.builds(Condition, st.just("tags"), st.sampled_from(["x", "xx", "z"]), st.just("contains")),
)
_orders = st.lists(
    st.builds(OrderBy, st.sampled_from(_FIELDS), st.booleans()),
    max_size=3,
    unique_by=lambda each: each.field,
)
_selections = st.builds(Selection, st.lists(_conditions, max_size=2).map(tuple), _orders.map(tuple))


def picked(pets: list[Record], selection: Selection) -> list[str]:
    """Pick by hand: the plain model of what a selection means."""
    found = [
        each
        for each in pets
        if all(_ACCEPTS[one.by](each[one.field], one.value) for one in selection.conditions)
    ]
    if selection.order:
        ties = OrderBy("id", descending=selection.order[0].descending)
        for one in reversed((*selection.order, ties)):
            found.sort(key=lambda each: _key(each[one.field]), reverse=one.descending)
    return [each["id"] for each in found]


def _key(value: Any) -> tuple[bool, Any]:
    return value is not None, "" if value is None else value


class Alone:
    """A world whose rows are its own from the start."""

    def __init__(self, name: str) -> None:
        self._name = name

    def layers(self, _: str) -> Layers:
        return Layers((self._name,))

    def write_to(self, _: str) -> str:
        return self._name

    def sight(self, _: str) -> str:
        return self._name


@pytest.fixture(scope="module")
def fill() -> Iterator[Callable[[list[Record]], Collection]]:
    """Put pets into a world that nobody else reads, in one store for the whole module."""
    store = Store({"pets": PETS})
    numbers = count()

    def fill_one(pets: list[Record]) -> Collection:
        collection = Collection(store, "pets", Alone(f"world {next(numbers)}"))
        collection.add_all(pets)
        return collection

    yield fill_one
    store.close()


def with_ids(pets: list[Record]) -> list[Record]:
    """Give each pet an id, in an order that is not the one they were added in."""
    return [{**each, "id": f"pet{index * 7 % 15:02}"} for index, each in enumerate(pets)]


@given(pets=_pets, selection=_selections, limit=st.integers(1, 6), deep=st.sampled_from([0, 3, 99]))
def test_pages_laid_end_to_end_are_the_whole_selection_once(
    fill: Callable[[list[Record]], Collection],
    pets: list[Record],
    selection: Selection,
    limit: int,
    deep: int,
) -> None:
    pets = with_ids(pets)
    collection, expected = fill(pets), picked(pets, selection)
    with pytest.MonkeyPatch.context() as patch:
        # Deep pages are found in another way, so they begin early here.
        patch.setattr(reading, "_MANY", deep)
        pages = [
            collection.page(selection, offset=offset, limit=limit)
            for offset in range(0, len(pets) + limit + 1, limit)
        ]
    found = [each["id"] for page in pages for each in json.loads(b"[%b]" % page.texts)]
    assert found == expected
    assert {page.total for page in pages} == {len(expected)}
    assert [page.count for page in pages] == [
        max(0, min(limit, len(expected) - index * limit)) for index in range(len(pages))
    ]


@given(pets=_pets, selection=_selections)
def test_reading_a_selection_whole_gives_the_same_records(
    fill: Callable[[list[Record]], Collection], pets: list[Record], selection: Selection
) -> None:
    pets = with_ids(pets)
    collection, expected = fill(pets), picked(pets, selection)
    assert [each["id"] for each in collection.all(selection)] == expected
    first = collection.first(selection)
    assert (first and first["id"]) == (expected[0] if expected else None)


def test_where_demands_that_fields_equal_these_values() -> None:
    assert where(name="Ada", age=3) == Selection((Condition("name", "Ada"), Condition("age", 3)))


@pytest.mark.parametrize(
    "phone", ["(617) 555-0123", "+1 617 555 0123", "16175550123", "617.555.0123"]
)
def test_one_phone_has_the_same_digits_however_it_is_written(phone: str) -> None:
    assert digits(phone) == "6175550123"


def test_a_british_phone_has_the_same_digits_at_home_and_abroad() -> None:
    assert digits("+44 7700 900123") == digits("07700 900123") == "7700900123"


@pytest.mark.parametrize(
    ("by", "value", "stored"),
    [
        ("equals", "Ada", "Ada"),
        ("at_least", 3, 3),
        ("digits", "(617) 555-0123", "6175550123"),
        ("ignoring_case", "ADA@Example.com", "ada@example.com"),
        ("contains", "x", "\x1fx\x1f"),
        ("contains", ["x", "y"], "\x1fx\x1f\x1fy\x1f"),
        ("digits", None, None),
        ("contains", None, None),
    ],
)
def test_a_column_stores_what_its_comparison_compares(by: str, value: Any, stored: Any) -> None:
    assert comparable(by, value) == stored
