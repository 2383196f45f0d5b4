"""What an account knows of its own connections: users, schedules, what is synced, and the logs."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from mock_server.apis.propexo.portfolio.fields import FIELDS
from mock_server.apis.propexo.portfolio.systems import Record, System
from mock_server.apis.propexo.portfolio.timeline import DAY, HOUR, SECOND, between, iso
from mock_server.world.identifiers import cuid

# The resources that this module seeds.
TOLD = frozenset(
    {"users", "job_schedules", "property_configurations", "property_list_configurations"}
    | {"job_logs", "data_diffs", "webhooks"}
)
# The type of the job that sets off the reads of a whole sync (assumed; reads are READ_<MODEL>).
SYNC = "SYNC"

_ROLES = ("ADMIN", "DEVELOPER", "SUPPORT", "READ_ONLY")
_SYNCS_LOGGED = 3
_HOURS_BETWEEN_SYNCS = 12
_DIFFS_PER_SYSTEM = 6
_DIFFS_KEPT = 30 * DAY
# The models whose changes are told of, and of each a field that often comes in later.
_FILLED_IN_LATER = {
    "leads": "status",
    "applicants": "notes",
    "residents": "notes",
    "events": "notes",
}
_COMPARED = tuple(_FILLED_IN_LATER)
_SPOKEN_OF = frozenset({"properties", "property_lists", *_COMPARED})
_MOST_COMPARED = 40


@dataclass
class Sightings:
    """What has been seeded so far that configurations and logs speak of, by integration."""

    seen: dict[str, dict[str, list[Record]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )

    def of(self, records: Iterable[tuple[str, Record]]) -> Iterator[tuple[str, Record]]:
        """Pass records on, noting those that are spoken of."""
        for resource, record in records:
            if resource in _SPOKEN_OF:
                self._note(resource, record)
            yield resource, record

    def _note(self, resource: str, record: Record) -> None:
        known = self.seen[str(record["integration_id"])][resource]
        if resource not in _FILLED_IN_LATER or len(known) < _MOST_COMPARED:
            known.append(record)


def records_of(systems: Sequence[System], sightings: Sightings) -> Iterator[tuple[str, Record]]:
    """Yield what there is to tell of the systems, once everything in them has been seeded."""
    for role in _ROLES:
        yield "users", _user(systems[0], role)
    for system in systems:
        yield from _system(system, sightings.seen[system.id])
    yield "webhooks", _webhook(systems[0])


def _user(system: System, role: str) -> Record:
    person = system.fakes.person(at="management.example.com")
    joined = between(system.random, system.opened - 30 * DAY, system.opened)
    return {
        "id": cuid(system.random),
        "created_at": iso(joined),
        "updated_at": iso(joined),
        "first_name": person.first_name,
        "last_name": person.last_name,
        "email": person.email,
        "roles": [role],
    }


def _webhook(system: System) -> Record:
    """Return a webhook that somebody ordered, an example to read; its address is nobody's.

    It is switched off, since what could never be sent would only fill the log of deliveries.
    """
    ordered = iso(system.opened)
    # Switched on, it hears nothing of records, since that would be a delivery for every write.
    triggers = ("SYNC_COMPLETE", "FIRST_SYNC_COMPLETE", "WRITE_OPERATION_FAILURE")
    return {
        "id": cuid(system.random),
        "created_at": ordered,
        "updated_at": ordered,
        "url": "https://hooks.example.com/propexo",
        "headers": [{"header": "x-environment", "value": "sandbox"}],
        "active": False,
        "secret": f"{system.random.getrandbits(128):032x}",
        "system": "SANDBOX",
        "triggers": [
            {"id": cuid(system.random), "trigger": name, "model": None} for name in triggers
        ],
    }


def _system(system: System, known: dict[str, list[Record]]) -> Iterator[tuple[str, Record]]:
    for each in known["properties"]:
        yield "property_configurations", _configuration(system, each, "property_id")
    for each in known["property_lists"]:
        listed = _configuration(system, each, "property_list_id")
        yield "property_list_configurations", listed | {"x_property_list_id": each["x_id"]}
    schedule = _schedule(system)
    yield "job_schedules", schedule
    models = [name for name in _COMPARED if known[name]] or ["properties"]
    for ago in reversed(range(_SYNCS_LOGGED)):
        ended = system.synced - ago * _HOURS_BETWEEN_SYNCS * HOUR
        yield from (("job_logs", log) for log in _sync(system, schedule, models, ended))
    for diff in islice(_diffs(system, known), _DIFFS_PER_SYSTEM):
        yield "data_diffs", diff


def _configuration(system: System, subject: Record, named: str) -> Record:
    return {
        "id": cuid(system.random),
        "created_at": subject["created_at"],
        "integration_id": system.id,
        named: subject["id"],
        "enabled": True,
    }


def _schedule(system: System) -> Record:
    return {
        "id": cuid(system.random),
        "integration_id": system.id,
        "created_at": iso(system.opened),
        "updated_at": iso(system.opened),
        "job_type": SYNC,
        "status": "ACTIVE",
        "last_run": system.last_seen,
        "sync_frequency": _HOURS_BETWEEN_SYNCS,
        "sync_cadence": "HOUR",
        "parameters": {},
    }


def _sync(system: System, schedule: Record, models: list[str], ended: int) -> Iterator[Record]:
    """Yield the logs of one sync: the reads that it spawned, and then its own."""
    root = cuid(system.random)
    for index, model in enumerate(models):
        at = ended - (len(models) - index) * 20 * SECOND
        yield _log(system, root, f"READ_{model.upper()}", at)
    yield _log(system, root, SYNC, ended) | {
        "job_id": root,
        "parent_job_id": None,
        "job_schedule_id": schedule["id"],
    }


def _log(system: System, root: str, job_type: str, at: int) -> Record:
    return {
        "id": cuid(system.random),
        "job_id": cuid(system.random),
        "created_at": iso(at),
        "job_type": job_type,
        "status": "SUCCESS",
        "parent_job_id": root,
        "root_job_id": root,
        "job_schedule_id": None,
        "integration_id": system.id,
        "associated_property_id": None,
    }


def _diffs(system: System, known: dict[str, list[Record]]) -> Iterator[Record]:
    """Yield how records came in during the last 30 days, and what later syncs found changed."""
    oldest = iso(system.synced - _DIFFS_KEPT + DAY)
    for model in _COMPARED:
        for record in known[model]:
            created, updated = str(record["created_at"]), str(record["updated_at"])
            if oldest <= created:
                yield _diff(system, model, record, ("NEW", created), _whole(model, record))
            if oldest <= updated and created < updated:
                changed = _change(model, record, updated)
                yield _diff(system, model, record, ("UPDATE", updated), changed)


def _diff(
    system: System, model: str, record: Record, event: tuple[str, str], difference: Record
) -> Record:
    event_type, found_at = event
    return {
        "id": cuid(system.random),
        "model": model,
        "model_record_id": record["id"],
        "event_type": event_type,
        "data_diff": difference,
        "created_at": found_at,
        "job_id": None,
        "integration_id": system.id,
        "integration_vendor": system.vendor,
    }


def _whole(model: str, record: Record) -> Record:
    shown = {name: record.get(name) for name in FIELDS[model]}
    return {name: value for name, value in shown.items() if value is not None}


def _change(model: str, record: Record, updated: str) -> Record:
    """Return the field that a later sync filled in, beside the time of the change."""
    name = _FILLED_IN_LATER[model]
    return {
        "new": {name: record.get(name), "updated_at": updated},
        "previous": {name: None, "updated_at": record["created_at"]},
    }
