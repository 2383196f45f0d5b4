"""What a write does to the world, as a value that can be kept until it happens."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from mock_server.world.clock import iso
from mock_server.world.records import Record
from mock_server.world.world import World


@dataclass(frozen=True)
class Change:
    """One record added, patched or removed in a table of the world.

    `stamps` are the fields that take the time at which the change happens.
    """

    verb: str
    table: str
    record_id: str
    values: Mapping[str, Any] = field(default_factory=dict)
    stamps: tuple[str, ...] = ()

    def happen(self, world: World, at: datetime) -> Record | None:
        """Make the change and return the record; None where there is none to change."""
        stamped = {**self.values, **dict.fromkeys(self.stamps, iso(at))}
        collection = world.collection(self.table)
        if self.verb == "remove":
            gone = collection.get(self.record_id)
            collection.remove(self.record_id)
            return gone
        if self.verb == "add":
            return collection.add({**stamped, "id": self.values.get("id", self.record_id)})
        return collection.patch(self.record_id, stamped)

    def as_details(self) -> dict[str, Any]:
        """Return the change as JSON values, for the agenda."""
        return {each.name: getattr(self, each.name) for each in _PARTS}


_PARTS = fields(Change)


def from_details(details: Mapping[str, Any]) -> Change:
    """Return the change that `as_details` wrote down."""
    return Change(**{**details, "stamps": tuple(details["stamps"])})
