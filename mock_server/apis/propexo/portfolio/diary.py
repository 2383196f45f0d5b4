"""What was said and agreed with people: calls, emails, notes, and appointments in a diary."""

from collections.abc import Iterator
from typing import NamedTuple

from mock_server.apis.propexo.portfolio.lives import Stage
from mock_server.apis.propexo.portfolio.people import Office, Somebody
from mock_server.apis.propexo.portfolio.properties import office_hours_on
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
# The search for a free or an open time is given up after so many looks.
_LOOKS = 12
# Appointments reach at most so many days beyond the latest sync.
_DAYS_AHEAD = 8


class Contact(NamedTuple):
    """Something that happened between the office and a person: its kind, note and reason."""

    kind: str
    note: str
    reason: str | None = None


_CONTACTS: dict[str, tuple[Contact, ...]] = {
    "leads": (
        Contact("Call from prospect", "Asked about rent and availability", "Availability"),
        Contact("Call to prospect", "Called back, left a voicemail"),
        Contact("Email from prospect", "Asked whether pets are allowed", "Pet policy"),
        Contact("Email to prospect", "Sent floor plans and current specials"),
        Contact("Walk-in", "Dropped in without an appointment", "Touring the neighborhood"),
        Contact("Show", "Showed the model apartment", "Tour"),
        Contact("Note", "Comparing us with two other communities"),
    ),
    "applicants": (
        Contact("LeaseSign", "Signed the lease in the office", "Lease signing"),
        Contact("Show", "Showed the unit a second time", "Tour"),
        Contact("Note", "Proof of income received"),
    ),
    "residents": (
        Contact("Note", "Picked up a spare mailbox key"),
        Contact("Note", "Asked about renewal terms", "Renewal"),
        Contact("Note", "Reported a dripping faucet; work order opened", "Maintenance"),
    ),
}
# What appointments are made for, by whom they are made with.
_MEETINGS = {
    "leads": Contact("Appointment", "Would like to see the unit and the pool", "Apartment Viewing"),
    "applicants": Contact("Appointment", "Bring photo ID and pay stubs", "Application Review"),
    "residents": Contact("Appointment", "Walk through the unit together", "Move-in Inspection"),
}
# How many other events a person has on average, and how many make an appointment.
_CONTACTS_EACH = {"leads": 0.6, "applicants": 0.25, "residents": 0.35}
_MEETINGS_EACH = {"leads": 0.35, "applicants": 0.15, "residents": 0.15}
_UPCOMING_SHARE = 0.3


class Diary:
    """The half hours that the leasing agents of one property have given away."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._taken: set[tuple[object, int]] = set()

    def book(self, agent: Record, *, from_day: int, days: int, minutes: int) -> int | None:
        """Find free time within office hours and give it away; None where there is none."""
        for _ in range(_LOOKS):
            start = self._some_start(from_day, days, minutes)
            if start is not None and self._reserve(agent, start, minutes):
                return start
        return None

    def _some_start(self, from_day: int, days: int, minutes: int) -> int | None:
        random = self._office.place.random
        hours = _open_hours(self._office, from_day + int(random.random() * days))
        if hours is None:
            return None
        opens, closes = hours
        slots = (closes - opens - minutes * MINUTE) // SLOT + 1
        return opens + int(random.random() * slots) * SLOT

    def _reserve(self, agent: Record, start: int, minutes: int) -> bool:
        wanted = {(agent["id"], start + half * SLOT) for half in range(minutes // 30)}
        if not wanted.isdisjoint(self._taken):
            return False
        self._taken |= wanted
        return True


def _open_hours(office: Office, day: int) -> tuple[int, int] | None:
    """Say from when to when the office is open on a day, or None if it stays closed."""
    hours = office_hours_on(day)
    if hours is None:
        return None
    midnight = local_midnight(office.place.city.zone, day)
    return midnight + hours[0] * HOUR, midnight + hours[1] * HOUR


def _while_open(office: Office, earliest: int, latest: int) -> int:
    """Draw a moment at which somebody is in the office, where the span is long enough for one."""
    random, first_day = office.place.random, earliest // DAY
    for _ in range(_LOOKS):
        day = first_day + int(random.random() * (latest // DAY + 1 - first_day))
        hours = _open_hours(office, day)
        moment = between(random, *hours) if hours else earliest
        if earliest < moment <= latest:
            return moment
    return between(random, earliest, latest)


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
    system = office.place.system
    contact = system.fakes.pick(_CONTACTS[somebody.resource])
    latest = min(somebody.created + 30 * DAY, system.synced)
    happened = _while_open(office, somebody.created, latest)
    read = between(system.random, happened, min(happened + 12 * HOUR, system.synced))
    record = _event(office, somebody, contact, read, read)
    _name_agent(record, system.fakes.pick(office.agents))
    record["event_datetime"] = iso(happened)
    record["status"] = "COMPLETED"
    return record


def _event(
    office: Office, somebody: Somebody, contact: Contact, created: int, updated: int
) -> Record:
    kind = office.words.event_types[contact.kind]
    record = office.place.record("events", created, updated)
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
    system, minutes = office.place.system, office.place.fakes.pick(_DURATIONS)
    agent = system.fakes.pick(office.agents)
    booked, from_day, days = _window(office, somebody)
    start = diary.book(agent, from_day=from_day, days=days, minutes=minutes)
    if start is None:
        return None
    is_over = start + minutes * MINUTE < system.synced
    updated = between(system.random, max(booked, start), system.synced) if is_over else booked
    record = _event(office, somebody, _MEETINGS[somebody.resource], booked, updated)
    _name_agent(record, agent)
    record.update(_meeting(office, somebody, minutes))
    record.update(event_datetime=iso(booked), appointment_datetime=iso(start))
    record["status"] = "COMPLETED" if is_over else "OPEN"
    return record


def _window(office: Office, somebody: Somebody) -> tuple[int, int, int]:
    """Return when the appointment was booked, and on which days it may be."""
    system = office.place.system
    still_open = somebody.life.stage is not Stage.MOVED_IN or somebody.resource == "residents"
    if still_open and system.fakes.chance(_UPCOMING_SHARE):
        earliest = max(somebody.created, system.synced - 7 * DAY)
        booked = _while_open(office, earliest, system.synced)
        return booked, system.synced // DAY + 1, _DAYS_AHEAD
    latest = min(somebody.created + 15 * DAY, system.synced)
    booked = _while_open(office, somebody.created, latest)
    return booked, booked // DAY + 1, 7


def _meeting(office: Office, somebody: Somebody, minutes: int) -> Record:
    life = somebody.life
    unit = life.unit or next((one for one in office.place.units if one.plan is life.plan), None)
    return {
        "is_appointment": True,
        "unit_id": unit.record["id"] if unit else None,
        "duration_minutes": minutes,
        "title": _MEETINGS[somebody.resource].reason,
    }
