"""How a span of time is written: `15m`, `1h30m`, `2d`."""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from mock_server.engine.refusals import Invalid, broken

LONGEST = timedelta(days=366)
_PART = re.compile(r"(\d{1,6}(?:\.\d{1,3})?)(ms|s|m|h|d|w)")  # As the contract has it.
_UNITS = {
    "ms": timedelta(milliseconds=1),
    "s": timedelta(seconds=1),
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
}


def span(text: str) -> timedelta:
    """Return the span that a text stands for, which has the form that the contract demands."""
    parts = _PART.findall(text)
    return sum((float(number) * _UNITS[unit] for number, unit in parts), timedelta())


def span_of(body: Mapping[str, Any], field: str) -> timedelta:
    """Return the span that a field of a body holds; raises `Invalid` for more than a year."""
    try:
        found = span(body[field])
    except OverflowError:
        found = timedelta.max
    if found > LONGEST:
        advice = f"must be a year at most, {LONGEST.days}d"
        raise Invalid([broken(field, advice, body[field])])
    return found
