"""When things happened: moments as milliseconds since 1970, and how they are written down."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from random import Random
from zoneinfo import ZoneInfo

SECOND = 1_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST_DAY = _EPOCH.date()
_CLOCK_FACES = tuple(f"{hour:02d}:{minute:02d}" for hour in range(24) for minute in range(60))
_SECONDS = tuple(f"{second:02d}" for second in range(60))
_MILLISECONDS = tuple(f"{millisecond:03d}" for millisecond in range(1_000))


def moment_of(instant: datetime) -> int:
    """Turn an aware datetime into a moment."""
    return (instant - _EPOCH) // timedelta(milliseconds=1)


def iso(moment: int) -> str:
    """Write a moment as the API does: `2026-03-22T10:59:45.119Z`."""
    # Written by hand because `isoformat` takes three times as long, and a world holds a million.
    day, rest = divmod(moment, DAY)
    minute, rest = divmod(rest, MINUTE)
    second, rest = divmod(rest, SECOND)
    return f"{date_of(day)}T{_CLOCK_FACES[minute]}:{_SECONDS[second]}.{_MILLISECONDS[rest]}Z"


def midnight_iso(moment: int) -> str:
    """Write the date of a moment as property systems give dates: midnight UTC."""
    return _midnight(moment // DAY)


@cache
def _midnight(day: int) -> str:
    return f"{date_of(day)}T00:00:00.000Z"


@cache
def date_of(day: int) -> str:
    """Name the day that is so many days after 1 January 1970."""
    return (_FIRST_DAY + timedelta(days=day)).isoformat()


def between(random: Random, earliest: int, latest: int) -> int:
    """Draw a moment; an empty span gives its beginning."""
    return earliest + int(random.random() * max(latest - earliest, 0))


def midnight_of(day: date) -> str:
    """Write a date as property systems give dates: midnight UTC."""
    return f"{day.isoformat()}T00:00:00.000Z"


def day_of(text: str) -> date:
    """Read the date of a moment as the API writes it."""
    return date.fromisoformat(text[:10])


@cache
def weekday_of(day: int) -> int:
    """Count from Monday, which is 0."""
    return (_FIRST_DAY + timedelta(days=day)).weekday()


@cache
def local_midnight(zone: ZoneInfo, day: int) -> int:
    """Find the moment from which a wall clock of that day counts during office hours."""
    # Clocks change in the small hours, so noon minus twelve hours is right from breakfast on.
    noon = datetime.combine(_FIRST_DAY + timedelta(days=day), time(hour=12), zone)
    return moment_of(noon) - 12 * HOUR
