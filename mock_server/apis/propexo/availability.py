"""When an appointment could be: office hours less what is booked, asked in real time."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

from mock_server.apis.propexo import appointment_times, writes
from mock_server.apis.propexo.appointments import DEFAULT_MINUTES
from mock_server.apis.propexo.drafts import named
from mock_server.engine.call import Call, Reply, reply
from mock_server.engine.refusals import Invalid, broken
from mock_server.world.clock import iso
from mock_server.world.identifiers import cuid
from mock_server.world.queries import where
from mock_server.world.records import Record
from mock_server.world.world import World

DEFAULT_DAYS = 7
# No appointment is longer for a calendar: any number of minutes may be sent.
LONGEST_MINUTES = 7 * 24 * 60
_DAYS = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")
_DEFAULT_CALENDARS = ("RESIDENT", "LEASING")
_AGENT_CALENDARS = frozenset({"LEASING", "RESIDENT"})


def answer(call: Call, world: World) -> Reply:
    """Answer the calendars of a property at once (reference: real-time availability).

    The leasing and resident calendars are those of the property's leasing agents, the general and
    maintenance ones the property's own; which is which is assumed.
    """
    place = _place(call, world)
    zone = appointment_times.zone_of(place)
    asked = frozenset(call.body.get("calendar_types", _DEFAULT_CALENDARS))
    owners: list[Record | None] = []
    if asked & _AGENT_CALENDARS:
        owners.extend(_agents(call, world, place))
    if not asked <= _AGENT_CALENDARS:
        owners.append(None)
    calendars = [_calendar(call, world, place, zone, owner) for owner in owners]
    return reply({"meta": {"job_id": cuid(world.random())}, "result": calendars})


def _place(call: Call, world: World) -> Record:
    place = named(call, world, "properties", call.body.get("property_id"))
    if place:
        return place
    integration_id = writes.integration_of(call, world).get("id")
    first = call.records(world, "properties").first(where(integration_id=integration_id))
    if first is None:
        raise Invalid([broken("integration_id", f"{integration_id!r} has no property")])
    return first


def _agents(call: Call, world: World, place: Record) -> Iterator[Record]:
    wanted = call.body.get("employee_id")
    for each in call.records(world, "employees").all(where(property_id=place["id"])):
        if "LEASING_AGENT" in each["roles"] and wanted in {None, each["id"]}:
            yield each


def _calendar(
    call: Call, world: World, place: Record, zone: tzinfo, agent: Record | None
) -> dict[str, Any]:
    booked = _booked(call, world, place, zone, agent)
    first, last = str((agent or {}).get("name") or "").partition(" ")[::2]
    return {
        "last_seen": iso(world.clock.now()),
        "calendar_type": "AGENT_CALENDAR" if agent else "PROPERTY_CALENDAR",
        "x_agent_id": agent["x_id"] if agent else None,
        "agent_first_name": first or None,
        "agent_last_name": last or None,
        "default_appointment_length": DEFAULT_MINUTES,
        "minimum_appointment_lead_time": None,
        "timezone": str(zone),
        "calendar_days": [
            _day(call, day, place, booked, world.clock.now().astimezone(zone))
            for day in _asked_days(call, world, zone)
        ],
        "x_property_id": place["x_id"],
    }


def _asked_days(call: Call, world: World, zone: tzinfo) -> list[date]:
    today = world.clock.now().astimezone(zone).date()
    stated = call.body.get("availability_start_date")
    first = date.fromisoformat(stated[:10]) if stated else today
    count = call.body.get("availability_duration_days", DEFAULT_DAYS)
    return [first + timedelta(days=index) for index in range(count)]


def _day(
    call: Call, day: date, place: Record, booked: Sequence[tuple[datetime, datetime]], now: datetime
) -> dict[str, Any]:
    opening, closing = _hours(place, day)
    length = _lasting(call.body.get("appointment_duration_minutes", DEFAULT_MINUTES))
    free = _free(day, opening, closing, length, now.tzinfo) if opening and closing else ()
    return {
        "date": day.isoformat(),
        "day_of_week": _DAYS[day.weekday()],
        "opening_time": opening,
        "closing_time": closing,
        "simultaneous_appointment_mode": "SINGLE",
        "max_simultaneous_appointments": 1,
        "available_slots": [
            {"start": start.strftime("%H:%M:%S"), "end": end.strftime("%H:%M:%S")}
            for start, end in free
            if start >= now and all(end <= taken[0] or start >= taken[1] for taken in booked)
        ],
    }


def _hours(place: Mapping[str, Any], day: date) -> tuple[str | None, str | None]:
    for each in place["office_hours"]:
        if each["day_of_week"] == _DAYS[day.weekday()]:
            return _clock_face(each["open_time"]), _clock_face(each["close_time"])
    return None, None


def _clock_face(text: str) -> str:
    return text if text.count(":") == 2 else f"{text}:00"


def _free(
    day: date, opening: str, closing: str, length: timedelta, zone: tzinfo | None
) -> Iterator[tuple[datetime, datetime]]:
    start = datetime.combine(day, time.fromisoformat(opening), zone)
    close = datetime.combine(day, time.fromisoformat(closing), zone)
    while start + length <= close:
        yield start, start + length
        start += length


def _booked(
    call: Call, world: World, place: Record, zone: tzinfo, agent: Record | None
) -> list[tuple[datetime, datetime]]:
    """Return the local times that appointments take of the agent, or of the whole property."""
    chosen = where(property_id=place["id"], is_appointment=True)
    found = call.records(world, "events").all(chosen)
    return [
        _taken(each, zone)
        for each in found
        if each["appointment_datetime"]
        and not each.get("is_cancelled")
        and (agent is None or each["x_leasing_agent_id"] in {None, agent["x_id"]})
    ]


def _taken(event: Record, zone: tzinfo) -> tuple[datetime, datetime]:
    start = appointment_times.local(event["appointment_datetime"], zone)
    return start, start + _lasting(event.get("duration_minutes") or DEFAULT_MINUTES)


def _lasting(minutes: float) -> timedelta:
    return timedelta(minutes=min(minutes, LONGEST_MINUTES))
