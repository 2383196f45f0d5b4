"""What a story has kept under names, put into its calls, and found in their replies."""

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

_SATURDAY = 5  # Counted from Monday, which is 0.

Names = Mapping[str, Any]
_NAME = re.compile(r"\{(\w+)\}")


def of_time(now: datetime) -> dict[str, str]:
    """Return the days that a story may speak of, as dates."""
    last = now.date().replace(day=monthrange(now.year, now.month)[1])
    return {
        "today": now.date().isoformat(),
        "next_weekday": _next_weekday(now.date()).isoformat(),
        "last_of_month": last.isoformat(),
        "first_of_next_month": (last + timedelta(days=1)).isoformat(),
    }


def _next_weekday(day: date) -> date:
    following = day + timedelta(days=1)
    return following if following.weekday() < _SATURDAY else _next_weekday(following)


def filled(value: Any, names: Names) -> Any:
    """Return a value with `{name}` replaced; one that is a name alone becomes what was kept.

    Raises `KeyError` for a name under which nothing was kept.
    """
    if isinstance(value, Mapping):
        return {name: filled(each, names) for name, each in value.items()}
    if isinstance(value, list):
        return [filled(each, names) for each in value]
    if not isinstance(value, str):
        return value
    alone = _NAME.fullmatch(value)
    if alone is not None:
        return names[alone[1]]
    return _NAME.sub(lambda match: str(names[match[1]]), value)


def found(value: Any, path: str) -> Any:
    """Return what a path leads to, None where it leads nowhere.

    `results.0.id` takes the first element, `results.vendor=YARDI.id` the first one that has that.
    """
    for part in filter(None, path.split(".")):
        if isinstance(value, list):
            value = _element(value, part)
        else:
            value = value.get(part) if isinstance(value, Mapping) else None
    return value


def _element(values: list[Any], part: str) -> Any:
    name, equals, wanted = part.partition("=")
    if equals:
        return next((each for each in values if str(each.get(name)) == wanted), None)
    index = int(part) if part.lstrip("-").isdigit() else len(values)
    return values[index] if -len(values) <= index < len(values) else None
