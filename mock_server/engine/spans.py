"""How a span of time is written: `15m`, `1h30m`, `2d`; and an instant by its distance to a day."""

import re
from datetime import datetime, timedelta

from mock_server.world.clock import iso

_PART = re.compile(r"(\d{1,6}(?:\.\d{1,3})?)(ms|s|m|h|d|w)")  # As the contract has it.
_UNITS = {
    "ms": timedelta(milliseconds=1),
    "s": timedelta(seconds=1),
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
}
_RELATIVE = re.compile(r"@(?:([+-])((?:\d{1,6}(?:\.\d{1,3})?(?:ms|s|m|h|d|w))+))?")


def span(text: str) -> timedelta:
    """Return the span that a text stands for, which has the form that the contract demands."""
    parts = _PART.findall(text)
    return sum((float(number) * _UNITS[unit] for number, unit in parts), timedelta())


def instant(text: str, day: datetime) -> str | None:
    """Return the instant that `@-3d` or `@+9h30m` stands for, counted from the start of a day.

    `@` is that start itself; None stands for any other text.
    """
    found = _RELATIVE.fullmatch(text)
    if found is None:
        return None
    sign, distance = found[1], span(found[2] or "")
    return iso(day - distance if sign == "-" else day + distance)
