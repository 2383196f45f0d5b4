"""Does a world over others show the same bytes as one that owns everything?"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_server.contract.resource import Filter, Resource, Sighted
from mock_server.world import reading
from mock_server.world.layers import PRISTINE, Layers
from mock_server.world.queries import Condition, OrderBy, Selection
from mock_server.world.records import Collection
from mock_server.world.store import Store

Record = dict[str, Any]
Step = Callable[["Whole | Collection"], Any]

NULLABLE = {"type": ["string", "null"]}
CATS = Resource(
    "cats",
    {
        "id": {"type": "string"},
        "name": NULLABLE,
        "last_seen": NULLABLE,
        "created_at": {"type": "string"},
        "keeper": {"type": "string"},
        "age": {"type": ["integer", "null"]},
        "tags": {"type": "array"},
        "meta": {"type": "object"},
        "note": NULLABLE,
    },
    private={"house": "string"},
    filters=frozenset(
        {
            *map(Filter, ("keeper", "age", "name", "house")),
            *(Filter("last_seen", by) for by in ("at_least", "at_most")),
            Filter("tags", "contains"),
        }
    ),
    sighted=Sighted("keeper", "last_seen"),
)
_ORDERABLE = ("id", "name", "last_seen", "created_at", "keeper", "age", "note")
_IDS = [f"cat{number}" for number in range(9)]
_KEEPERS = ("kim", "lee")
# Seen before anything happens, so that every sighting is later, as it is in a world.
_EARLIER = st.sampled_from([None, "2026-01-01T00:00:00.000Z", "2026-01-02T00:00:00.000Z"])


class Whole:
    """The plain meaning of sightings: every record that was seen is written."""

    def __init__(self, cats: Collection) -> None:
        self.cats = cats

    def see(self, owner: str, at: str, left_out: Sequence[Condition] = ()) -> None:
        out = {(one.field, value) for one in left_out for value in one.value}
        for each in self.cats.all(Selection((Condition("keeper", owner),))):
            if not out & {("id", each["id"]), ("house", each["house"])}:
                self.cats.patch(each["id"], {"last_seen": at})

    def __getattr__(self, name: str) -> Any:
        return getattr(self.cats, name)


@dataclass
class Stack:
    """A world over others; what it has written to and sighted, it reads."""

    name: str
    below: tuple[str, ...]
    owned: Layers = field(init=False)

    def __post_init__(self) -> None:
        self.owned = Layers(self.below)

    def layers(self, _: str) -> Layers:
        return self.owned

    def write_to(self, _: str) -> str:
        self.owned = self.owned._replace(worlds=(self.name, *self.below))
        return self.name

    def sight(self, _: str) -> str:
        self.owned = self.owned._replace(sighted_by=self.name)
        return self.name


_changes = st.fixed_dictionaries(
    {},
    optional={
        "name": st.sampled_from(["Zoë", "a", "B", None]),
        "last_seen": _EARLIER,
        "created_at": st.sampled_from(["2026-01-01", "2026-01-02"]),
        "age": st.integers(0, 3),
        "tags": st.lists(st.sampled_from(["x", "y"]), max_size=2),
        "meta": st.just({"last_seen": "2026-01-01T00:00:00.000Z"}),
        "note": st.sampled_from(['"last_seen":"2026-01-01T00:00:00.000Z"', "é", None]),
        "house": st.sampled_from(["red", "blue"]),
    },
)
_cats = st.lists(
    st.tuples(st.sampled_from(_IDS), st.sampled_from(_KEEPERS), _changes),
    max_size=7,
    unique_by=lambda each: each[0],
)
_left_out = st.lists(
    st.one_of(
        st.builds(
            Condition,
            st.just("id"),
            st.lists(st.sampled_from(_IDS), min_size=1, max_size=2).map(tuple),
            st.just("one_of"),
        ),
        st.just(Condition("house", ("red",), "one_of")),
    ),
    max_size=2,
)
_steps = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.sampled_from(_KEEPERS), _changes),
        st.tuples(st.just("patch"), st.sampled_from(_IDS), _changes),
        st.tuples(st.just("remove"), st.sampled_from(_IDS)),
        st.tuples(st.just("keep_newest"), st.integers(0, 4), st.sampled_from(_KEEPERS)),
        st.tuples(st.just("see"), st.sampled_from(_KEEPERS), _left_out),
    ),
    max_size=9,
)
_conditions = st.one_of(
    st.builds(Condition, st.just("keeper"), st.sampled_from(_KEEPERS)),
    st.builds(Condition, st.just("age"), st.integers(0, 3)),
    st.builds(Condition, st.just("name"), st.sampled_from(["Zoë", None])),
    st.builds(Condition, st.just("tags"), st.just("x"), st.just("contains")),
    st.builds(
        Condition,
        st.just("last_seen"),
        st.sampled_from(["2026-01-02T00:00:00.000Z", "2026-02-03T00:00:00.000Z"]),
        st.sampled_from(["at_least", "at_most"]),
    ),
)
_selections = st.builds(
    Selection,
    st.lists(_conditions, max_size=2).map(tuple),
    st.lists(
        st.builds(OrderBy, st.sampled_from(_ORDERABLE), st.booleans()),
        max_size=2,
        unique_by=lambda each: each.field,
    ).map(tuple),
)


@pytest.fixture(scope="module")
def open_store() -> Iterator[Callable[[], Store]]:
    stores: list[Store] = []

    def open_one() -> Store:
        for each in stores:
            each.close()
        stores[:] = [Store({"cats": CATS})]
        return stores[0]

    yield open_one
    stores[0].close()


def born(record_id: str, keeper: str, given: Record) -> Record:
    return {"created_at": "2026-01-01", "house": "red", **given, "id": record_id, "keeper": keeper}


def take(steps: Sequence[Sequence[Any]], cats: Any, numbers: Iterator[int]) -> None:
    """Take each step; the same numbers give the same ids and instants."""
    for what, *told in steps:
        number = next(numbers)
        if what == "add":
            cats.add(born(f"new{number}", *told))
        elif what == "keep_newest":
            cats.keep_newest(told[0], Selection((Condition("keeper", told[1]),)))
        elif what == "see":
            cats.see(told[0], f"2026-02-{number + 1:02}T00:00:00.000Z", told[1])
        else:
            getattr(cats, what)(*told)


def shown(cats: Any, selection: Selection, numbers: int) -> list[Any]:
    """Return all that can be read: pages, totals, and each record by its id."""
    every = [*_IDS, *(f"new{number}" for number in range(numbers))]
    pages = [
        cats.page(selection, offset=offset, limit=limit)
        for limit in (2, None)
        for offset in (0, 1, 1, 3)
    ]
    return [
        pages,
        cats.total(selection),
        cats.all(selection),
        [(cats.get(each), cats.text(each)) for each in every],
    ]


@given(
    cats=_cats,
    gone=st.sets(st.sampled_from(_IDS), max_size=3),
    first=_steps,
    second=_steps,
    selection=_selections,
    deep=st.sampled_from([0, 9]),
)
def test_layers_show_the_same_bytes_as_a_world_that_owns_everything(  # noqa: PLR0913, PLR0917 - drawn
    open_store: Callable[[], Store],
    cats: list[Any],
    gone: set[str],
    first: list[Any],
    second: list[Any],
    selection: Selection,
    deep: int,
) -> None:
    store = open_store()
    seeded = [born(*each) for each in cats]
    base = Collection(store, "cats", Stack(PRISTINE, ()))
    base.add_all(seeded)
    # What the seeded state has left out already is no different from what a world leaves out.
    for keeper in _KEEPERS if gone else ():
        base.see(keeper, "2026-01-02T00:00:00.000Z", [Condition("id", tuple(gone), "one_of")])
    whole = Whole(Collection(store, "cats", Stack("whole", ())))
    whole.add_all(seeded)
    # A world over another one has none of its sightings, so only the last one sights.
    unsighted = [each for each in first if each[0] != "see"]
    stacks = Stack("middle", (PRISTINE,)), Stack("top", ("middle", PRISTINE))
    numbers = count(), count()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "_MANY", deep)
        for stack, steps in zip(stacks, (unsighted, second), strict=True):
            over = Collection(store, "cats", stack)
            for part in (steps[:3], steps[3:]):
                take(part, over, numbers[0])
                take(part, whole, numbers[1])
                assert shown(over, selection, 20) == shown(whole, selection, 20)
    seeded_now = [each["id"] for each in Collection(store, "cats", Stack("new", (PRISTINE,))).all()]
    assert seeded_now == [each["id"] for each in seeded]
