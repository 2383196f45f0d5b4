"""Writes that are accepted now and land later, and what can be said of them meanwhile."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from mock_server.contract.resource import Resource
from mock_server.engine.changes import Change, from_details
from mock_server.world.agenda import Entry
from mock_server.world.clock import iso, parse
from mock_server.world.world import World

TABLE = "jobs"
LAND = "land a write"
_NULLABLE = {"type": ["string", "null"]}
RESOURCE = Resource(
    TABLE,
    {
        "id": {"type": "string"},
        "lands_at": {"type": "string"},
        "record_id": _NULLABLE,
        "notes": {"type": "object"},
    },
)


@dataclass(frozen=True)
class Job:
    """A write that has been accepted: when it lands, and the id of the record it makes known.

    `notes` are what the vendor's logs will tell of it, in the vendor's own words.
    """

    id: str
    lands_at: datetime
    record_id: str | None
    notes: Mapping[str, Any] = field(default_factory=dict)

    def status(self, now: datetime) -> str:
        """Return PENDING before the job lands and SUCCESS from then on."""
        return "PENDING" if now < self.lands_at else "SUCCESS"

    def created_record_id(self, now: datetime) -> str | None:
        """Return the id of the record made, once there is one and if it is told at all."""
        return self.record_id if self.status(now) == "SUCCESS" else None


def accept(world: World, job: Job, changes: Sequence[Change]) -> None:
    """Put a write on the world's agenda; one that is due already happens at once."""
    record = {"id": job.id, "lands_at": iso(job.lands_at), "record_id": job.record_id}
    world.collection(TABLE).add({**record, "notes": job.notes})
    if job.lands_at <= world.clock.now():
        _land_all(changes, world, job.lands_at)
    else:
        details = {"changes": [each.as_details() for each in changes]}
        world.agenda.add(Entry(job.lands_at, LAND, details))


def find(world: World, job_id: str) -> Job | None:
    """Return the job of that id."""
    found = world.collection(TABLE).get(job_id)
    if found is None:
        return None
    return Job(found["id"], parse(found["lands_at"]), found["record_id"], found["notes"])


def lands_at(world: World, seconds: float) -> datetime:
    """Return the time at which a write accepted now lands."""
    return world.clock.now() + timedelta(seconds=seconds)


def perform(entry: Entry, world: World) -> None:
    """Make what is due on an agenda happen, at the time it is due."""
    _ACTIONS[entry.action](entry.details, world, entry.due_at)


def _land(details: Mapping[str, Any], world: World, at: datetime) -> None:
    _land_all([from_details(each) for each in details["changes"]], world, at)


def _land_all(changes: Iterable[Change], world: World, at: datetime) -> None:
    for each in changes:
        each.happen(world, at)


_ACTIONS = {LAND: _land}
