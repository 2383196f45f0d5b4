"""Is a value held against its whole schema, though marshmallow is shown only a part of it?"""

from typing import Any

import pytest
from marshmallow import EXCLUDE, INCLUDE, RAISE, Schema, fields

from mock_server.contract.problems import Problem
from mock_server.contract.validator import Unknown, Validator


def validator(unknown: Unknown = RAISE) -> Validator:
    """Return one for three fields: `a` is required, `b` has a default, `c` is neither."""

    def number(**options: Any) -> fields.Integer:
        told: Any = {"required": [Problem("required")], "invalid": [Problem("type")]}
        return fields.Integer(error_messages=told, **options)

    schema = Schema.from_dict(
        {"a": number(required=True), "b": number(load_default=7), "c": number()}
    )
    told: Any = {"unknown": [Problem("unknown")]}
    schema.error_messages = told
    return Validator(schema, unknown)


@pytest.mark.parametrize(
    ("value", "clean"),
    [
        ({"a": 1}, {"a": 1, "b": 7}),
        ({"c": 3, "a": 1}, {"a": 1, "b": 7, "c": 3}),
        ({"c": 3, "b": 2, "a": 1}, {"a": 1, "b": 2, "c": 3}),
    ],
)
def test_what_is_clean_comes_in_the_schemas_order_with_its_defaults(
    value: dict[str, int], clean: dict[str, int]
) -> None:
    checked, problems = validator().check(value)
    assert (list(checked.items()), problems) == (list(clean.items()), ())


def test_a_required_field_is_missed_whatever_else_was_sent() -> None:
    for value in ({}, {"c": 3}, {"b": 2, "c": 3}):
        checked, problems = validator().check(value)
        assert problems == (Problem("required", path=("a",)),)
        assert "a" not in checked


def test_problems_come_in_the_schemas_order_and_unknown_keys_last() -> None:
    _, problems = validator().check({"z": 1, "c": "x", "y": 2, "a": "x"})
    assert [(each.rule, each.path) for each in problems] == [
        ("type", ("a",)),
        ("type", ("c",)),
        ("unknown", ("z",)),
        ("unknown", ("y",)),
    ]


def test_unknown_keys_may_pass_unseen() -> None:
    assert validator(EXCLUDE).check({"z": 1, "a": 1}) == ({"a": 1, "b": 7}, ())


def test_unknown_keys_may_be_kept_in_the_order_they_were_sent() -> None:
    sent = dict.fromkeys("zyxwvutsrqponm", 1)
    checked, problems = validator(INCLUDE).check({**sent, "c": 3, "a": 1, "x.y": 2})
    assert list(checked) == ["a", "b", "c", *sent, "x.y"]
    assert problems == ()


def test_a_field_is_checked_again_when_it_was_left_out_before() -> None:
    one = validator()
    for _ in range(2):
        assert one.check({"a": 1})[1] == ()
        assert one.check({"a": 1, "c": "x"})[1] == (Problem("type", path=("c",), received="x"),)
