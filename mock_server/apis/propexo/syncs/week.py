"""When a week of slots lets the next sync begin (reference: custom sync schedules)."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from mock_server.apis.propexo.syncs import pace

_DAYS = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")
# Today may be in the middle of a slot, and the same day next week begins with it again.
_DAYS_AHEAD = 8

_Span = tuple[datetime, datetime, Mapping[str, Any]]


def next_begin(week: Mapping[str, Any], after: datetime) -> datetime | None:
    """Return when the sync after one that ended then begins, None for a week without slots.

    A slot that begins later lets a sync begin with it; within a slot one begins as often as the
    slot says. A slot that ends before it begins goes on past midnight (assumed).
    """
    begins = (
        (start if start > after else after + pace.period(slot), end)
        for start, end, slot in _spans(week, after)
    )
    return min((begin for begin, end in begins if begin <= end), default=None)


def _spans(week: Mapping[str, Any], after: datetime) -> Iterator[_Span]:
    """Yield the slots around and after an instant, with where they begin and end."""
    zone = ZoneInfo(week["timezone"])
    # A slot of yesterday may still be open.
    first = after.astimezone(zone).date() - timedelta(days=1)
    for number in range(_DAYS_AHEAD + 1):
        day = first + timedelta(days=number)
        for slot in week["interval"].get(_DAYS[day.weekday()], {}).get("slots", ()):
            start, end = (_instant(day, slot[name], zone) for name in ("start", "end"))
            yield start, end if end >= start else end + timedelta(days=1), slot


def _instant(day: date, text: str, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.fromisoformat(text), zone).astimezone(UTC)
