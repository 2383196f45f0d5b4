"""Does each kind of problem make a sentence that begins with the field?"""

import re

import pytest

from mock_server.contract.problems import Problem
from mock_server.engine.sentences import sentence

SENTENCES: dict[str, tuple[Problem, str]] = {
    "required": (Problem("required", "string", ("phone",)), "phone is required"),
    "type": (
        Problem("type", "string", ("phone",), 7),
        "phone must be a value of type string, not integer",
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
    "min_length": (
        Problem("min_length", 1, ("first_name",), ""),
        "first_name must have at least 1 character",
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
        Problem(
            "any_of",
            path=("x",),
            branches=((Problem("type", "string", ("x",), 1),), (Problem("unknown", path=("x",)),)),
        ),
        "x must fit one of: x must be a value of type string, not integer; x is not a known field",
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
