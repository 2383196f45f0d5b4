"""How a problem is put in plain words: what is wrong with a field, and what would be right."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from mock_server.contract.json_text import write_json
from mock_server.contract.problems import Problem, type_name
from mock_server.contract.resource import types_of
from mock_server.nearest import listed, nearest

# The types in the order in which a sentence names them.
_TYPES = {
    "string": "a string",
    "boolean": "a boolean",
    "integer": "an integer",
    "number": "a number",
    "array": "an array",
    "object": "an object",
}
_FORMATS = {
    "date-time": "an instant",
    "date": "a date",
    "email": "an email address",
    "uri": "a URL",
}
# A value of each format, where the contract has no example of its own.
_LIKE = {
    "date-time": "2026-03-01T09:30:00Z",
    "date": "2026-03-01",
    "email": "ada@example.com",
    "uri": "https://example.com/page",
}
_ALIKE = 0.8
# The rules that say what a value is; all others say more of a value that is of the right kind.
_OF_KIND = frozenset({"type", "enum", "format", "pattern"})
_SENTENCES: Mapping[str, Callable[[Problem], str]] = {
    "required": lambda _: "is required",
    "type": lambda p: f"must be {_one_type(p.expected)}, not {type_name(p.received)}",
    "enum": lambda p: f"must be {_one_of(p.expected)}",
    "format": lambda p: f"must be a valid {p.expected}, like {right_form(p)}",
    "pattern": lambda p: f"must be like {p.example}" if p.example else f"must match {p.expected}",
    "min_length": lambda p: _at_least(p.expected),
    "max_length": lambda p: f"must have at most {_count(p.expected, 'character')}",
    "minimum": lambda p: f"must be at least {p.expected}",
    "maximum": lambda p: f"must be at most {p.expected}",
    "exclusive_minimum": lambda p: f"must be more than {p.expected}",
    "min_items": lambda p: f"must have at least {_count(p.expected, 'element')}",
    "max_items": lambda p: f"must have at most {_count(p.expected, 'element')}",
    "max_properties": lambda p: f"must have at most {_count(p.expected, 'field')}",
    "max_json_bytes": lambda p: f"must have at most {p.expected} bytes as JSON",
    "unknown": lambda p: f"is not a known field{_hint(p)}",
    "any_of": lambda p: f"must be {_alternatives(p)}",
}


def right_form(problem: Problem) -> str:
    """Return a value of the format that a value should have had."""
    return str(problem.example or _LIKE[problem.expected])


def told_more(problem: Problem) -> str:
    """Return the sentence that says how many problems are not told."""
    return f"and {problem.expected:,} more problem{'' if problem.expected == 1 else 's'}"


def meant(problem: Problem) -> str | None:
    """Return the name that is so like an unknown one that it must be meant."""
    near = nearest(str(problem.path[-1]), problem.expected or (), cutoff=_ALIKE)
    return near[0] if near else None


def _hint(problem: Problem) -> str:
    name = meant(problem)
    return "" if name is None else f"; did you mean {name}?"


def sentence(problem: Problem) -> str:
    """Return one problem as a sentence that begins with the field's path."""
    path = ".".join(map(str, problem.path))
    if problem.rule == "more":
        return told_more(problem)
    if problem.advice:
        return f"{path}: {problem.advice}"
    near = [each for each in problem.branches if _is_near(problem, each)]
    told = [*dict.fromkeys(" and ".join(map(sentence, branch)) for branch in near)]
    if len(told) > 1:
        return f"{path} must fit one of: {'; '.join(told)}"
    return told[0] if told else f"{path} {_SENTENCES[problem.rule](problem)}"


def _is_near(problem: Problem, branch: Sequence[Problem]) -> bool:
    """Say whether the value is of an alternative's kind, and wrong only in what is said beside."""
    return any(each.rule not in _OF_KIND or each.path != problem.path for each in branch)


def _alternatives(problem: Problem) -> str:
    """Return what a value may be instead, null left out, and what it is if no type fits."""
    kinds = dict.fromkeys(filter(None, map(_kind, problem.expected)))
    found = listed(kinds, last="or")
    is_of_none = all(each.rule == "type" for branch in problem.branches for each in branch)
    return f"{found}, not {type_name(problem.received)}" if is_of_none else found


def _kind(schema: Mapping[str, Any]) -> str:
    """Return what values a schema admits; nothing of a schema that admits only null."""
    if "enum" in schema:
        return _one_of(schema["enum"])
    if "format" in schema:
        like = schema.get("example", _LIKE[schema["format"]])
        return f"{_FORMATS[schema['format']]} such as {like}"
    if "pattern" in schema and "example" in schema:
        return f"like {schema['example']}"
    return _one_type(types_of(schema) - {"null"})


def _one_type(names: str | Iterable[str]) -> str:
    wanted = {names} if isinstance(names, str) else {*names}
    known = [said for name, said in _TYPES.items() if name in wanted]
    return listed(known, last="or") if known else "".join(wanted)


def _one_of(options: Iterable[Any]) -> str:
    named = [_option(each) for each in options if each is not None]
    return named[0] if len(named) == 1 else f"one of {', '.join(named)}"


def _option(value: Any) -> str:
    return value if isinstance(value, str) else write_json(value)


def _at_least(characters: int) -> str:
    if characters == 1:
        return "must not be empty"
    return f"must have at least {_count(characters, 'character')}"


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"
