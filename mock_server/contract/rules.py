"""The rules a schema sets on one value, each as a marshmallow validator that reports a Problem."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from marshmallow import ValidationError
from marshmallow.validate import Email

from mock_server.contract.json_text import write_json
from mock_server.contract.problems import Problem

Check = Callable[[Any, Any], bool]

_DATE_TIME = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)", re.ASCII)
# Every form of ISO 8601 but those that Python does not read: 2027-193, 2027-07, 2027.
_ISO_8601 = re.compile(
    r"[0-9W-]{7,10}([Tt ][0-9]{2}[0-9:]{0,6}([.,][0-9]{1,9})?([Zz]|[+-][0-9]{2}[0-9:]{0,6})?)?",
    re.ASCII | re.IGNORECASE,
)
_PIECE = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|\$")  # an escape, a class of characters, or an end
_LONGEST_EMAIL = 254  # RFC 5321, 4.5.3.1.3, less the angle brackets.
_PUBLIC_DOMAIN = re.compile(r"([^.\s@]{1,63}\.){1,126}[^.\s@\d][^.\s@]{1,62}")
_MARGIN = timedelta(days=10)
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def has_type(value: Any, types: frozenset[str]) -> bool:
    """Say whether the value is of one of the JSON types; no types at all admit anything."""
    if not types or (value is None and "null" in types):
        return True
    if isinstance(value, bool):
        return "boolean" in types
    if isinstance(value, int):
        return bool(types & {"integer", "number"})
    if isinstance(value, float):
        return "number" in types or ("integer" in types and value.is_integer())
    return _NAMES.get(type(value)) in types


def of(node: Mapping[str, Any]) -> list[Callable[[Any], None]]:
    """Return a validator for each rule the schema states beside its type."""
    stated = [(rule, node[keyword]) for keyword, rule in _RULES.items() if keyword in node]
    checks = {**_CHECKS, **(_OF_ISO_8601 if node.get("x-iso-8601") else {})}
    return [
        _validator(Problem(rule, expected, example=node.get("example")), checks[rule])
        for rule, expected in stated
    ]


def _validator(problem: Problem, holds: Check) -> Callable[[Any], None]:
    expected = problem.expected

    def validate(value: Any) -> None:
        if value is not None and not holds(value, expected):
            raise ValidationError([problem])

    return validate


_NAMES: Mapping[type, str] = {str: "string", list: "array", dict: "object"}
_RULES: Mapping[str, str] = {
    "enum": "enum",
    "pattern": "pattern",
    "format": "format",
    "minLength": "min_length",
    "maxLength": "max_length",
    "minimum": "minimum",
    "maximum": "maximum",
    "exclusiveMinimum": "exclusive_minimum",
    "minItems": "min_items",
    "maxItems": "max_items",
    "maxProperties": "max_properties",
    "x-max-json-bytes": "max_json_bytes",
}


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _is_in(value: Any, options: list[Any]) -> bool:
    # True equals 1 in Python but not in JSON, where 1 and 1.0 are the same number.
    return any(
        value == each and isinstance(value, bool) == isinstance(each, bool) for each in options
    )


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    # ECMA's \d knows ASCII digits only, and its $ does not match before a final line break.
    return re.compile(_PIECE.sub(lambda m: r"\Z" if m[0] == "$" else m[0], pattern), re.ASCII)


def _is_date_time(text: str) -> bool:
    if not _DATE_TIME.fullmatch(text):
        return False
    try:
        return _has_neighbours(datetime.fromisoformat(text.upper()).date())
    except ValueError:
        return False


def _is_iso_8601(text: str) -> bool:
    """Say whether a text is a date, or a date and time with or without an offset."""
    if not _ISO_8601.fullmatch(text):
        return False
    try:
        return _has_neighbours(datetime.fromisoformat(text.upper()).date())
    except ValueError:
        return False


def _is_date(text: str) -> bool:
    try:
        return bool(_DATE.fullmatch(text)) and _has_neighbours(date.fromisoformat(text))
    except ValueError:
        return False


def _has_neighbours(day: date) -> bool:
    """Say whether the calendar goes on for a while on both sides of a day.

    Instants are read in other zones and days are counted on from, so neither may lead out of it.
    """
    return date.min + _MARGIN <= day <= date.max - _MARGIN


def _is_email(text: str) -> bool:
    """Say whether a text is a mail address that somebody of the public may have.

    Its domain has a name below another one: no address of a machine, and no `localhost`.
    """
    _, _, domain = text.rpartition("@")
    if len(text) > _LONGEST_EMAIL or not _PUBLIC_DOMAIN.fullmatch(domain):
        return False
    try:
        Email()(text)
    except ValidationError:
        return False
    return True


def _is_uri(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return (
        bool(parts.scheme and (parts.netloc or parts.path))
        and re.search(r"[\s<>\"{}|\\^`]", text) is None
    )


_FORMATS: Mapping[str, Callable[[str], bool]] = {
    "date-time": _is_date_time,
    "date": _is_date,
    "email": _is_email,
    "uri": _is_uri,
}
_CHECKS: Mapping[str, Check] = {
    "enum": _is_in,
    "pattern": lambda v, e: not isinstance(v, str) or _compiled(e).search(v) is not None,
    "format": lambda v, e: not isinstance(v, str) or _FORMATS[e](v),
    "min_length": lambda v, e: not isinstance(v, str) or len(v) >= e,
    "max_length": lambda v, e: not isinstance(v, str) or len(v) <= e,
    "minimum": lambda v, e: not _is_number(v) or v >= e,
    "maximum": lambda v, e: not _is_number(v) or v <= e,
    "exclusive_minimum": lambda v, e: not _is_number(v) or v > e,
    "min_items": lambda v, e: not isinstance(v, list) or len(v) >= e,
    "max_items": lambda v, e: not isinstance(v, list) or len(v) <= e,
    "max_properties": lambda v, e: not isinstance(v, dict) or len(v) <= e,
    "max_json_bytes": lambda v, e: len(json_bytes(v)) <= e,
}

_OF_ISO_8601: Mapping[str, Check] = {
    "format": lambda v, _: not isinstance(v, str) or _is_iso_8601(v)
}


def json_bytes(value: Any) -> bytes:
    """Return the value as the compact JSON whose size LeadPro limits."""
    return write_json(value).encode()
