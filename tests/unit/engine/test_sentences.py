"""Does each kind of problem make a sentence that begins with the field?"""

import re
from typing import Any

import pytest

from mock_server.contract.problems import Problem
from mock_server.contract.schemas import Builder
from mock_server.engine.sentences import sentence
from tests.unit.toy import COUNT, TEXT, catalogue, contract


def any_of(alternatives: list[dict[str, Any]], value: Any) -> Problem:
    """Return the problem of a value that fits no alternative."""
    found = Builder(catalogue(contract({})).document).some_of({"it": {"anyOf": alternatives}})
    (problem,) = found.check({"it": value})[1]
    return problem


SENTENCES: dict[str, tuple[Problem, str]] = {
    "more": (Problem("more", 59_900), "and 59,900 more problems"),
    "one more": (Problem("more", 1), "and 1 more problem"),
    "required": (Problem("required", "string", ("phone",)), "phone is required"),
    "type": (
        Problem("type", "string", ("phone",), 7),
        "phone must be a string, not integer",
    ),
    "one of several types": (
        Problem("type", ("integer", "string"), ("status",)),
        "status must be a string or an integer, not null",
    ),
    "enum": (Problem("enum", ["sale", "let"], ("type",), "x"), "type must be one of sale, let"),
    "format": (
        Problem("format", "email", ("email",), "x"),
        "email must be a valid email, like ada@example.com",
    ),
    "format with an example": (
        Problem("format", "date", ("day",), "x", example="2024-02-29"),
        "day must be a valid date, like 2024-02-29",
    ),
    "pattern": (Problem("pattern", "^a$", ("code",), "x"), "code must match ^a$"),
    "pattern with an example": (
        Problem("pattern", "^a$", ("code",), "x", example="a"),
        "code must be like a",
    ),
    "enum of one": (Problem("enum", ["idle"], ("until",), "x"), "until must be idle"),
    "enum of what is no text": (Problem("enum", [True], ("flow",), 1), "flow must be true"),
    "enum with null": (Problem("enum", ["a", "b", None], ("x",), "c"), "x must be one of a, b"),
    "min_length": (
        Problem("min_length", 2, ("first_name",), ""),
        "first_name must have at least 2 characters",
    ),
    "min_length of one": (
        Problem("min_length", 1, ("first_name",), ""),
        "first_name must not be empty",
    ),
    "max_length": (
        Problem("max_length", 50, ("first_name",), "x" * 51),
        "first_name must have at most 50 characters",
    ),
    "minimum": (Problem("minimum", 0, ("offset",), -1), "offset must be at least 0"),
    "maximum": (Problem("maximum", 9, ("limit",), 10), "limit must be at most 9"),
    "exclusive_minimum": (
        Problem("exclusive_minimum", 0, ("n",), 0),
        "n must be more than 0",
    ),
    "min_items": (
        Problem("min_items", 2, ("questionnaire", 0), ["q"]),
        "questionnaire.0 must have at least 2 elements",
    ),
    "max_properties": (
        Problem("max_properties", 10, ("custom_data",), {}),
        "custom_data must have at most 10 fields",
    ),
    "max_items": (
        Problem("max_items", 2, ("questionnaire", "a"), ["q", "a", "?"]),
        "questionnaire.a must have at most 2 elements",
    ),
    "max_json_bytes": (
        Problem("max_json_bytes", 1024, ("meta",), {}),
        "meta must have at most 1024 bytes as JSON",
    ),
    "unknown": (Problem("unknown", path=("colour",)), "colour is not a known field"),
    "any_of": (
        any_of([{"type": "array"}, {"type": "object"}, {"type": "null"}], "a"),
        "it must be an array or an object, not string",
    ),
    "reference": (
        Problem("reference", "offices", ("office_id",), 1, "no office has the id 1"),
        "office_id: no office has the id 1",
    ),
    "condition": (
        Problem("condition", path=("postcode",), advice="is needed"),
        "postcode: is needed",
    ),
}


@pytest.mark.parametrize(("problem", "expected"), SENTENCES.values(), ids=list(SENTENCES))
def test_a_problem_is_a_sentence(problem: Problem, expected: str) -> None:
    assert sentence(problem) == expected


def test_every_rule_that_a_problem_can_break_is_worded() -> None:
    said = re.search(r"`rule` is one of (.*?)\.", str(Problem.__doc__), re.DOTALL)
    assert said is not None
    assert {each.strip() for each in said[1].split(",")} == {p.rule for p, _ in SENTENCES.values()}


INSTANT = {**TEXT, "format": "date-time", "example": "2026-12-24T09:00:00Z"}
DAY = {"type": ["string", "null"], "format": "date"}
SPAN = {**TEXT, "pattern": "^[0-9]+h$", "example": "2h"}
NOTHING = {"type": "null"}
PAIR = {"type": "array", "items": TEXT, "maxItems": 2}


@pytest.mark.parametrize(
    ("alternatives", "value", "expected"),
    [
        ([TEXT, COUNT], [], "it must be a string or an integer, not array"),
        ([TEXT, {"type": ["string", "null"]}], 1, "it must be a string, not integer"),
        ([{"enum": [True]}, INSTANT], "x", "it must be true or an instant such as"),
        ([{"type": "boolean", "enum": [True]}, INSTANT], 1, "09:00:00Z, not integer"),
        ([{**TEXT, "enum": ["a", "b", None]}, COUNT], "c", "it must be one of a, b or an integer"),
        ([INSTANT, DAY], "soon", "an instant such as 2026-12-24T09:00:00Z or a date such as 2026"),
        ([SPAN, NOTHING], "2", "it must be like 2h"),
    ],
)
def test_a_value_unlike_every_alternative_is_told_what_they_are(
    alternatives: list[dict[str, Any]], value: Any, expected: str
) -> None:
    assert expected in sentence(any_of(alternatives, value))


@pytest.mark.parametrize(
    ("alternatives", "value", "expected"),
    [
        ([PAIR, NOTHING], ["a", 1], "it.1 must be a string, not integer"),
        ([PAIR, TEXT], ["a"] * 3, "it must have at most 2 elements"),
        ([{**TEXT, "minLength": 1}, COUNT], "", "it must not be empty"),
        ([{"anyOf": [PAIR, COUNT]}, TEXT], ["a", 1], "it.1 must be a string, not integer"),
        (
            [{"type": "object", "properties": {name: COUNT}} for name in "ab"],
            {"a": "x"},
            "it must fit one of: it.a must be an integer, not string; it.a is not a known field",
        ),
    ],
)
def test_a_value_that_is_nearly_an_alternative_is_told_what_keeps_it_from_it(
    alternatives: list[dict[str, Any]], value: Any, expected: str
) -> None:
    assert sentence(any_of(alternatives, value)) == expected
