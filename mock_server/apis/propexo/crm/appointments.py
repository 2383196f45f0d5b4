"""Visits that a CRM keeps: booked, called off, and how they turned out."""

from collections.abc import Iterator
from datetime import UTC

from mock_server.apis.propexo import addressees, appointment_times, writes
from mock_server.apis.propexo.crm import prospects
from mock_server.apis.propexo.crm.drafts import companion
from mock_server.apis.propexo.diaries import CANCELLED
from mock_server.apis.propexo.drafts import draft, named
from mock_server.contract.problems import Problem
from mock_server.engine.call import Call, Reply
from mock_server.engine.changes import added, patched
from mock_server.engine.refusals import Invalid, broken
from mock_server.world.clock import iso
from mock_server.world.records import Record
from mock_server.world.world import World

SCHEDULED = "SCHEDULED"
_EVENT = "Appointment"  # What the event is called that tells of a booking.


def create(call: Call, world: World) -> Reply:
    """Queue a new appointment, its event, and the prospect where the body names none."""
    problems = tuple(_lacking(call, world))
    if problems:
        raise Invalid(problems)
    prospect = named(call, world, "crm_prospects", call.body.get("prospect_id"))
    newcomer = {} if prospect else prospects.brought_along(call, world)
    appointment = draft(call, world, _booking(call, world, prospect or newcomer))
    event = _event(call, world, appointment)
    changes = [added(call, "crm_appointments", appointment)]
    if newcomer:
        changes.append(added(call, "crm_prospects", newcomer))
    return writes.settle(call, world, *changes, added(call, "crm_events", event))


def set_outcome(call: Call, world: World) -> Reply:
    """Queue how an appointment turned out; it did so now, unless the body says when."""
    outcome = {"outcome_time": iso(world.clock.now()), **draft(call, world)}
    return writes.settle(call, world, patched(call, "crm_appointments", call.record_id, outcome))


def cancel(call: Call, world: World) -> Reply:
    """Queue the cancellation of an appointment; the record stays, and its time is free."""
    appointment_id = call.body["appointment_id"]
    change = patched(call, "crm_appointments", appointment_id, {"status": CANCELLED})
    return writes.settle(call, world, change)


def _lacking(call: Call, world: World) -> Iterator[Problem]:
    body, vendor = call.body, addressees.vendor_of(call, world)
    # Reference: Create Appointment. Knock asks for it even where the prospect is known.
    problem = prospects.unreachable(body)
    if problem and ("prospect_id" not in body or vendor == "KNOCK"):
        yield problem
    if vendor == "ELISEAI" and not {"prospect_id", "community_id"} & body.keys():
        yield broken("community_id", "is required without prospect_id")


def _booking(call: Call, world: World, prospect: Record) -> Record:
    return {
        "appointment_datetime": _when(call, world),
        # A day alone claims no slot, though it is shown as a midnight.
        "has_time": "appointment_time" in call.body,
        "status": SCHEDULED,
        "prospect_id": prospect["id"],
        "agent_id": prospect.get("agent_id"),
        "attribution_id": call.body.get("attribution_id") or prospect.get("attribution_id"),
    }


def _when(call: Call, world: World) -> str | None:
    """Return the instant asked for: date and time are in UTC (reference: Create Appointment).

    A time without a date is when that time comes next (assumed).
    """
    stated, time = call.body.get("appointment_date"), call.body.get("appointment_time")
    if stated is None and time is None:
        return None
    time = time or "00:00:00"
    date = stated or appointment_times.next_day(world.clock.now(), time, UTC)
    return appointment_times.instant(date, time, UTC)


def _event(call: Call, world: World, appointment: Record) -> Record:
    shared = ("appointment_datetime", "prospect_id", "agent_id", "attribution_id", "community_id")
    return companion(
        call,
        world,
        "crm_events",
        event_name=_EVENT,
        type_raw=_EVENT,
        event_datetime=iso(world.clock.now()),
        notes=None,
        **{name: appointment.get(name) for name in shared},
    )
