"""Are idle worlds closed beyond a bound, with nothing lost and nobody left waiting?"""

from datetime import timedelta
from typing import Any

import pytest

from mock_server.world.agenda import Entry
from mock_server.world.pristine import SeedPlan
from mock_server.world.worlds import Course, Worlds
from tests.unit.world.conftest import bring_pet


@pytest.fixture
def few(open_store: Any, machine: Any) -> Worlds:
    """Two worlds at most stay open where nothing is waited for."""
    worlds = Worlds(open_store(), seed=1, course=Course(bring_pet), machine=machine, keep_open=2)
    worlds.plant(SeedPlan(lambda _: [("pets", [{"id": "ada"}])], {}))
    return worlds


def use(worlds: Worlds, *names: str) -> None:
    for name in names:
        with worlds.turn(name):
            pass


def test_the_world_that_was_used_the_longest_ago_is_closed(few: Worlds) -> None:
    use(few, "a", "b", "a", "c")
    assert few._open.names == {"a", "c"}
    use(few, *(f"w{number}" for number in range(50)))
    assert len(few._open) == 2


def test_a_world_that_was_closed_is_as_it_was(few: Worlds) -> None:
    with few.turn("a") as world:
        world.collection("pets").add({"id": "bo"})
        world.clock.freeze()
        drawn, at = world.random().random(), world.clock.now()
    with few.turn("a") as world:
        world.tallies["calls"] = 3
    use(few, "b", "c", "d")
    assert few._open.names == {"c", "d"}
    with few.turn("a") as world:
        assert [each["id"] for each in world.collection("pets").all()] == ["ada", "bo"]
        assert (world.clock.now(), world.clock.is_frozen) == (at, True)
        assert world.random().random() != drawn
        assert world.tallies == {"calls": 3}


def test_a_world_that_was_closed_is_still_in_its_epoch_and_one_that_was_reset_is_not(
    few: Worlds,
) -> None:
    with few.turn("a") as world:
        epoch = world.epoch
    use(few, "b", "c", "d")
    with few.turn("a") as world:
        assert world.epoch == epoch
    few.reset("a")
    with few.turn("a") as world:
        assert world.epoch not in {epoch, None}


def test_a_world_that_waits_for_something_stays_open(few: Worlds, machine: Any) -> None:
    with few.turn("planned") as world:
        due = world.clock.now() + timedelta(seconds=5)
        world.agenda.add(Entry(due, "arrive", {"id": "late"}))
    with few.turn("sent") as world:
        world.hand_out("a delivery")
    use(few, *(f"w{number}" for number in range(9)))
    assert {"planned", "sent"} <= few._open.names
    assert len(few._open) <= 4
    machine.pass_by(seconds=6)
    few.tick()
    with few.turn("planned") as world:
        assert world.collection("pets").get("late") is not None


def test_a_world_that_was_closed_can_be_reset(few: Worlds) -> None:
    with few.turn("a") as world:
        world.collection("pets").add({"id": "bo"})
    use(few, "b", "c", "d")
    few.reset("a")
    with few.turn("a") as world:
        assert [each["id"] for each in world.collection("pets").all()] == ["ada"]
