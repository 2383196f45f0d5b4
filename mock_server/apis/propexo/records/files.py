"""What a PMS keeps of files: the types they are filed under, and what is uploaded to a person."""

import re
from collections.abc import Iterator
from typing import Any

from mock_server.apis.propexo import writes
from mock_server.apis.propexo.drafts import draft
from mock_server.apis.propexo.records.changes import in_path
from mock_server.contract.kinds import Kind
from mock_server.contract.problems import Path, Problem
from mock_server.engine.call import Call, Reply
from mock_server.engine.changes import THEN, added, joined
from mock_server.engine.refusals import Invalid, broken
from mock_server.world.clock import iso
from mock_server.world.identifiers import cuid
from mock_server.world.records import Record
from mock_server.world.world import World

_BASE_64 = re.compile(r"(data:[^,]*;base64,)?[A-Za-z0-9+/_\s-]*(=\s*){0,2}")
_NOTE = "Note"


def file_type(call: Call, world: World) -> Record:
    """Return what a file type shows besides its name: the kinds of records it is for."""
    model, name = call.body.get("model"), call.body.get("name", "")
    return {"models": [model] if model else [], "type": name}


def event_type(call: Call, world: World) -> Record:
    """Return the event type that an action code stands for."""
    code, said = call.body.get("action_code"), call.body.get("description")
    return {"code": code, "name": said or code or ""} if call.operation.kind is Kind.CREATE else {}


def upload(call: Call, world: World) -> Reply:
    """Queue files for a lead or an applicant, kept beside the record (no operation reads them)."""
    resource = "leads" if "/leads/" in call.operation.path else "applicants"
    person = in_path(call, world, resource)
    _refuse_stranger(call, person)
    problems = tuple(_unreadable(call))
    if problems:
        raise Invalid(problems)
    kept = [{"id": cuid(world.random()), **said} for _, said in _files(call)]
    stamped = [{**each, "created_at": THEN} for each in kept]
    change = joined(call, resource, person["id"], {"files": stamped})
    return writes.settle(call, world, change)


def add_note(call: Call, world: World) -> Reply:
    """Queue a note on a lead, which is read back among its events."""
    lead = in_path(call, world, "leads")
    _refuse_stranger(call, lead)
    problems = tuple(_unreadable(call))
    if problems:
        raise Invalid(problems)
    note = draft(call, world, {"event_name": _NOTE, "type_raw": _NOTE})
    note.update(
        event_datetime=iso(world.clock.now()),
        is_appointment=False,
        associated_lead_ids=[lead["id"]],
        associated_applicant_ids=[],
        associated_resident_ids=[],
    )
    return writes.settle(call, world, added(call, "events", note))


def _files(call: Call) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Yield the files of the body, each with where it stands."""
    if "attachment" in call.body:
        yield ("attachment",), call.body["attachment"]
    for index, each in enumerate(call.body.get("attachments", ())):
        yield ("attachments", index), each


def _unreadable(call: Call) -> Iterator[Problem]:
    for path, said in _files(call):
        content = said.get("file_data", "")
        if not _BASE_64.fullmatch(content):
            yield broken((*path, "file_data"), "must be the file's content in base64")


def _refuse_stranger(call: Call, person: Record) -> None:
    stated = call.body.get("integration_id", person["integration_id"])
    if person["integration_id"] != stated:
        name = call.operation.path_names[0]
        owner = person["integration_id"]
        advice = f"{person['id']!r} belongs to integration_id {owner!r}, not {stated!r}"
        raise Invalid([Problem("reference", "integrations", (name,), person["id"], advice)])
