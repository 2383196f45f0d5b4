"""Is each world looked at when something is due in it, and no other?"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from mock_server.world.agenda import Entry
from mock_server.world.course import Course
from mock_server.world.waiting import Waiting
from mock_server.world.worlds import Worlds
from tests.unit.world.conftest import FIRST_MORNING as NINE

MINUTE = timedelta(minutes=1)


@pytest.fixture
def statements(sandbox: Any, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Return what the store is asked from now on."""
    asked: list[Any] = []
    run = sandbox.store.run

    def noted(shape: Any, build: Callable[[], Any], values: Any) -> Any:
        asked.append(shape)
        return run(shape, build, values)

    monkeypatch.setattr(sandbox.store, "run", noted)
    return asked


def plan_arrivals(sandbox: Any, minutes: int, *names: str) -> None:
    for name in names:
        with sandbox.turn(name) as world:
            due_at = world.clock.now() + timedelta(minutes=minutes)
            world.agenda.add(Entry(due_at, "arrive", {"id": "cy"}))


def test_worlds_come_in_the_order_of_their_times_and_once() -> None:
    waiting = Waiting()
    for name, minutes in (("late", 2), ("soon", 1), ("never", 1)):
        waiting.plan(name, NINE + minutes * MINUTE)
    waiting.plan("never", None)
    assert waiting.take(NINE) is None
    assert [waiting.take(NINE + 5 * MINUTE) for _ in range(3)] == ["soon", "late", None]


def test_a_time_that_is_planned_anew_takes_the_place_of_the_one_before() -> None:
    waiting = Waiting()
    for minutes in (1, 9, 5):
        waiting.plan("mine", NINE + minutes * MINUTE)
    assert waiting.next_look() == NINE + 5 * MINUTE
    assert waiting.take(NINE + 4 * MINUTE) is None
    assert [waiting.take(NINE + 9 * MINUTE) for _ in range(2)] == ["mine", None]


def test_times_that_no_longer_hold_do_not_pile_up() -> None:
    waiting = Waiting()
    for minutes in range(10_000):
        waiting.plan("mine", NINE + minutes * MINUTE)
    assert len(waiting._heap) < 100


def test_a_tick_asks_nothing_of_the_worlds_where_nothing_is_due(
    sandbox: Any, statements: list[Any]
) -> None:
    plan_arrivals(sandbox, 60, *(f"world{number}" for number in range(50)))
    statements.clear()
    assert sandbox.worlds.tick() == 3_600.05
    assert statements == []


@pytest.mark.parametrize("others", [0, 50])
def test_a_tick_costs_what_the_worlds_cost_where_something_is_due(
    sandbox: Any, statements: list[Any], others: int
) -> None:
    plan_arrivals(sandbox, 60, *(f"world{number}" for number in range(others)))
    plan_arrivals(sandbox, 1, "due")
    sandbox.machine.pass_by(minutes=2)
    statements.clear()
    sandbox.worlds.tick()
    with sandbox.turn("due") as world:
        assert world.collection("pets").get("cy") is not None
    assert len(statements) < 20


def test_worlds_where_much_is_overdue_take_turns(open_store: Any, machine: Any) -> None:
    happened: list[str] = []
    course = Course(lambda _, world: happened.append(world.name))
    worlds = Worlds(open_store(), seed=1, course=course, machine=machine)
    for name in ("one", "two"):
        with worlds.turn(name) as world:
            for minutes in (1, 2, 3):
                world.agenda.add(Entry(NINE + minutes * MINUTE, "happen", {}))
    machine.pass_by(hours=1)
    worlds.tick()
    assert happened == ["one", "two"] * 3
