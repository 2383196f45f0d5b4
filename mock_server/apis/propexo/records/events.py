"""What a PMS makes of an event: its kind by name, whom it concerns, what its kind demands."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from mock_server.apis.propexo import writes
from mock_server.apis.propexo.drafts import draft, located, named
from mock_server.contract.kinds import Kind
from mock_server.contract.problems import Problem
from mock_server.engine.call import Call, Reply
from mock_server.engine.changes import added, patched
from mock_server.engine.references import found
from mock_server.engine.refusals import Invalid, broken
from mock_server.nearest import quoted
from mock_server.world.clock import iso, parse
from mock_server.world.identifiers import cuid
from mock_server.world.records import Record
from mock_server.world.world import World

PEOPLE = {"lead_id": "leads", "applicant_id": "applicants", "resident_id": "residents"}

_CALL_FIELDS = (
    "call_phone_number_from",
    "call_phone_number_to",
    "call_status",
    "call_duration",
    "call_audio_link",
)
_WORD = re.compile(r"[A-Z]?[a-z]+")


def create(call: Call, world: World) -> Reply:
    """Queue a new event, when it carries what its kind demands."""
    kind = _kind(call, world)
    problems = tuple(_lacking(call, world, kind or ""))
    if problems:
        raise Invalid(problems)
    event = draft(call, world, {**_details(call, world, kind), **_whom(call.body)})
    event["event_datetime"] = event.get("event_datetime") or iso(world.clock.now())
    return writes.settle(call, world, added(call, "events", event))


def update(call: Call, world: World) -> Reply:
    """Queue the changes of an event."""
    refuse_other_person(call, world)
    changes = draft(call, world, _details(call, world, _kind(call, world)))
    return writes.settle(call, world, patched(call, "events", call.record_id, changes))


def brought_along(call: Call, world: World, lead: Record, sent: Mapping[str, Any]) -> Record:
    """Return the record of an event that a lead's body carries."""
    employee = named(call, world, "employees", sent.get("employee_id"))
    appointment = sent.get("appointment_datetime")
    shared = ("x_property_id", "integration_id", "integration_vendor", "property_id")
    random = world.random()
    return {
        **{name: value for name, value in sent.items() if not name.endswith("datetime")},
        **{name: lead.get(name) for name in shared},
        **located(call, world, lead.get("location_id")),
        **_whom({"lead_id": lead["id"]}),
        "id": cuid(random),
        "x_id": str(random.randrange(10**6, 10**8)),
        "type_raw": sent.get("event_name"),
        "event_datetime": iso(parse(sent["event_datetime"])) if "event_datetime" in sent else None,
        "appointment_datetime": appointment and iso(parse(appointment)),
        "is_appointment": appointment is not None,
        "agent_name": employee.get("name"),
        "x_leasing_agent_id": employee.get("x_id", sent.get("x_leasing_agent_id")),
    }


def people_of(call: Call) -> str:
    """Return whose events the operation writes: leads, applicants or residents."""
    return next(each for each in PEOPLE.values() if each in call.operation.path.split("/"))


def refuse_other_person(call: Call, world: World) -> None:
    """Refuse to change through one kind of person an event that concerns another."""
    refuse_event_of_others(call, found(call, world), call.operation.path_names[-1])


def refuse_event_of_others(call: Call, event: Record, field: str) -> None:
    """Raise `Invalid` for an event that concerns none of the operation's kind of people."""
    people = people_of(call)
    concerns = {each: event.get(f"associated_{each[:-1]}_ids") for each in PEOPLE.values()}
    if any(concerns.values()) and not concerns[people]:
        owner = next(each for each, ids in concerns.items() if ids)
        advice = f"the event {event['id']!r} concerns {owner}, not {people}"
        raise Invalid([Problem("reference", "events", (field,), event["id"], advice)])


def _kind(call: Call, world: World) -> str | None:
    """Return the name of the event's kind, None where an update does not touch it."""
    event_type = named(call, world, "event_types", call.body.get("event_type_id"))
    stated = event_type.get("name") or call.body.get("event_name") or call.body.get("event_type")
    return str(stated) if stated else None


def _details(call: Call, world: World, kind: str | None) -> dict[str, Any]:
    body = call.body
    details: dict[str, Any] = {}
    if kind is not None:
        event_type = named(call, world, "event_types", body.get("event_type_id"))
        details.update(event_name=kind, type_raw=kind, x_type_id=event_type.get("x_id"))
    employee = named(call, world, "employees", body.get("employee_id"))
    if employee:
        details.update(agent_name=employee["name"], x_leasing_agent_id=employee["x_id"])
    if call.operation.kind is Kind.CREATE:
        details["is_appointment"] = "appointment_datetime" in body
    return details


def _whom(body: Mapping[str, Any]) -> dict[str, list[str]]:
    return {
        f"associated_{field.removesuffix('_id')}_ids": [body[field]] if field in body else []
        for field in PEOPLE
    }


def _lacking(call: Call, world: World, kind: str) -> Iterator[Problem]:
    """Yield what the event's kind demands and the body lacks (reference: create event).

    Nobody is asked for a field that the operation, or the PMS behind it, does not take.
    """
    binding = call.binding or call.operation
    taken = (binding.body or {}).get("properties", {})
    for field in _demanded(kind):
        if field in taken and field not in call.body:
            yield broken(field, f"is required for {quoted(kind)} events")
    yield from _wrong_addressee(call, world)


def _demanded(kind: str) -> tuple[str, ...]:
    words = {word.lower() for word in _WORD.findall(kind)}
    if "call" in words:
        return _CALL_FIELDS
    if "email" in words and words & {"to", "outgoing"}:
        return ("email_from",)
    return ("rent_amount_in_cents",) if {"lease", "sign"} <= words else ()


def _wrong_addressee(call: Call, world: World) -> Iterator[Problem]:
    for field, resource in PEOPLE.items():
        person = named(call, world, resource, call.body.get(field))
        sent, primary = call.body.get("email_to"), person.get("email_1")
        if person and sent is not None and sent.casefold() != str(primary).casefold():
            advice = f"must be the primary email address of the {field[:-3]}, {primary}"
            yield broken("email_to", advice, sent)
