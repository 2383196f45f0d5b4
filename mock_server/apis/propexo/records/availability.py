"""When an appointment could be: office hours less what is booked, asked in real time."""

from collections.abc import Iterator
from datetime import date, tzinfo
from typing import Any

from mock_server.apis.propexo import addressees, appointment_times, calendars, diaries
from mock_server.apis.propexo.calendars import Calendar
from mock_server.apis.propexo.drafts import named
from mock_server.engine.call import Call, Reply, reply
from mock_server.engine.refusals import Invalid, broken
from mock_server.world.identifiers import cuid
from mock_server.world.queries import where
from mock_server.world.records import Record
from mock_server.world.world import World

DEFAULT_DAYS = 7
_DEFAULT_CALENDARS = ("RESIDENT", "LEASING")
_AGENT_CALENDARS = frozenset({"LEASING", "RESIDENT"})


def answer(call: Call, world: World) -> Reply:
    """Answer the calendars of a property at once (reference: real-time availability).

    The leasing and resident calendars are those of the property's leasing agents, the general and
    maintenance ones the property's own; which is which is assumed.
    """
    addressees.refuse_other_vendor(call, world)
    place = _place(call, world)
    zone = appointment_times.zone_of(place)
    asked = frozenset(call.body.get("calendar_types", _DEFAULT_CALENDARS))
    owners: list[Record | None] = []
    if asked & _AGENT_CALENDARS:
        owners.extend(_agents(call, world, place))
    if not asked <= _AGENT_CALENDARS:
        owners.append(None)
    shown = [_calendar(call, world, place, zone, owner) for owner in owners]
    return reply({"meta": {"job_id": cuid(world.random())}, "result": shown})


def _place(call: Call, world: World) -> Record:
    place = named(call, world, "properties", call.body.get("property_id"))
    if place:
        return place
    integration_id = addressees.integration_of(call, world).get("id")
    first = call.records(world, "properties").first(where(integration_id=integration_id))
    if first is None:
        raise Invalid([broken("integration_id", f"{integration_id!r} has no property")])
    return first


def _agents(call: Call, world: World, place: Record) -> Iterator[Record]:
    wanted = call.body.get("employee_id")
    return (each for each in diaries.agents_of(world, place) if wanted in {None, each["id"]})


def _calendar(
    call: Call, world: World, place: Record, zone: tzinfo, agent: Record | None
) -> dict[str, Any]:
    now = world.clock.now().astimezone(zone)
    calendar = Calendar(
        place=place,
        agent=agent,
        zone=zone,
        booked=diaries.booked(world, place, zone, agent),
        earliest=now,
        minutes=call.body.get("appointment_duration_minutes", calendars.DEFAULT_MINUTES),
    )
    return calendar.shown(_asked_days(call, now.date()), seen=now)


def _asked_days(call: Call, today: date) -> list[date]:
    stated = call.body.get("availability_start_date")
    first = date.fromisoformat(stated[:10]) if stated else today
    return calendars.days_from(first, call.body.get("availability_duration_days", DEFAULT_DAYS))
