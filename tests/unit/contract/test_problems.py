"""Is every problem told with its path, what was found there, and always in the same order?"""

import pytest

from mock_server.contract.problems import Problem, flatten, type_name


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


def test_unknown_keys_are_told_last_and_in_the_order_they_were_sent() -> None:
    sent = dict.fromkeys("zyxwvutsrq", 1)
    messages = {
        **{name: [Problem("unknown")] for name in sorted(sent)},
        "name": [Problem("required")],
    }
    assert [each.path[0] for each in flatten(messages, sent)] == ["name", *sent]
