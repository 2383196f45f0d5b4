"""Does a world draw, count and keep its rows as its seed and its own writes say?"""

from datetime import timedelta
from typing import Any

import pytest

from mock_server.world.clock import SteadyTime
from mock_server.world.world import World


@pytest.fixture
def world(sandbox: Any) -> World:
    return World(sandbox.store, "mine", 1, SteadyTime(sandbox.machine))


def test_each_draw_is_another_and_the_same_seed_draws_the_same_again(
    sandbox: Any, world: World
) -> None:
    twin = World(sandbox.store, "twin", 1, SteadyTime(sandbox.machine))
    draws = [world.random().random() for _ in range(5)]
    assert draws == [twin.random().random() for _ in range(5)]
    assert len(set(draws)) == 5


def test_another_seed_draws_others(sandbox: Any, world: World) -> None:
    other = World(sandbox.store, "other", 2, SteadyTime(sandbox.machine))
    assert world.random().random() != other.random().random()


def test_each_counter_starts_where_it_is_told_and_counts_by_itself(world: World) -> None:
    assert [world.next_number("leads", first=18) for _ in range(3)] == [18, 19, 20]
    assert world.next_number("jobs", first=1) == 1


def test_the_first_write_gives_a_world_rows_of_its_own_in_that_table_alone(world: World) -> None:
    assert not world.owns("pets")
    assert world.write_to("pets") == "mine"
    assert (world.owns("pets"), world.owns("toys")) == (True, False)


def test_a_collection_is_opened_once(world: World) -> None:
    assert world.collection("pets") is world.collection("pets")


@pytest.mark.parametrize(
    "change",
    [
        lambda world: world.random(),
        lambda world: world.next_number("leads", first=1),
        lambda world: world.write_to("pets"),
    ],
)
def test_a_world_that_has_changed_says_so_until_it_is_kept(world: World, change: Any) -> None:
    assert not world.has_changed
    change(world)
    assert world.has_changed
    world.keep()
    assert not world.has_changed


def test_a_kept_world_is_opened_as_it_was(sandbox: Any, world: World) -> None:
    world.random()
    world.next_number("leads", first=18)
    world.write_to("pets")
    world.clock.advance(timedelta(hours=1))
    world.keep()
    again = World(sandbox.store, "mine", 1, SteadyTime(sandbox.machine))
    assert again.clock.now() == world.clock.now() == sandbox.machine.time + timedelta(hours=1)
    assert again.owns("pets")
    assert again.next_number("leads", first=18) == 19
    assert again.random().random() == world.random().random()


def test_a_reloaded_world_forgets_what_was_not_kept(sandbox: Any, world: World) -> None:
    drawn = world.random().random()
    world.next_number("leads", first=18)
    world.clock.advance(timedelta(hours=1))
    world.reload()
    assert not world.has_changed
    assert world.next_number("leads", first=18) == 18
    assert world.random().random() == drawn
    assert world.clock.now() == sandbox.machine.time
