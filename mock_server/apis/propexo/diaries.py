"""What is booked at a property or a community, and whether an appointment can be added."""

from collections.abc import Iterator
from datetime import tzinfo

from mock_server.apis.propexo import appointment_times, calendars
from mock_server.apis.propexo.calendars import Calendar, Span
from mock_server.apis.propexo.kept import model_of, records
from mock_server.apis.propexo.pms import truth
from mock_server.engine.changes import Change
from mock_server.engine.moment import Moment
from mock_server.world.queries import where
from mock_server.world.records import Record
from mock_server.world.world import World

CANCELLED = "CANCELLED"  # The status of an appointment that a CRM has called off.
_PLACES = {
    "events": ("property_id", "properties"),
    "crm_appointments": ("community_id", "crm_communities"),
}


def agents_of(world: World, place: Record) -> Iterator[Record]:
    """Yield the leasing agents of a property, each of whom has a diary."""
    for each in records(world, "employees").all(where(property_id=place["id"])):
        if "LEASING_AGENT" in each["roles"]:
            yield each


def booked(
    world: World, place: Record, zone: tzinfo, agent: Record | None, *, besides: str = ""
) -> list[Span]:
    """Return the local times that appointments take of an agent, or of the whole property.

    They are asked of the PMS, so that a slot is taken and free again before any sync has read it.
    """
    asked = {"property_id": place["id"], "is_appointment": True}
    found = truth.held(world, place["integration_id"], "events", **asked)
    return [
        calendars.taken(each["appointment_datetime"], zone, each.get("duration_minutes"))
        for each in found
        if each.get("appointment_datetime")
        and not each.get("is_cancelled")
        and each["id"] != besides
        and (agent is None or each.get("x_leasing_agent_id") in {None, agent["x_id"]})
    ]


def visited(world: World, community: Record, zone: tzinfo, *, besides: str = "") -> list[Span]:
    """Return the local times at which a community is visited, as its CRM has them."""
    asked = {"community_id": community["id"]}
    found = truth.held(world, community["integration_id"], "crm_appointments", **asked)
    return [
        calendars.taken(each["appointment_datetime"], zone)
        for each in found
        if each.get("appointment_datetime")
        and each.get("status") != CANCELLED
        and each["id"] != besides
    ]


def objection(moment: Moment, made: Change) -> str | None:
    """Return why an appointment cannot be where a write puts it, None where it can.

    Assumed: a PMS takes no appointment in the past, outside the office hours, or at a time at
    which nobody who could keep it is free.
    """
    model = model_of(made.table)
    if model not in _PLACES or not made.values.get("appointment_datetime"):
        return None
    known = None if made.verb == "add" else truth.record(moment.world, model, made.record_id)
    event = made.result(known, moment.at)
    field, resource = _PLACES[model]
    place = records(moment.world, resource).get(str(event.get(field)))
    is_timed = event.get("has_time", True) and event.get("is_appointment", model != "events")
    if place is None or not is_timed:
        return None
    zone = appointment_times.zone_of(place)
    begins, ends = calendars.taken(
        event["appointment_datetime"], zone, event.get("duration_minutes")
    )
    found = [
        Calendar(place, None, zone, taken, moment.at.astimezone(zone)).objection(begins, ends)
        for taken in _diaries(moment.world, model, place, zone, event)
    ]
    return None if None in found else found[0]


def _diaries(
    world: World, model: str, place: Record, zone: tzinfo, event: Record
) -> Iterator[list[Span]]:
    """Yield what is booked in each of the diaries that an appointment could stand in."""
    if model == "crm_appointments":
        yield visited(world, place, zone, besides=event["id"])
        return
    named = event.get("x_leasing_agent_id")
    agents: list[Record | None] = [{"x_id": named}] if named else [*agents_of(world, place)]
    for agent in agents or [None]:
        yield booked(world, place, zone, agent, besides=event["id"])
