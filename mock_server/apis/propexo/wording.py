"""How Propexo's errors name what is wrong with a call: the issues of Zod, version 3."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from mock_server.contract.problems import Problem, type_name
from mock_server.engine.sentences import meant, right_form, told_more
from mock_server.nearest import cut, listed

Issue = dict[str, Any]

_VALIDATIONS = {"date-time": "datetime", "date": "date", "email": "email", "uri": "url"}
_LOST_PLUS = re.compile(r"T[0-9:.]{5,20} \d\d:?\d\d$")  # The sign of an offset became a blank.
_COUNTED = {"string": "character(s)", "array": "element(s)", "object": "key(s)"}


def issues(problems: Iterable[Problem]) -> list[Issue]:
    """Return Zod's issues for these problems; unknown keys of one object share an issue."""
    return [issue for rule, group in groupby(problems, _grouping) for issue in _issues(rule, group)]


def _grouping(problem: Problem) -> tuple[bool, object]:
    is_unknown = problem.rule == "unknown"
    return is_unknown, problem.path[:-1] if is_unknown else None


def _issues(grouping: tuple[bool, object], group: Iterable[Problem]) -> Iterator[Issue]:
    if not grouping[0]:
        yield from ({**_RENDERED[each.rule](each), "path": list(each.path)} for each in group)
        return
    unknown = list(group)
    keys = [str(each.path[-1]) for each in unknown]
    named = ", ".join(f"'{key}'" for key in keys)
    yield {
        "code": "unrecognized_keys",
        "keys": keys,
        "path": list(unknown[0].path[:-1]),
        "message": f"Unrecognized key(s) in object: {named}{_hint(unknown)}",
    }


def _hint(unknown: Iterable[Problem]) -> str:
    names = [f"'{name}'" for name in map(meant, unknown) if name is not None]
    return f"; did you mean {listed(names)}?" if names else ""


def _required(problem: Problem) -> Issue:
    expected = _zod_type(problem.expected)
    return {
        "code": "invalid_type",
        "expected": expected,
        "received": "undefined",
        "message": "Required",
    }


def _type(problem: Problem) -> Issue:
    expected, received = _zod_type(problem.expected), type_name(problem.received)
    if problem.expected == "integer" and received == "number":
        expected, received = "integer", "float"
    return {
        "code": "invalid_type",
        "expected": expected,
        "received": _zod_type(received),
        "message": f"Expected {expected}, received {_zod_type(received)}",
    }


def _enum(problem: Problem) -> Issue:
    options = " | ".join(f"'{each}'" for each in problem.expected if each is not None)
    return {
        "code": "invalid_enum_value",
        "received": problem.received,
        "options": [each for each in problem.expected if each is not None],
        "message": f"Invalid enum value. Expected {options}, received '{cut(problem.received)}'",
    }


def _format(problem: Problem) -> Issue:
    validation = _VALIDATIONS[problem.expected]
    message = f"Invalid {validation}, expected one like {right_form(problem)}"
    if _LOST_PLUS.search(str(problem.received)):
        message += "; in a query string + is a blank, so write it as %2B"
    return {"code": "invalid_string", "validation": validation, "message": message}


def _pattern(problem: Problem) -> Issue:
    message = f"Invalid, expected to match {problem.expected}"
    return {"code": "invalid_string", "validation": "regex", "message": message}


def _limit(code: str, word: str, *, inclusive: bool = True) -> Callable[[Problem], Issue]:
    bound = "minimum" if code == "too_small" else "maximum"

    def render(problem: Problem) -> Issue:
        kind = _zod_type(type_name(problem.received))
        if kind in _COUNTED:
            verb = f"must contain {word} {problem.expected} {_COUNTED[kind]}"
        else:
            verb = f"must be {word} {problem.expected}"
        return {
            "code": code,
            bound: problem.expected,
            "type": kind,
            "inclusive": inclusive,
            "exact": False,
            "message": f"{kind.capitalize()} {verb}",
        }

    return render


def _union(problem: Problem) -> Issue:
    errors = [{"issues": issues(branch), "name": "ZodError"} for branch in problem.branches]
    return {"code": "invalid_union", "unionErrors": errors, "message": "Invalid input"}


def _too_many_fields(problem: Problem) -> Issue:
    # Zod has no rule for the size of a map, so such a rule is one of the vendor's own.
    return {"code": "custom", "message": f"must have at most {problem.expected} fields"}


def _custom(problem: Problem) -> Issue:
    return {"code": "custom", "message": problem.advice}


def _more(problem: Problem) -> Issue:
    return {"code": "custom", "message": told_more(problem)}


def _zod_type(expected: str | tuple[str, ...]) -> str:
    """Return Zod's name of a type, or of the first where several are admitted."""
    name = expected if isinstance(expected, str) else expected[0]
    return "number" if name == "integer" else name


_RENDERED: Mapping[str, Callable[[Problem], Issue]] = {
    "required": _required,
    "type": _type,
    "enum": _enum,
    "format": _format,
    "pattern": _pattern,
    "min_length": _limit("too_small", "at least"),
    "max_length": _limit("too_big", "at most"),
    "min_items": _limit("too_small", "at least"),
    "max_items": _limit("too_big", "at most"),
    "max_properties": _too_many_fields,
    "minimum": _limit("too_small", "greater than or equal to"),
    "maximum": _limit("too_big", "less than or equal to"),
    "exclusive_minimum": _limit("too_small", "greater than", inclusive=False),
    "any_of": _union,
    "reference": _custom,
    "condition": _custom,
    "more": _more,
}
