"""Is a remembered value never out of date, and never one of too many?"""

from collections.abc import Callable

import pytest

from mock_server.memory import Memory

ROOM_FOR_TWO = 2_500


def counting(seen: list[str], value: str, size: int = 500) -> Callable[[], tuple[str, int]]:
    def work_out() -> tuple[str, int]:
        seen.append(value)
        return value, size

    return work_out


def test_a_value_is_worked_out_once_for_each_version() -> None:
    memory, seen = Memory(ROOM_FOR_TWO), list[str]()
    for version in (("mine", 1), ("mine", 1), ("mine", 2), ("other", 2)):
        assert memory.recall("key", version, counting(seen, str(version))) == str(version)
    assert seen == ["('mine', 1)", "('mine', 2)", "('other', 2)"]


def test_nothing_is_a_value_too() -> None:
    memory, seen = Memory(ROOM_FOR_TWO), []

    def work_out() -> tuple[None, int]:
        seen.append("once")
        return None, 0

    for _ in range(3):
        memory.recall("key", ("mine", 1), work_out)
    assert seen == ["once"]


def test_the_value_that_was_asked_for_the_longest_ago_goes_first() -> None:
    memory, seen = Memory(ROOM_FOR_TWO), list[str]()
    for key in ("a", "b", "a", "c", "a", "c", "b"):
        memory.recall(key, 1, counting(seen, key))
    assert seen == ["a", "b", "c", "b"]


def test_however_many_values_are_worked_out_they_keep_within_the_bound() -> None:
    memory = Memory(ROOM_FOR_TWO)
    for number in range(200):
        memory.recall(number % 7, number, counting([], "value", number % 5 * 300))
        assert memory.bytes <= ROOM_FOR_TWO
    assert len(memory) > 0


def test_a_value_that_is_larger_than_all_may_be_is_returned_and_drops_no_other() -> None:
    memory, seen = Memory(ROOM_FOR_TWO), list[str]()
    for key, size in (("small", 1), ("large", 9_999), ("small", 1), ("large", 9_999)):
        assert memory.recall(key, 1, counting(seen, key, size)) == key
    assert seen == ["small", "large", "large"]


def test_what_cannot_be_worked_out_is_not_remembered() -> None:
    memory, seen = Memory(ROOM_FOR_TWO), list[str]()

    def fail() -> tuple[str, int]:
        raise KeyError

    memory.recall("key", 1, counting(seen, "first"))
    with pytest.raises(KeyError):
        memory.recall("key", 2, fail)
    assert memory.recall("key", 2, counting(seen, "second")) == "second"
    assert seen == ["first", "second"]
