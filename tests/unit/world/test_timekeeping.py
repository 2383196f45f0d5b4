"""Does everything due on the way happen at its own time, and is what leaves waited for?"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest

from mock_server.world import timekeeping
from mock_server.world.agenda import Entry
from mock_server.world.clock import iso
from mock_server.world.course import Course
from mock_server.world.store import Store
from mock_server.world.world import World
from mock_server.world.worlds import Worlds

PATIENCE_SECONDS = 20


@pytest.fixture
def told() -> list[tuple[str, str]]:
    """What has happened: the name of each entry, and the time that its world showed."""
    return []


@pytest.fixture
def worlds(open_store: Callable[..., Store], machine: Any, told: list[Any]) -> Worlds:
    """Worlds in which an entry is told, may plan another, and may hand something out."""

    def perform(entry: Entry, world: World) -> None:
        told.append((entry.action, iso(world.clock.now())[11:19]))
        for each in entry.details.get("then", ()):
            plan(world, each, entry.due_at, 10)
        if "delivery" in entry.details:
            world.hand_out(entry.details["delivery"])

    return Worlds(open_store(), seed=1, course=Course(perform), machine=machine)


def plan(world: World, action: str, at: datetime, minutes: int, **details: Any) -> None:
    routine = bool(details.pop("routine", False))
    due_at = at + timedelta(minutes=minutes)
    world.agenda.add(Entry(due_at, action, details, is_routine=routine))


def test_things_happen_in_order_at_their_own_time(worlds: Worlds, told: list[Any]) -> None:
    with worlds.turn("mine") as world:
        world.clock.freeze()
        start = world.clock.now()
        plan(world, "late", start, 25)
        plan(world, "soon", start, 5, then=["between"])
    timekeeping.advance(worlds, "mine", start + timedelta(minutes=30))
    assert told == [("soon", "09:05:00"), ("between", "09:15:00"), ("late", "09:25:00")]
    with worlds.turn("mine") as world:
        assert world.clock.now() == start + timedelta(minutes=30)


def test_a_flowing_clock_is_moved_alike(worlds: Worlds, told: list[Any], machine: Any) -> None:
    with worlds.turn("mine") as world:
        plan(world, "soon", world.clock.now(), 5)
    timekeeping.advance(worlds, "mine", machine.time + timedelta(minutes=30))
    assert told == [("soon", "09:05:00")]
    machine.pass_by(minutes=1)
    with worlds.turn("mine") as world:
        assert iso(world.clock.now())[11:19] == "09:31:00"


def test_what_is_due_now_happens_without_going_on(worlds: Worlds, told: list[Any]) -> None:
    with worlds.turn("mine") as world:
        plan(world, "now", world.clock.now(), 0)
        now = world.clock.now()
    timekeeping.advance(worlds, "mine", now)
    assert told == [("now", "09:00:00")]


def test_no_clock_goes_back(worlds: Worlds, told: list[Any], machine: Any) -> None:
    with worlds.turn("mine") as world:
        plan(world, "now", world.clock.now(), 0)
    timekeeping.advance(worlds, "mine", machine.time - timedelta(seconds=1))
    assert told == [("now", "09:00:00")]
    with worlds.turn("mine") as world:
        assert world.clock.now() == machine.time


def test_a_clock_that_flows_past_the_instant_meanwhile_has_arrived(
    worlds: Worlds, machine: Any
) -> None:
    with worlds.turn("mine") as world:
        now = world.clock.now()
    machine.pass_by(seconds=0.002)
    timekeeping.advance(worlds, "mine", now)
    with worlds.turn("mine") as world:
        assert world.clock.now() == machine.time


def test_the_clock_waits_for_what_has_left(worlds: Worlds, told: list[Any], machine: Any) -> None:
    def bring_back() -> None:
        with worlds.stir:
            worlds.stir.wait_for(worlds.deliveries, PATIENCE_SECONDS)
        with worlds.turn("mine") as world:
            told.append(("back", iso(world.clock.now())[11:19]))
            world.take_back("delivery")

    with worlds.turn("mine") as world:
        world.clock.freeze()
        plan(world, "leave", world.clock.now(), 5, delivery="delivery")
        plan(world, "later", world.clock.now(), 10)
    other = threading.Thread(target=bring_back)
    other.start()
    timekeeping.advance(worlds, "mine", machine.time + timedelta(minutes=10))
    other.join(PATIENCE_SECONDS)
    assert told == [("leave", "09:05:00"), ("back", "09:05:00"), ("later", "09:10:00")]


def test_a_world_is_idle_where_only_routine_is_left(worlds: Worlds, told: list[Any]) -> None:
    with worlds.turn("mine") as world:
        start = world.clock.now()
        plan(world, "rounds", start, 15, routine=True)
        plan(world, "rounds", start, 60, routine=True)
        plan(world, "late", start, 25)
    assert timekeeping.advance_until_idle(worlds, "mine", timedelta(days=1))
    assert told == [("rounds", "09:15:00"), ("late", "09:25:00")]


def test_a_world_that_is_never_idle_is_left_at_the_bound(worlds: Worlds, machine: Any) -> None:
    with worlds.turn("mine") as world:
        world.clock.freeze()
        plan(world, "late", world.clock.now(), 25)
    assert not timekeeping.advance_until_idle(worlds, "mine", timedelta(minutes=20))
    with worlds.turn("mine") as world:
        assert world.clock.now() == machine.time + timedelta(minutes=20)


def test_what_is_out_already_comes_back_before_the_clock_moves(
    worlds: Worlds, told: list[Any], machine: Any
) -> None:
    def bring_back() -> None:
        with worlds.turn("mine") as world:
            told.append(("back", iso(world.clock.now())[11:19]))
            world.take_back("delivery")

    with worlds.turn("mine") as world:
        world.clock.freeze()
        world.hand_out("delivery")
    other = threading.Thread(target=bring_back)
    worlds.aside = lambda: starting(other)
    timekeeping.advance(worlds, "mine", machine.time + timedelta(minutes=10))
    other.join(PATIENCE_SECONDS)
    assert told == [("back", "09:00:00")]


@contextmanager
def starting(thread: threading.Thread) -> Iterator[None]:
    """Start a thread the first time that somebody steps aside."""
    if thread.ident is None:
        thread.start()
    yield


def test_a_world_that_is_reset_meanwhile_keeps_its_new_time(worlds: Worlds, machine: Any) -> None:
    with worlds.turn("mine") as world:
        world.clock.freeze()
        world.hand_out("delivery")
    other = threading.Thread(target=worlds.reset, args=("mine",))
    worlds.aside = lambda: starting(other)
    timekeeping.advance(worlds, "mine", machine.time + timedelta(days=10))
    other.join(PATIENCE_SECONDS)
    with worlds.turn("mine") as world:
        assert world.clock.now() == machine.time


def test_a_clock_is_not_moved_past_what_never_comes_back(
    worlds: Worlds, machine: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timekeeping, "PATIENCE_SECONDS", 0.0)
    with worlds.turn("mine") as world:
        world.clock.freeze()
        world.hand_out("delivery")
    timekeeping.advance(worlds, "mine", machine.time + timedelta(minutes=10))
    assert not timekeeping.advance_until_idle(worlds, "mine", timedelta(minutes=10))
    with worlds.turn("mine") as world:
        assert world.clock.now() == machine.time


def test_what_leaves_at_the_bound_is_waited_for_too(worlds: Worlds) -> None:
    def bring_back() -> None:
        with worlds.stir:
            worlds.stir.wait_for(worlds.deliveries, PATIENCE_SECONDS)
        with worlds.turn("mine") as world:
            world.take_back("delivery")

    with worlds.turn("mine") as world:
        world.clock.freeze()
        plan(world, "leave", world.clock.now(), 5, delivery="delivery")
    other = threading.Thread(target=bring_back)
    other.start()
    assert timekeeping.advance_until_idle(worlds, "mine", timedelta(minutes=5))
    other.join(PATIENCE_SECONDS)
    assert worlds.deliveries() == []
