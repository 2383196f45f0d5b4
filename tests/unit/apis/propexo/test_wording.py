"""Is each problem told as Zod, version 3, would tell it?"""

from typing import Any

import pytest

from mock_server.apis.propexo.wording import issues
from mock_server.contract.problems import Problem

ISSUES: dict[str, tuple[Problem, dict[str, Any]]] = {
    "max_properties": (
        Problem("max_properties", 10, ("a",), {}),
        {"code": "custom", "message": "must have at most 10 fields"},
    ),
    "required": (
        Problem("required", "string", ("a",)),
        {
            "code": "invalid_type",
            "expected": "string",
            "received": "undefined",
            "message": "Required",
        },
    ),
    "required number": (
        Problem("required", "integer", ("a",)),
        {
            "code": "invalid_type",
            "expected": "number",
            "received": "undefined",
            "message": "Required",
        },
    ),
    "type": (
        Problem("type", "string", ("a",), 7),
        {
            "code": "invalid_type",
            "expected": "string",
            "received": "number",
            "message": "Expected string, received number",
        },
    ),
    "null where several types are admitted": (
        Problem("type", ("integer", "string"), ("a",)),
        {
            "code": "invalid_type",
            "expected": "number",
            "received": "null",
            "message": "Expected number, received null",
        },
    ),
    "null": (
        Problem("type", "array", ("a",)),
        {
            "code": "invalid_type",
            "expected": "array",
            "received": "null",
            "message": "Expected array, received null",
        },
    ),
    "float": (
        Problem("type", "integer", ("a",), 1.5),
        {
            "code": "invalid_type",
            "expected": "integer",
            "received": "float",
            "message": "Expected integer, received float",
        },
    ),
    "text for an integer": (
        Problem("type", "integer", ("a",), "x"),
        {
            "code": "invalid_type",
            "expected": "number",
            "received": "string",
            "message": "Expected number, received string",
        },
    ),
    "enum": (
        Problem("enum", ["A", "B", None], ("a",), "x"),
        {
            "code": "invalid_enum_value",
            "received": "x",
            "options": ["A", "B"],
            "message": "Invalid enum value. Expected 'A' | 'B', received 'x'",
        },
    ),
    "string too short": (
        Problem("min_length", 1, ("a",), ""),
        {
            "code": "too_small",
            "minimum": 1,
            "type": "string",
            "inclusive": True,
            "exact": False,
            "message": "String must contain at least 1 character(s)",
        },
    ),
    "string too long": (
        Problem("max_length", 2, ("a",), "xyz"),
        {
            "code": "too_big",
            "maximum": 2,
            "type": "string",
            "inclusive": True,
            "exact": False,
            "message": "String must contain at most 2 character(s)",
        },
    ),
    "array too short": (
        Problem("min_items", 1, ("a",), []),
        {
            "code": "too_small",
            "minimum": 1,
            "type": "array",
            "inclusive": True,
            "exact": False,
            "message": "Array must contain at least 1 element(s)",
        },
    ),
    "array too long": (
        Problem("max_items", 1, ("a",), [1, 2]),
        {
            "code": "too_big",
            "maximum": 1,
            "type": "array",
            "inclusive": True,
            "exact": False,
            "message": "Array must contain at most 1 element(s)",
        },
    ),
    "number too small": (
        Problem("minimum", 0, ("a",), -1),
        {
            "code": "too_small",
            "minimum": 0,
            "type": "number",
            "inclusive": True,
            "exact": False,
            "message": "Number must be greater than or equal to 0",
        },
    ),
    "number too big": (
        Problem("maximum", 250, ("a",), 251),
        {
            "code": "too_big",
            "maximum": 250,
            "type": "number",
            "inclusive": True,
            "exact": False,
            "message": "Number must be less than or equal to 250",
        },
    ),
    "number not above": (
        Problem("exclusive_minimum", 0, ("a",), 0),
        {
            "code": "too_small",
            "minimum": 0,
            "type": "number",
            "inclusive": False,
            "exact": False,
            "message": "Number must be greater than 0",
        },
    ),
    "pattern": (
        Problem("pattern", "^x$", ("a",), "y"),
        {
            "code": "invalid_string",
            "validation": "regex",
            "message": "Invalid, expected to match ^x$",
        },
    ),
    "reference": (
        Problem("reference", "leads", ("a",), "x", "no lead has the id 'x'"),
        {"code": "custom", "message": "no lead has the id 'x'"},
    ),
    "condition": (
        Problem("condition", path=("a",), advice="is required for calls"),
        {"code": "custom", "message": "is required for calls"},
    ),
}


@pytest.mark.parametrize(("problem", "expected"), ISSUES.values(), ids=list(ISSUES))
def test_a_problem_is_one_issue(problem: Problem, expected: dict[str, Any]) -> None:
    assert issues([problem]) == [{**expected, "path": ["a"]}]


@pytest.mark.parametrize(
    ("name", "validation", "like"),
    [
        ("date-time", "datetime", "2026-03-01T09:30:00Z"),
        ("date", "date", "2026-03-01"),
        ("email", "email", "ada@example.com"),
        ("uri", "url", "https://example.com/page"),
    ],
)
def test_a_format_is_named_as_zod_names_it_with_a_value_that_has_it(
    name: str, validation: str, like: str
) -> None:
    assert issues([Problem("format", name, ("a", 0), "x")]) == [
        {
            "code": "invalid_string",
            "validation": validation,
            "message": f"Invalid {validation}, expected one like {like}",
            "path": ["a", 0],
        }
    ]


def test_an_offset_that_lost_its_sign_on_the_way_is_told_how_to_keep_it() -> None:
    (issue,) = issues([Problem("format", "date-time", ("a",), "2026-01-01T00:00:00 02:00")])
    assert issue["message"].endswith("; in a query string + is a blank, so write it as %2B")


def test_a_key_that_is_nearly_a_known_one_is_told_which() -> None:
    known = ("limit", "offset", "first_name")
    told = [Problem("unknown", known, (name,)) for name in ("limit_", "colour", "frist_name")]
    (issue,) = issues(told)
    assert issue["message"] == (
        "Unrecognized key(s) in object: 'limit_', 'colour', 'frist_name'"
        "; did you mean 'limit' and 'first_name'?"
    )


def test_unknown_keys_of_one_object_share_an_issue() -> None:
    problems = [Problem("unknown", path=path) for path in (("x",), ("y",), ("events", 0, "z"))]
    assert issues(problems) == [
        {
            "code": "unrecognized_keys",
            "keys": ["x", "y"],
            "path": [],
            "message": "Unrecognized key(s) in object: 'x', 'y'",
        },
        {
            "code": "unrecognized_keys",
            "keys": ["z"],
            "path": ["events", 0],
            "message": "Unrecognized key(s) in object: 'z'",
        },
    ]


def test_a_union_holds_the_issues_of_each_branch() -> None:
    branch = Problem("type", "string", ("a",), 7)
    [issue] = issues([Problem("any_of", path=("a",), branches=((branch,),))])
    assert issue == {
        "code": "invalid_union",
        "unionErrors": [{"issues": issues([branch]), "name": "ZodError"}],
        "message": "Invalid input",
        "path": ["a"],
    }


def test_a_call_is_told_all_that_is_wrong_with_it(propexo: Any) -> None:
    body = {"first_name": 7, "phone_1_type": "PIGEON", "colour": "green", "size": 1}
    said = propexo.refused("POST /v1/leads/", body)["error"]
    assert (said["code"], said["details"]["details"]["name"]) == ("invalid_request", "ZodError")
    found = {(each["code"], *each["path"]) for each in said["details"]["details"]["issues"]}
    assert found == {
        ("invalid_type", "integration_id"),
        ("invalid_type", "first_name"),
        ("invalid_enum_value", "phone_1_type"),
        ("unrecognized_keys",),
    }
