"""What becomes of a note that is written on a person, a service request or a unit."""

from typing import Any

from mock_server.apis.propexo import writes
from mock_server.apis.propexo.drafts import draft
from mock_server.apis.propexo.records.changes import companion, in_path, part
from mock_server.apis.propexo.records.files import refuse_stranger, unreadable
from mock_server.engine.call import Call, Reply
from mock_server.engine.changes import THEN, Change, added, joined
from mock_server.engine.refusals import Invalid, broken
from mock_server.world.clock import iso
from mock_server.world.identifiers import cuid
from mock_server.world.queries import where
from mock_server.world.records import Record
from mock_server.world.world import World

_NOTE = "Note"
_PEOPLE = {
    "lead_id": "leads",
    "applicant_id": "applicants",
    "resident_id": "residents",
}
_REQUESTS, _HISTORY = "service_requests", "service_request_history"


def add(call: Call, world: World) -> Reply:
    """Queue a note: a person's is read back as an event, a service request's as its history.

    No operation reads the notes of a unit, so they are kept beside it.
    """
    name = call.operation.path_names[0]
    resource = _PEOPLE.get(name) or f"{name.removesuffix('_id')}s"
    record = in_path(call, world, resource)
    refuse_stranger(call, record)
    problems = tuple(unreadable(call))
    if problems:
        raise Invalid(problems)
    if name in _PEOPLE:
        return writes.settle(call, world, _event(call, world, name, record))
    if resource == _REQUESTS:
        return writes.settle(call, world, *_history(call, world, record))
    return writes.settle(call, world, _kept(call, world, resource, record))


def _event(call: Call, world: World, name: str, person: Record) -> Change:
    _refuse_second(call, world, person)
    note = draft(call, world, {"event_name": _NOTE, "type_raw": _NOTE})
    note.update(event_datetime=iso(world.clock.now()), is_appointment=False)
    for each in _PEOPLE:
        note[f"associated_{each}s"] = [person["id"]] if each == name else []
    return added(call, "events", note)


def _refuse_second(call: Call, world: World, person: Record) -> None:
    """Raise `Invalid` where MRI has a note of this category on this day (reference: MRI notes)."""
    category, today = call.body.get("note_category_id"), iso(world.clock.now())[:10]
    if category is None:
        return
    for each in call.records(world, "events").all(where(integration_id=person["integration_id"])):
        is_theirs = person["id"] in each["associated_resident_ids"]
        is_of_today = str(each["event_datetime"]).startswith(today)
        if is_theirs and is_of_today and each.get("note_category_id") == category:
            advice = "the resident has a note of this category today; MRI takes one a day"
            raise Invalid([broken("note_category_id", advice, category)])


def _history(call: Call, world: World, request: Record) -> tuple[Change, Change]:
    links: dict[str, Any] = {
        "service_request_id": request["id"],
        "x_service_request_id": request["x_id"],
    }
    entry = companion(call, world, _HISTORY, request, notes=call.body.get("notes"), **links)
    shown = part(call, world, _REQUESTS, "history", entry)
    joining = joined(call, _REQUESTS, request["id"], {"history": [shown]})
    return added(call, _HISTORY, entry), joining


def _kept(call: Call, world: World, resource: str, record: Record) -> Change:
    note: Record = {"id": cuid(world.random()), "created_at": THEN}
    note.update({name: call.body.get(name) for name in ("notes", "category_id")})
    return joined(call, resource, record["id"], {"notes_written": [note]})
