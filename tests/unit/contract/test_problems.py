"""Is every problem told with its path, what was found there, and always in the same order?"""

from itertools import islice

import pytest

from mock_server.contract.problems import MOST_TOLD, Problem, capped, flatten, told, type_name


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (None, "null"),
        ("a", "string"),
        (True, "boolean"),
        (1, "integer"),
        (1.5, "number"),
        ([], "array"),
        ({}, "object"),
    ],
)
def test_values_are_called_what_json_calls_them(value: object, name: str) -> None:
    assert type_name(value) == name


def test_nested_messages_become_problems_with_paths_and_values() -> None:
    messages = {"a": {0: {"b": [Problem("type", "string")]}}}
    (found,) = flatten(messages, {"a": [{"b": 7}]})
    assert found == Problem("type", "string", ("a", 0, "b"), 7)


def test_a_problem_of_what_is_not_there_received_nothing() -> None:
    (found,) = flatten({"a": {"b": [Problem("required")]}}, {})
    assert (found.path, found.received) == (("a", "b"), None)


def test_the_problems_of_a_branch_are_told_from_the_top() -> None:
    branch = (Problem("type", "string", ("x",)),)
    (found,) = flatten({"a": [Problem("any_of", branches=(branch,))]}, {"a": {"x": 3}})
    assert found.branches == ((Problem("type", "string", ("a", "x"), 3),),)


def test_of_many_problems_the_first_are_told_and_the_others_counted() -> None:
    messages = {name: [Problem("type", "string")] for name in range(60_000)}
    found = told(messages, {})
    assert found[:-1] == tuple(islice(flatten(messages, {}), MOST_TOLD))
    assert found[-1] == Problem("more", 60_000 - MOST_TOLD)


def test_of_few_problems_all_are_told() -> None:
    messages = {name: [Problem("type", "string")] for name in range(MOST_TOLD)}
    assert told(messages, {}) == tuple(flatten(messages, {}))
    assert told({}, {}) == ()


def test_problems_that_are_left_out_are_not_counted_either() -> None:
    messages: dict[int, list[Problem]] = {n: [Problem("unknown", ())] for n in range(1_000)}
    messages[1_000] = [Problem("required")]
    assert [each.rule for each in told(messages, {}, left_out="unknown")] == ["required"]
    assert [each.rule for each in told(messages, {}, most=2)] == ["unknown", "unknown", "more"]


def test_problems_of_several_parts_of_a_call_are_counted_together() -> None:
    some = tuple(Problem("type", path=(n,)) for n in range(MOST_TOLD - 1))
    assert capped(some) == some
    assert capped((*some, Problem("more", 7))) == (*some, Problem("more", 7))
    counted = capped((*some, Problem("more", 7), *some, Problem("more", 5)))
    assert counted == (*some, some[0], Problem("more", 12 + len(some) - 1))
