"""From when to when a lease runs, and what the first month of it costs."""

from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from mock_server.world.records import Record

_USUAL_MONTHS, _MOST_MONTHS = 12, 36
_USUAL_NOTICE = timedelta(days=14)  # Between a signature and a move for which nobody wished a day.


class Term(NamedTuple):
    """The first and the last day of a lease, and how many months lie between."""

    start: date
    end: date
    months: int

    @property
    def facts(self) -> Record:
        """Return the term as a lease shows it."""
        start = midnight_of(self.start)
        return {
            "start_date": start,
            "end_date": midnight_of(self.end),
            "scheduled_move_in_date": start,
            "move_in_date": start,
            "term": f"{self.months} months",
            "type": "Fixed term",
        }


def wished_for(lead: Record, today: date) -> Term:
    """Return the term that a lead wished for, beginning today at the earliest."""
    wished = lead["target_move_in_date"]
    start = day_of(wished) if wished else today + _USUAL_NOTICE
    said = str(lead["desired_lease_term_in_months"] or "")
    months = int(said) if said.isdecimal() and 0 < int(said) <= _MOST_MONTHS else _USUAL_MONTHS
    return from_day(max(start, today), months)


def from_day(start: date, months: int) -> Term:
    """Return the term of so many months that begins on a day."""
    years, month = divmod(start.month - 1 + months, 12)
    year = start.year + years
    same_day = date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
    return Term(start, same_day - timedelta(days=1), months)


def prorated(cents: int, start: date) -> int:
    """Return the part of a month's rent for the days from `start` on, that day included."""
    days = monthrange(start.year, start.month)[1]
    return round(cents * (days - start.day + 1) / days)


def day_of(text: str) -> date:
    """Read the date of an instant as records show it."""
    return date.fromisoformat(text[:10])


def midnight_of(day: date) -> str:
    """Write a date as PMSs give dates: midnight UTC."""
    return f"{day.isoformat()}T00:00:00.000Z"
