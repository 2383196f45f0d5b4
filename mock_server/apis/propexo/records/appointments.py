"""Appointments: events with a time in a diary, booked, moved and called off."""

from typing import Any

from mock_server.apis.propexo import addressees, appointment_times, writes
from mock_server.apis.propexo.drafts import draft, named
from mock_server.apis.propexo.records import events
from mock_server.contract.problems import Problem
from mock_server.engine.call import Call, Reply
from mock_server.engine.changes import added, patched
from mock_server.engine.references import found
from mock_server.engine.refusals import Invalid, broken
from mock_server.world.clock import iso
from mock_server.world.records import Record
from mock_server.world.world import World

CANCELLED = "CancelAppointment"
_NAMES = {
    "LEASING_APPOINTMENT": "Leasing Appointment",
    "SELF_GUIDED_TOUR": "Self Guided Tour",
    "TOUR": "Tour",
    "VIRTUAL_TOUR": "Virtual Tour",
}


def create(call: Call, world: World) -> Reply:
    """Queue a new appointment; its date and time are read in the zone of the PMS."""
    event = draft(call, world)
    concerned = {
        f"associated_{field[:-3]}_ids": [call.body[field]] if field in call.body else []
        for field in events.PEOPLE
    }
    kind = _kind(call) or "Appointment"
    event.update(
        concerned,
        event_name=kind,
        type_raw=kind,
        event_datetime=iso(world.clock.now()),
        is_appointment=True,
    )
    event.update(_details(call, world, event))
    return writes.settle(call, world, added(call, "events", event))


def update(call: Call, world: World) -> Reply:
    """Queue the changes of an appointment."""
    event = found(call, world)
    _refuse_no_appointment(event, call.operation.path_names[-1])
    events.refuse_other_person(call, world)
    changes: Record = draft(call, world)
    if _kind(call):
        changes.update(event_name=_kind(call), type_raw=_kind(call))
    changes.update(_details(call, world, event))
    return writes.settle(call, world, patched(call, "events", call.record_id, changes))


def cancel(call: Call, world: World) -> Reply:
    """Queue the cancellation of an appointment; the record stays, renamed, and its time is free."""
    event_id = call.body.get("event_id")
    if event_id is None:
        raise Invalid([broken("event_id", "is required: it says what to cancel")])
    event = named(call, world, "events", event_id)
    _refuse_no_appointment(event, "event_id")
    events.refuse_event_of_others(call, event, "event_id")
    changes = {"event_name": CANCELLED, "type_raw": CANCELLED, "is_cancelled": True}
    return writes.settle(call, world, patched(call, "events", event_id, changes))


def _kind(call: Call) -> str | None:
    stated = call.body.get("appointment_type")
    return _NAMES[stated] if stated else None


def _details(call: Call, world: World, event: Record) -> dict[str, Any]:
    body = call.body
    details: dict[str, Any] = {}
    employee = named(call, world, "employees", body.get("employee_id"))
    if employee:
        details.update(agent_name=employee["name"], x_leasing_agent_id=employee["x_id"])
    if "title" in body:
        details["reasons_for_event"] = body["title"]
    if "appointment_duration_minutes" in body:
        details["duration_minutes"] = body["appointment_duration_minutes"]
    if {"appointment_date", "appointment_time"} & set(body):
        details["appointment_datetime"] = _when(call, world, event)
        # A day alone claims no slot, though it is shown as a midnight.
        is_known = bool(event.get("has_time", event.get("appointment_datetime")))
        details["has_time"] = "appointment_time" in body or is_known
    return details


def _when(call: Call, world: World, event: Record) -> str:
    """Return the instant asked for; an update may give the date or the time alone.

    Where a new appointment has a time alone, it is when that time comes next (assumed).
    """
    place = named(call, world, "properties", event.get("property_id"))
    zone = appointment_times.zone_for_writing(call, world, place, addressees.vendor_of(call, world))
    known = event.get("appointment_datetime")
    before = appointment_times.local(known, zone).isoformat() if known else ""
    time = call.body.get("appointment_time") or before[11:19] or "00:00:00"
    stated = call.body.get("appointment_date") or before[:10]
    date = stated or appointment_times.next_day(world.clock.now(), time, zone)
    return appointment_times.instant(date, time, zone)


def _refuse_no_appointment(event: Record, field: str) -> None:
    if not event.get("is_appointment"):
        advice = f"the event {event['id']!r} is no appointment"
        raise Invalid([Problem("reference", "events", (field,), event["id"], advice)])
