"""Is the seeded state planted once, whole, and only where the store was seeded alike?"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from mock_server.contract.resource import Filter, Resource, Sighted
from mock_server.world import pristine
from mock_server.world.clock import SteadyTime
from mock_server.world.layers import PRISTINE
from mock_server.world.own_rows import changed_ids
from mock_server.world.pristine import LeftOut, SeedPlan
from mock_server.world.queries import Condition
from mock_server.world.store import Store
from mock_server.world.world import World

DAYS = ("2026-01-01", "2026-02-01", "2026-03-01")
TEXT = {"type": "string"}
CATS = Resource(
    "cats",
    {"id": TEXT, "last_seen": TEXT, "keeper": TEXT},
    filters=frozenset({Filter("keeper")}),
    sighted=Sighted("keeper", "last_seen"),
)
LAST_YEAR = datetime(2025, 12, 31, 23, tzinfo=UTC)


def plant(
    store: Store,
    machine: Any,
    *,
    pet: str = "ada",
    start: datetime | None = None,
    **recipe: Any,
) -> None:
    world = World(store, PRISTINE, 1, SteadyTime(machine))
    plan = SeedPlan(lambda _: [("pets", [{"id": pet}])], recipe, start)
    pristine.plant(store, world, plan)


def told_day(store: Store, machine: Any, start: datetime | None) -> datetime:
    """Return the day that the seeding is told."""
    told: list[datetime] = []

    def seeding(today: datetime) -> list[Any]:
        told.append(today)
        return []

    pristine.plant(
        store, World(store, PRISTINE, 1, SteadyTime(machine)), SeedPlan(seeding, {}, start)
    )
    [day] = told
    return day


def pets(store: Store, name: str = "mine") -> list[str]:
    return [each["id"] for each in World(store, name, 1).collection("pets").all()]


def test_what_was_planted_stays_when_the_same_is_planted_again(store: Store, machine: Any) -> None:
    plant(store, machine, seed=1)
    plant(store, machine, seed=1, pet="never planted")
    assert pets(store) == ["ada"]


def test_a_store_of_another_recipe_is_refused_with_a_sentence(store: Store, machine: Any) -> None:
    plant(store, machine, seed=1, leads=3)
    with pytest.raises(ValueError, match="seeded with leads 3, not 4: start with the same, or"):
        plant(store, machine, seed=1, leads=4)
    with pytest.raises(ValueError, match="seeded with start_at None, not 'noon'"):
        plant(store, machine, seed=1, leads=3, start_at="noon")


def test_seeding_that_fails_leaves_nothing(store: Store, machine: Any) -> None:
    def seeding(_: datetime) -> Iterator[Any]:
        yield "pets", [{"id": "ada"}]
        raise KeyError

    with pytest.raises(KeyError):
        pristine.plant(store, World(store, PRISTINE, 1, SteadyTime(machine)), SeedPlan(seeding, {}))
    plant(store, machine, pet="bo")
    assert pets(store) == ["bo"]


def test_seeding_is_told_the_day_without_its_hour(store: Store, machine: Any) -> None:
    assert told_day(store, machine, None) == datetime(2026, 3, 1, tzinfo=UTC)


def test_seeding_is_told_the_day_on_which_time_begins(store: Store, machine: Any) -> None:
    assert told_day(store, machine, LAST_YEAR) == datetime(2025, 12, 31, tzinfo=UTC)


def test_time_begins_where_it_is_told_to_and_goes_on_from_there_when_opened_again(
    open_store: Any, machine: Any, tmp_path: Path
) -> None:
    for minutes in (0, 10, 20):
        store = open_store(tmp_path / "sandbox.sqlite")
        plant(store, machine, start=LAST_YEAR)
        assert World(store, "new", 1, SteadyTime(machine)).clock.now() == LAST_YEAR + timedelta(
            minutes=minutes
        )
        store.close()
        machine.pass_by(minutes=10)


def test_what_the_seeded_state_left_out_costs_no_world_a_row() -> None:
    store = Store({"cats": CATS})
    born = [{"id": name, "keeper": "kim", "last_seen": DAYS[0]} for name in ("ada", "bob")]
    seeded = [("cats", born), ("cats", LeftOut("kim", DAYS[0], ("bob",)))]
    machine = SteadyTime(lambda: LAST_YEAR)
    pristine.plant(store, World(store, PRISTINE, 1, machine), SeedPlan(lambda _: seeded, {}))
    cats = World(store, "mine", 1).collection("cats")
    cats.see("kim", DAYS[1], [Condition("id", ("bob",), "one_of")])
    assert [each["last_seen"] for each in cats.all()] == [DAYS[1], DAYS[0]]
    assert changed_ids(store, "mine", "cats") == []
    cats.see("kim", DAYS[2])
    assert [each["last_seen"] for each in cats.all()] == [DAYS[2], DAYS[2]]
    store.close()
