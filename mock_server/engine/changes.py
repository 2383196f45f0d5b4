"""What a write does to the world, as a value that can be kept until it happens."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Any

from mock_server.engine.call import Call
from mock_server.world.clock import iso
from mock_server.world.records import Record
from mock_server.world.world import World

THEN = "\x00then"  # Stands for the time at which a change happens; no body of a call means it.


@dataclass(frozen=True)
class Change:
    """One record added, patched, joined or removed in a table of the world.

    A join brings parts to a record's lists: each comes in at the end, or changes the part that has
    the same ids. Which it is shows only when it happens, so that two writes in a row lose nothing.
    `stamps` are the fields that take the time at which the change happens, and so does what is
    `THEN` in a part of a list. A part must not be stamped before: nobody knows when a write that
    waits for a sync will be read.
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
        now = iso(at)
        stamped = {**_timed(self.values, now), **dict.fromkeys(self.stamps, now)}
        if self.verb == "add":
            return {**stamped, "id": self.values.get("id", self.record_id)}
        if self.verb == "join":
            stamped = _joined(known or {}, stamped)
        return {**(known or {}), **stamped}

    def then(self, later: "Change") -> "Change | None":
        """Return the one change that comes to the same as this and a later one, if there is any."""
        if later.values.keys() & set(self.stamps):
            return None
        stamps = tuple(dict.fromkeys((*self.stamps, *later.stamps)))
        if later.verb == "patch" and self.verb in {"add", "patch"}:
            return replace(self, values={**self.values, **later.values}, stamps=stamps)
        if later.verb == self.verb == "join":
            parts = _with_both(self.values, later.values)
            return None if parts is None else replace(self, values=parts, stamps=stamps)
        return None

    def is_apart_from(self, later: "Change") -> bool:
        """Say whether it makes no difference which of two changes of a record happens first."""
        told, told_later = self.values.keys(), later.values.keys()
        if not {self.verb, later.verb} <= {"patch", "join"} or told & told_later:
            return False
        return not (told & set(later.stamps) or told_later & set(self.stamps))

    def as_details(self) -> dict[str, Any]:
        """Return the change as JSON values, for the agenda."""
        return {each.name: getattr(self, each.name) for each in _PARTS}


_PARTS = fields(Change)


def _with_both(first: Mapping[str, Any], then: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the values of two joins in a row as those of one, None where there are none.

    Parts join one after the other, so that the later ones simply follow.
    """
    found = {**first, **then}
    for name in first.keys() & then.keys():
        if isinstance(then[name], list):
            if not isinstance(first[name], list):
                return None
            found[name] = [*first[name], *then[name]]
    return found


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


def _timed(values: Mapping[str, Any], now: str) -> dict[str, Any]:
    """Return the values with the parts in their lists stamped."""
    return {
        name: [_stamped(part, now) for part in value] if isinstance(value, list) else value
        for name, value in values.items()
    }


def _stamped(part: Any, now: str) -> Any:
    if not isinstance(part, dict) or THEN not in part.values():
        return part
    return {name: now if value == THEN else value for name, value in part.items()}


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
