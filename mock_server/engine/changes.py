"""What a write does to the world, as a value that can be kept until it happens."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from mock_server.engine.call import Call
from mock_server.world.clock import iso
from mock_server.world.records import Record
from mock_server.world.world import World


@dataclass(frozen=True)
class Change:
    """One record added, patched, joined or removed in a table of the world.

    A join brings parts to a record's lists: each comes in at the end, or changes the part that has
    the same ids. Which it is shows only when it happens, so that two writes in a row lose nothing.
    `stamps` are the fields that take the time at which the change happens.
    """

    verb: str
    table: str
    record_id: str
    values: Mapping[str, Any] = field(default_factory=dict)
    stamps: tuple[str, ...] = ()

    def happen(self, world: World, at: datetime) -> Record | None:
        """Make the change and return the record; None where there is none to change."""
        collection = world.collection(self.table)
        if self.verb == "remove":
            gone = collection.get(self.record_id)
            collection.remove(self.record_id)
            return gone
        known = None if self.verb == "add" else collection.get(self.record_id)
        if self.verb == "add":
            return collection.add(self.result(known, at))
        return None if known is None else collection.patch(self.record_id, self.result(known, at))

    def result(self, known: Record | None, at: datetime) -> Record:
        """Return what a record has after the change; `known` is what it had."""
        stamped = {**self.values, **dict.fromkeys(self.stamps, iso(at))}
        if self.verb == "add":
            return {**stamped, "id": self.values.get("id", self.record_id)}
        if self.verb == "join":
            stamped = _joined(known or {}, stamped)
        return {**(known or {}), **stamped}

    def as_details(self) -> dict[str, Any]:
        """Return the change as JSON values, for the agenda."""
        return {each.name: getattr(self, each.name) for each in _PARTS}


_PARTS = fields(Change)


def from_details(details: Mapping[str, Any]) -> Change:
    """Return the change that `as_details` wrote down."""
    return Change(**{**details, "stamps": tuple(details["stamps"])})


def added(call: Call, resource: str, record: Mapping[str, Any]) -> Change:
    """Return the change that adds a record."""
    return Change(
        "add", call.api.table(resource), str(record["id"]), record, call.api.stamps_of_new
    )


def patched(call: Call, resource: str, record_id: object, values: Mapping[str, Any]) -> Change:
    """Return the change of some fields of a record that there is."""
    table, stamps = call.api.table(resource), call.api.stamps_of_changed
    return Change("patch", table, str(record_id), values, stamps)


def joined(call: Call, resource: str, record_id: object, values: Mapping[str, Any]) -> Change:
    """Return the change that brings parts to the lists of a record that there is."""
    table, stamps = call.api.table(resource), call.api.stamps_of_changed
    return Change("join", table, str(record_id), values, stamps)


def removed(call: Call, resource: str, record_id: object) -> Change:
    """Return the change that takes a record away."""
    return Change("remove", call.api.table(resource), str(record_id))


def _joined(record: Record, values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: _with_parts(record.get(name) or [], value) if isinstance(value, list) else value
        for name, value in values.items()
    }


def _with_parts(known: Iterable[Any], parts: Iterable[Any]) -> list[Any]:
    """Return what is known with the parts in their places, new ones at the end."""
    found = list(known)
    for part in parts:
        place = next((i for i, each in enumerate(found) if _is_same(each, part)), None)
        if place is None:
            found.append(part)
        elif isinstance(part, dict):
            found[place] = {**found[place], **part}
    return found


def _is_same(known: Any, part: Any) -> bool:
    if not isinstance(part, dict):
        return bool(known == part)
    ids = {name: value for name, value in part.items() if name == "id" or name.endswith("_id")}
    return bool(ids) and all(known.get(name) == value for name, value in ids.items())
