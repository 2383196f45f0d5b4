"""How a value that was sent looks in a record, whose field may be of another type."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from mock_server.contract.resource import types_of
from mock_server.world.clock import iso, parse

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_MONTH = re.compile(r"(\d{4}-(?:0[1-9]|1[0-2]))(?!\d)")
_NUMBER = re.compile(r"-?\d{1,12}(\.\d{1,4})?")
_TRUTHS = {"true": True, "yes": True, "active": True, "false": False, "no": False}


def fitted(schema: Mapping[str, Any] | None, value: Any) -> Any:
    """Return the value as the record's field shows it: dates as midnights, numbers as text.

    A text in place of a number or a truth is read, and is null where it cannot be.
    """
    if schema is None or value is None:
        return value
    types = types_of(schema)
    if isinstance(value, str):
        return _fitted_text(types, value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _fitted_number(types, value)
    return value


def midnight_or_instant(text: str) -> str:
    """Return a date as the midnight in UTC that Propexo shows for it, an instant in UTC."""
    return iso(parse(text))


def dated(text: str | None) -> str | None:
    """Return a date or an instant as records show it, any other text as it is."""
    return midnight_or_instant(text) if text is not None and _is_dated(text) else text


def month(text: str | None) -> str | None:
    """Return the month of a date, an instant or a month, None of any other text."""
    found = _MONTH.match(text or "")
    return found and found[1]


def in_text(cents: float) -> str:
    """Return an amount in cents as a PMS writes it: 125000 is "1250.00"."""
    return f"{cents / 100:.2f}"


def _fitted_text(types: frozenset[str], text: str) -> Any:
    if "string" in types or not types:
        return dated(text)
    if "boolean" in types:
        return _TRUTHS.get(text.strip().casefold())
    if not types & {"number", "integer"}:
        return text
    number = text.replace(",", "").strip()
    return _fitted_number(types, float(number)) if _NUMBER.fullmatch(number) else None


def _fitted_number(types: frozenset[str], number: float) -> Any:
    if "number" in types:
        return number
    if "string" in types:
        return f"{number:.15g}"
    return round(number) if "integer" in types else number


def _is_dated(text: str) -> bool:
    is_date = _DATE.fullmatch(text) is not None
    return (is_date or ("T" in text and _DATE.match(text) is not None)) and _reads(text)


def _reads(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).astimezone(UTC).year > 0
    except (ValueError, OverflowError):
        return False
