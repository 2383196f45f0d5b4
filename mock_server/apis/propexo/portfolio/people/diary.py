"""What was said and agreed with people: calls, emails, notes, and appointments in a diary."""

from collections.abc import Iterator
from functools import cache
from itertools import chain
from random import Random
from typing import NamedTuple
from zoneinfo import ZoneInfo

from mock_server.apis.propexo.portfolio.facts import tables_of
from mock_server.apis.propexo.portfolio.grounds.properties import office_hours_on
from mock_server.apis.propexo.portfolio.people.lives import Stage
from mock_server.apis.propexo.portfolio.people.people import Office, Somebody
from mock_server.apis.propexo.portfolio.systems import Record
from mock_server.apis.propexo.portfolio.timeline import (
    DAY,
    HOUR,
    MINUTE,
    between,
    iso,
    local_midnight,
)

SLOT = 30 * MINUTE
_DURATIONS = (30, 30, 30, 60)
# Appointments reach at most so many days beyond the latest sync, or beyond their booking.
_DAYS_AHEAD, _DAYS_AFTER_BOOKING = 8, 7
# What was booked so long ago is over, and so is the last hour of the last day that it may be on.
_SURELY_OVER = 9 * DAY
# The office is open on at least one of so many days around any other, the nearest named first.
_NEARBY_DAYS = (0, 1, -1, 2, -2)


class DiaryEntry(NamedTuple):
    """Something that happened between the office and a person: its kind, note and reason."""

    kind: str
    note: str
    reason: str | None = None


@cache
def _contacts(resource: str) -> tuple[DiaryEntry, ...]:
    return tuple(DiaryEntry(**one) for one in tables_of("events")["contacts"][resource])


@cache
def _meetings(resource: str) -> tuple[DiaryEntry, ...]:
    return tuple(DiaryEntry(**one) for one in tables_of("events")["meetings"][resource])


# How many other events a person has on average, and how many make an appointment.
_CONTACTS_EACH = {"leads": 0.6, "applicants": 0.25, "residents": 0.35}
_MEETINGS_EACH = {"leads": 0.35, "applicants": 0.15, "residents": 0.15}
_UPCOMING_SHARE = 0.3


class Window(NamedTuple):
    """When an appointment was booked, and the days on which it may be."""

    booked: int
    from_day: int
    days: int


class Diary:
    """The half hours that the leasing agents of one property have given away."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._taken: set[tuple[object, int]] = set()

    def book(self, agent: Record, window: Window, minutes: int, random: Random) -> int | None:
        """Find free time within office hours and give it away; None where there is none.

        It draws once, whatever the weekday: where the time that it draws is taken, it goes on to
        the next one.
        """
        days = range(window.from_day, window.from_day + window.days)
        starts = list(chain.from_iterable(self._starts(day, minutes) for day in days))
        drawn = int(random.random() * len(starts))
        tried = chain(starts[drawn:], starts[:drawn])
        return next((each for each in tried if self._reserve(agent, each, minutes)), None)

    def _starts(self, day: int, minutes: int) -> range:
        opens, closes = _open_hours(self._office, day) or (0, 0)
        return range(opens, closes - minutes * MINUTE + 1, SLOT)

    def _reserve(self, agent: Record, start: int, minutes: int) -> bool:
        name = agent["id"]
        wanted = {(name, at) for at in range(start, start + minutes * MINUTE, SLOT)}
        if not wanted.isdisjoint(self._taken):
            return False
        self._taken |= wanted
        return True


def _open_hours(office: Office, day: int) -> tuple[int, int] | None:
    """Say from when to when the office is open on a day, or None if it stays closed."""
    return _hours_in(office.place.city.zone, day)


@cache
def _hours_in(zone: ZoneInfo, day: int) -> tuple[int, int] | None:
    hours = office_hours_on(day)
    if hours is None:
        return None
    midnight = local_midnight(zone, day)
    return midnight + hours[0] * HOUR, midnight + hours[1] * HOUR


def _while_open(office: Office, earliest: int, latest: int) -> int:
    """Draw a moment of the span, and move it to where somebody is in the office, if it can be.

    It draws twice, whatever the weekday.
    """
    random = office.place.random
    drawn, share = between(random, earliest, latest), random.random()
    for day in _NEARBY_DAYS:
        opens, closes = _open_hours(office, drawn // DAY + day) or (0, 0)
        opens, closes = max(opens, earliest + 1), min(closes, latest)
        if opens < closes:
            return opens + int(share * (closes - opens))
    return drawn


def events_of(office: Office, diary: Diary, somebody: Somebody) -> Iterator[Record]:
    """Tell what happened with somebody, in no particular order."""
    fakes = office.place.fakes
    if fakes.chance(_CONTACTS_EACH[somebody.resource]):
        yield _contact_event(office, somebody)
    if fakes.chance(_MEETINGS_EACH[somebody.resource]):
        appointment = _appointment(office, diary, somebody)
        if appointment is not None:
            yield appointment


def _contact_event(office: Office, somebody: Somebody) -> Record:
    fakes, synced = office.place.fakes, office.place.system.synced
    contact = fakes.pick(_contacts(somebody.resource))
    latest = min(somebody.created + 30 * DAY, synced)
    happened = _while_open(office, somebody.created, latest)
    read = between(fakes.random, happened, min(happened + 12 * HOUR, synced))
    record = _event(office, somebody, contact, read, read)
    _name_agent(record, fakes.pick(office.agents))
    record["event_datetime"] = iso(happened)
    record["status"] = "COMPLETED"
    return record


def _event(
    office: Office, somebody: Somebody, contact: DiaryEntry, created: int, updated: int
) -> Record:
    kind = office.words.event_types[contact.kind]
    record = office.place.write("events", created, updated=updated)
    record.update(
        x_type_id=kind["x_id"],
        event_name=kind["name"],
        type_raw=kind["code"] or kind["name"],
        notes=contact.note,
        reasons_for_event=contact.reason,
        **_associations(somebody),
        **_NO_APPOINTMENT,
    )
    return record


# Private: what writes about events carry but no read shows.
_NO_APPOINTMENT: Record = {
    "is_appointment": False,
    "unit_id": None,
    "duration_minutes": None,
    "title": None,
}


def _associations(somebody: Somebody) -> Record:
    people: dict[str, list[object]] = {"leads": [], "applicants": [], "residents": []}
    people[somebody.resource].append(somebody.record["id"])
    return {
        "associated_lead_ids": people["leads"],
        "associated_applicant_ids": people["applicants"],
        "associated_resident_ids": people["residents"],
    }


def _name_agent(record: Record, agent: Record) -> None:
    record["employee_id"] = agent["id"]
    record["x_leasing_agent_id"] = agent["x_id"]
    record["agent_name"] = agent["name"]


def _appointment(office: Office, diary: Diary, somebody: Somebody) -> Record | None:
    fakes, synced = office.place.fakes, office.place.system.synced
    minutes, agent = fakes.pick(_DURATIONS), fakes.pick(office.agents)
    window = _window(office, somebody)
    booked = window.booked
    start = diary.book(agent, window, minutes, fakes.random)
    if start is None:
        return None
    is_over = start + minutes * MINUTE < synced
    updated = between(fakes.random, max(booked, start), synced) if is_over else booked
    meeting = fakes.pick(_meetings(somebody.resource))
    record = _event(office, somebody, meeting, booked, updated)
    _name_agent(record, agent)
    record.update(_meeting(office, somebody, minutes), title=meeting.reason)
    record.update(event_datetime=iso(booked), appointment_datetime=iso(start))
    record["status"] = "COMPLETED" if is_over else "OPEN"
    return record


def _window(office: Office, somebody: Somebody) -> Window:
    """Draw an appointment that is surely over, or one that is still to come.

    What lies between could be either, by the weekdays: so it would change with the day.
    """
    synced, created = office.place.system.synced, somebody.created
    if _is_upcoming(office, somebody):
        booked = _while_open(office, max(created, synced - 7 * DAY), synced)
        return Window(booked, synced // DAY + 1, _DAYS_AHEAD)
    booked = _while_open(office, created, min(created + 15 * DAY, synced - _SURELY_OVER))
    return Window(booked, booked // DAY + 1, _DAYS_AFTER_BOOKING)


def _is_upcoming(office: Office, somebody: Somebody) -> bool:
    still_open = somebody.life.stage is not Stage.MOVED_IN or somebody.resource == "residents"
    wished = office.place.fakes.chance(_UPCOMING_SHARE)
    is_new = somebody.created > office.place.system.synced - _SURELY_OVER - DAY
    return (still_open and wished) or is_new


def _meeting(office: Office, somebody: Somebody, minutes: int) -> Record:
    life = somebody.life
    unit = life.unit or next((one for one in office.place.units if one.plan is life.plan), None)
    return {
        "is_appointment": True,
        "unit_id": unit.record["id"] if unit else None,
        "duration_minutes": minutes,
    }
