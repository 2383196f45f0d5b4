"""What a PMS keeps of files: the types they are filed under, and what is stored with a record."""

import re
from collections.abc import Iterator
from typing import Any

from mock_server.apis.propexo import addressees, writes
from mock_server.apis.propexo.records.changes import in_path
from mock_server.contract.kinds import Kind
from mock_server.contract.problems import Path, Problem
from mock_server.engine.call import Call, Reply
from mock_server.engine.changes import THEN, joined
from mock_server.engine.refusals import Invalid, broken
from mock_server.world.identifiers import cuid
from mock_server.world.records import Record
from mock_server.world.world import World

_BASE_64 = re.compile(r"(data:[^,]*;base64,)?[A-Za-z0-9+/_\s-]*(=\s*){0,2}")
_MOST_BASE_64 = 70_000_000  # Characters: what 50 MB come to (guide: file uploads).


def file_type(call: Call, world: World) -> Record:
    """Return what a file type shows besides its name: the kinds of records it is for."""
    model, name = call.body.get("model"), call.body.get("name", "")
    # Rent Manager tells files from images (reference: file uploads).
    kind = "file" if addressees.vendor_of(call, world) == "RENTMANAGER" else name
    return {"models": [model] if model else [], "type": kind}


def event_type(call: Call, world: World) -> Record:
    """Return the event type that an action code stands for."""
    code, said = call.body.get("action_code"), call.body.get("description")
    return {"code": code, "name": said or code or ""} if call.operation.kind is Kind.CREATE else {}


def attach(call: Call, world: World) -> Reply:
    """Queue files for the record that the path names, kept beside it (no operation reads them)."""
    resource = call.operation.resource or ""
    owner = in_path(call, world, resource)
    refuse_stranger(call, owner)
    problems = tuple(unreadable(call))
    if problems:
        raise Invalid(problems)
    kept = [{"id": cuid(world.random()), **said} for _, said in _files(call)]
    stamped = [{**each, "created_at": THEN} for each in kept]
    change = joined(call, resource, owner["id"], {"files": stamped})
    return writes.settle(call, world, change)


def unreadable(call: Call) -> Iterator[Problem]:
    """Yield what is wrong with the files of the body: no base64, or too much of it together."""
    total = 0
    for path, said in _files(call):
        content = said.get("file_data", "")
        total += len(content)
        if not _BASE_64.fullmatch(content):
            yield broken((*path, "file_data"), "must be the file's content in base64")
    if total > _MOST_BASE_64:
        yield broken("attachments", "must have at most 50 MB for all files together")


def _files(call: Call) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Yield the files of the body, each with where it stands."""
    if "attachment" in call.body:
        yield ("attachment",), call.body["attachment"]
    for name in ("attachments", "images"):
        for index, each in enumerate(call.body.get(name, ())):
            yield (name, index), each


def refuse_stranger(call: Call, record: Record) -> None:
    """Raise `Invalid` where the record of the path is not of the integration that is named."""
    stated = call.body.get("integration_id", record["integration_id"])
    if record["integration_id"] != stated:
        name, owner = call.operation.path_names[0], record["integration_id"]
        advice = f"{record['id']!r} belongs to integration_id {owner!r}, not {stated!r}"
        raise Invalid([Problem("reference", "integrations", (name,), record["id"], advice)])
