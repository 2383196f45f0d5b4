"""Are only the newest kept of what is over, and everything that is not?"""

from typing import Any

import pytest

from mock_server.engine.retention import Many, add_many, forget_oldest
from mock_server.world.queries import where
from tests.unit.toy import Toy

OLD = where(name="Old")


def ages_after(toy: Toy, rounds: int, most: int) -> list[Any]:
    """Look after the pets so many times, and return the ages of those that are left."""
    with toy.worlds.turn("toy") as world:
        pets = world.collection("toy_pets")
        for age in range(5):
            pets.add({"id": f"old{age}", "name": "Old", "age": age})
        for _ in range(rounds):
            forget_oldest(world, pets, OLD, most)
        return [each["age"] for each in pets.all()]


def test_every_hundredth_time_the_oldest_are_forgotten(toy: Toy) -> None:
    assert ages_after(toy, 100, most=2) == [3, 9, 3, 4]


def test_before_that_all_are_kept(toy: Toy) -> None:
    assert ages_after(toy, 99, most=2) == [3, 9, 0, 1, 2, 3, 4]


def test_fewer_than_may_be_kept_are_all_kept(toy: Toy) -> None:
    assert ages_after(toy, 100, most=5) == [3, 9, 0, 1, 2, 3, 4]


def test_each_resource_is_counted_by_itself(toy: Toy) -> None:
    with toy.worlds.turn("toy") as world:
        for _ in range(99):
            forget_oldest(world, world.collection("toy_kennels"), where(shop_id="s1"), 0)
    assert ages_after(toy, 1, most=2) == [3, 9, 0, 1, 2, 3, 4]


@pytest.mark.parametrize("before", [0, 99])
@pytest.mark.parametrize("count", [0, 1, 101, 250])
@pytest.mark.parametrize("most", [0, 5, 300])
def test_many_leave_what_they_would_have_left_one_after_the_other(
    make_toy: Any, before: int, count: int, most: int
) -> None:
    def pet(number: int) -> dict[str, Any]:
        return {"id": f"pet{number}", "name": "Old", "age": number}

    left = []
    for at_once in (True, False):
        with make_toy().worlds.turn("toy") as world:
            pets = world.collection("toy_pets")
            for number in range(-before, 0 if at_once else count):
                forget_oldest(world, pets, OLD, most)
                pets.add(pet(number))
            if at_once:
                add_many(world, pets, OLD, most, Many(count, pet))
            left.append((pets.all(), world.copy_state()["numbers"]))
    assert left[0] == left[1]
