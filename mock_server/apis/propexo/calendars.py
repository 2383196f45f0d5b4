"""Which slots a calendar has free: office hours less what is past and what is booked."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

from mock_server.apis.propexo import appointment_times
from mock_server.world.clock import iso
from mock_server.world.records import Record

Span = tuple[datetime, datetime]

# What is wrong with a time, as the messages of a PMS say it.
PAST, CLOSED, TAKEN = "in the past", "outside the office hours", "already booked"
DEFAULT_MINUTES = 30  # How long an appointment lasts where nobody says it.
# No appointment is longer for a calendar: any number of minutes may be sent.
LONGEST_MINUTES = 7 * 24 * 60
_DAYS = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")


@dataclass(frozen=True)
class Calendar:
    """Whose slots are asked for, and when: an agent's, or those of a whole place.

    `place` is a property or a community. No slot begins before `earliest` or ends after `latest`,
    both aware; the days are those of the `zone`.
    """

    place: Record
    agent: Record | None
    zone: tzinfo
    booked: Sequence[Span]
    earliest: datetime
    latest: datetime | None = None
    minutes: float = DEFAULT_MINUTES

    def shown(self, days: Iterable[date], *, seen: datetime) -> dict[str, Any]:
        """Return the calendar as a reply shows it; `seen` is when the system was asked."""
        first, last = str((self.agent or {}).get("name") or "").partition(" ")[::2]
        return {
            "last_seen": iso(seen),
            "calendar_type": "AGENT_CALENDAR" if self.agent else "PROPERTY_CALENDAR",
            "x_agent_id": self.agent["x_id"] if self.agent else None,
            "agent_first_name": first or None,
            "agent_last_name": last or None,
            "default_appointment_length": DEFAULT_MINUTES,
            "minimum_appointment_lead_time": None,
            "timezone": str(self.zone),
            "calendar_days": [self._day(each) for each in days],
            "x_property_id": self.place["x_id"],
        }

    def objection(self, start: datetime, end: datetime) -> str | None:
        """Return why nobody can be met at a time, None where somebody can."""
        if start < self.earliest:
            return PAST
        opening, closing = self._hours(start.date())
        if opening is None or closing is None:
            return CLOSED
        opens, closes = (_at(start.date(), each, self.zone) for each in (opening, closing))
        if not opens <= start <= end <= closes:
            return CLOSED
        return None if self._is_free(start, end) else TAKEN

    def _day(self, day: date) -> dict[str, Any]:
        opening, closing = self._hours(day)
        slots = self._slots(day, opening, closing) if opening and closing else ()
        return {
            "date": day.isoformat(),
            "day_of_week": _DAYS[day.weekday()],
            "opening_time": opening,
            "closing_time": closing,
            "simultaneous_appointment_mode": "SINGLE",
            "max_simultaneous_appointments": 1,
            "available_slots": [
                {"start": start.strftime("%H:%M:%S"), "end": end.strftime("%H:%M:%S")}
                for start, end in slots
                if self._is_free(start, end)
            ],
        }

    def _hours(self, day: date) -> tuple[str | None, str | None]:
        for each in self.place["office_hours"]:
            if each["day_of_week"] == _DAYS[day.weekday()]:
                return _clock_face(each["open_time"]), _clock_face(each["close_time"])
        return None, None

    def _slots(self, day: date, opening: str, closing: str) -> Iterator[Span]:
        start, close = (_at(day, each, self.zone) for each in (opening, closing))
        length = _lasting(self.minutes)
        while start + length <= close:
            yield start, start + length
            start += length

    def _is_free(self, start: datetime, end: datetime) -> bool:
        is_asked_for = start >= self.earliest and (self.latest is None or end <= self.latest)
        return is_asked_for and all(end <= taken[0] or start >= taken[1] for taken in self.booked)


def taken(start: str, zone: tzinfo, minutes: float | None = None) -> Span:
    """Return the local times that an appointment takes, which begins at this instant."""
    begins = appointment_times.local(start, zone)
    return begins, begins + _lasting(minutes or DEFAULT_MINUTES)


def days_from(first: date, count: int) -> list[date]:
    """Return so many days in a row, as far as there are any."""
    left = (date.max - first).days + 1
    return [first + timedelta(days=index) for index in range(min(count, left))]


def _at(day: date, clock_face: str, zone: tzinfo) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock_face), zone)


def _clock_face(text: str) -> str:
    return text if text.count(":") == 2 else f"{text}:00"


def _lasting(minutes: float) -> timedelta:
    return timedelta(minutes=min(minutes, LONGEST_MINUTES))
