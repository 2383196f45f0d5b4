"""Is a remembered value never out of date, and never one of too many?"""

from collections.abc import Callable

from mock_server.world.memory import Memory


def counting(seen: list[str], value: str) -> Callable[[], str]:
    def work_out() -> str:
        seen.append(value)
        return value

    return work_out


def test_a_value_is_worked_out_once_for_each_version() -> None:
    memory, seen = Memory(4), list[str]()
    for version in (("mine", 1), ("mine", 1), ("mine", 2), ("other", 2)):
        assert memory.recall("key", version, counting(seen, str(version))) == str(version)
    assert seen == ["('mine', 1)", "('mine', 2)", "('other', 2)"]


def test_nothing_is_a_value_too() -> None:
    memory, seen = Memory(4), []

    def work_out() -> None:
        seen.append("once")

    for _ in range(3):
        memory.recall("key", ("mine", 1), work_out)
    assert seen == ["once"]


def test_the_oldest_values_go_when_there_are_too_many() -> None:
    memory, seen = Memory(2), list[str]()
    for key in ("a", "b", "c", "b", "c", "a"):
        memory.recall(key, ("mine", 1), counting(seen, key))
    assert seen == ["a", "b", "c", "a"]


def test_what_cannot_be_worked_out_is_not_remembered() -> None:
    memory, seen = Memory(2), list[str]()

    def fail() -> str:
        raise KeyError

    try:
        memory.recall("key", ("mine", 1), fail)
    except KeyError:
        seen.append("refused")
    assert memory.recall("key", ("mine", 1), counting(seen, "value")) == "value"
    assert seen == ["refused", "value"]
