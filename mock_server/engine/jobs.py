"""Writes that are accepted now and land later, and what can be said of them meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from mock_server.contract.resource import Filter, Resource
from mock_server.engine import retention
from mock_server.engine.changes import Change, from_details
from mock_server.engine.moment import Moment
from mock_server.engine.refusals import FAULT
from mock_server.world.agenda import Entry
from mock_server.world.clock import iso, parse
from mock_server.world.queries import Condition, Selection
from mock_server.world.world import World

TABLE = "jobs"
LAND = "land a write"
PENDING, SUCCESS, PARTIAL_SUCCESS, FAILURE = "PENDING", "SUCCESS", "PARTIAL_SUCCESS", "FAILURE"

_TEXT = {"type": "string"}
_NULLABLE = {"type": ["string", "null"]}
RESOURCE = Resource(
    TABLE,
    {
        "id": _TEXT,
        "lands_at": _TEXT,
        "record_id": _NULLABLE,
        "notes": {"type": "object"},
        "changes": {"type": "array"},
        "write_status": _TEXT,
        "errors": {"type": "array"},
    },
    filters=frozenset({Filter("lands_at", "at_most")}),
)


@dataclass(frozen=True)
class Outcome:
    """How a write ends: its status, and what the other system said against it."""

    write_status: str = SUCCESS
    errors: tuple[str, ...] = ()


WELL = Outcome()


@dataclass(frozen=True)
class Job:
    """A write that has been accepted: when it lands, what it changes, and how it will end.

    `record_id` is that of the record it makes known. `notes` are what the vendor's logs will tell
    of it, in the vendor's own words.
    """

    id: str
    lands_at: datetime
    record_id: str | None
    notes: Mapping[str, Any] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    outcome: Outcome = WELL

    def status(self, now: datetime) -> str:
        """Return PENDING before the job lands, and from then on how it ended."""
        return PENDING if now < self.lands_at else self.outcome.write_status

    def errors(self, now: datetime) -> list[str]:
        """Return what went wrong, once it has."""
        return [] if now < self.lands_at else [*self.outcome.errors]

    def created_record_id(self, now: datetime) -> str | None:
        """Return the id of the record made, once there is one and if it is told at all."""
        return self.record_id if self.status(now) in {SUCCESS, PARTIAL_SUCCESS} else None


def accept(moment: Moment, job: Job) -> None:
    """Put a write on the world's agenda."""
    jobs = moment.world.collection(TABLE)
    jobs.add(
        {
            "id": job.id,
            "lands_at": iso(job.lands_at),
            "record_id": job.record_id,
            "notes": job.notes,
            # Worked out when the write is accepted and kept as data, so that it lands the same
            # after a restart, and in another replica.
            "changes": [each.as_details() for each in job.changes],
            **_written(job.outcome),
        }
    )
    moment.world.agenda.add(Entry(job.lands_at, LAND, {"job_id": job.id}))
    # A write that is still to land is never forgotten, however many there are.
    landed = Selection((Condition("lands_at", iso(moment.at), "at_most"),))
    retention.forget_oldest(moment.world, jobs, landed, moment.settings.keep_jobs)


def give_up(moment: Moment, details: Mapping[str, Any]) -> None:
    """Let a write fail that a fault of the sandbox kept from landing."""
    job = find(moment.world, details["job_id"])
    if job is not None:
        end(moment.world, job, Outcome(FAILURE, (FAULT,)))


def find(world: World, job_id: str) -> Job | None:
    """Return the job of that id."""
    found = world.collection(TABLE).get(job_id)
    if found is None:
        return None
    return Job(
        id=found["id"],
        lands_at=parse(found["lands_at"]),
        record_id=found["record_id"],
        notes=found["notes"],
        changes=tuple(from_details(each) for each in found["changes"]),
        outcome=Outcome(found["write_status"], tuple(found["errors"])),
    )


def end(world: World, job: Job, outcome: Outcome) -> Job:
    """Note that a write ended otherwise than it was going to, and return it so."""
    world.collection(TABLE).patch(job.id, _written(outcome))
    return replace(job, outcome=outcome)


def note(world: World, job_id: str, notes: Mapping[str, Any]) -> None:
    """Add to the notes of a job, where it has not been forgotten."""
    job = find(world, job_id)
    if job is not None:
        world.collection(TABLE).patch(job_id, {"notes": {**job.notes, **notes}})


def lands_at(world: World, seconds: float) -> datetime:
    """Return the time at which a write accepted now lands."""
    return world.clock.now() + timedelta(seconds=seconds)


def _written(outcome: Outcome) -> dict[str, Any]:
    return {"write_status": outcome.write_status, "errors": [*outcome.errors]}
