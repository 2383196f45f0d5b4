"""What an account knows of its own connections: users, schedules, what is synced, and the logs."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any, NamedTuple, cast

from mock_server.apis.propexo.interfaces import INTERFACES, SYNC, SYNC_CADENCE, SYNC_FREQUENCY
from mock_server.apis.propexo.portfolio.systems import Record, Resources, System
from mock_server.apis.propexo.portfolio.timeline import DAY, HOUR, SECOND, between, iso
from mock_server.world.fakes import Fakes
from mock_server.world.identifiers import cuid

# The resources that this module seeds.
TOLD = frozenset(
    {"users", "job_schedules", "property_configurations", "property_list_configurations"}
    | {"job_logs", "data_diffs", "webhooks"}
)
_ROLES = ("ADMIN", "DEVELOPER", "SUPPORT", "READ_ONLY")
_SYNCS_LOGGED = 3
_DIFFS_KEPT = 30 * DAY
# Of people, a field that often comes in later.
_FILLED_IN_LATER = {
    "leads": "status",
    "applicants": "notes",
    "residents": "notes",
}
_COMPARED = (*_FILLED_IN_LATER, "events")
_SPOKEN_OF = frozenset({"properties", "property_lists", *_COMPARED})
# Changes are told of the first so many records of each model, at a system's first properties. So
# they are the same with more leads, and no more.
_COMPARED_AT_A_PROPERTY, _PROPERTIES_COMPARED = 4, 2


class CustomerAccount(NamedTuple):
    """The account that the connections belong to: its stream, and what its records look like."""

    fakes: Fakes
    resources: Resources

    def shown(self, model: str, record: Record) -> Record:
        """Return the fields of a record that are shown and are not empty."""
        found = {name: record.get(name) for name in self.resources[model].fields}
        return {name: value for name, value in found.items() if value is not None}


@dataclass
class Sightings:
    """What has been seeded so far that configurations and logs speak of, by integration."""

    seen: dict[str, dict[str, list[Record]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )
    _counts: Counter[tuple[object, str]] = field(default_factory=Counter)

    def of(self, records: Iterable[tuple[str, Record]]) -> Iterator[tuple[str, Record]]:
        """Pass records on, noting those that are spoken of."""
        for resource, record in records:
            if resource in _SPOKEN_OF:
                self._note(resource, record)
            yield resource, record

    def _note(self, resource: str, record: Record) -> None:
        known = self.seen[str(record["integration_id"])]
        if resource not in _COMPARED or self._is_compared(resource, record, known):
            known[resource].append(record)

    def _is_compared(self, resource: str, record: Record, known: Mapping[str, Any]) -> bool:
        if len(known["properties"]) > _PROPERTIES_COMPARED:
            return False
        self._counts[record["property_id"], resource] += 1
        return self._counts[record["property_id"], resource] <= _COMPARED_AT_A_PROPERTY


def records_of(
    account: CustomerAccount, systems: Sequence[System], sightings: Sightings
) -> Iterator[tuple[str, Record]]:
    """Yield what there is to tell of the systems, once everything in them has been seeded."""
    fakes, opened = account.fakes, systems[0].opened
    for role in _ROLES:
        yield "users", _user(fakes.of("user", role), role, opened)
    for system in systems:
        yield from _system(account, system, sightings.seen[system.id])
    yield "webhooks", _webhook(fakes.of("webhook"), opened)


def _user(fakes: Fakes, role: str, opened: int) -> Record:
    person = fakes.person(at="management.example.com")
    joined = between(fakes.random, opened - 30 * DAY, opened)
    return {
        "id": cuid(fakes.random),
        "created_at": iso(joined),
        "updated_at": iso(joined),
        "first_name": person.first_name,
        "last_name": person.last_name,
        "email": person.email,
        "roles": [role],
    }


def _webhook(fakes: Fakes, opened: int) -> Record:
    """Return a webhook that somebody ordered, an example to read; its address is nobody's.

    It is switched off, since what could never be sent would only fill the log of deliveries.
    """
    ordered = iso(opened)
    # Switched on, it hears nothing of records, since that would be a delivery for every write.
    triggers = ("SYNC_COMPLETE", "FIRST_SYNC_COMPLETE", "WRITE_OPERATION_FAILURE")
    return {
        "id": cuid(fakes.random),
        "created_at": ordered,
        "updated_at": ordered,
        "url": "https://hooks.example.com/propexo",
        "headers": [{"header": "x-environment", "value": "sandbox"}],
        "active": False,
        "secret": f"{fakes.random.getrandbits(128):032x}",
        "system": "SANDBOX",
        "triggers": [
            {"id": cuid(fakes.random), "trigger": name, "model": None} for name in triggers
        ],
    }


def _system(
    account: CustomerAccount, system: System, known: Mapping[str, list[Record]]
) -> Iterator[tuple[str, Record]]:
    for each in known["properties"]:
        yield "property_configurations", _configuration(system, each, "property_id")
    for each in known["property_lists"]:
        listed = _configuration(system, each, "property_list_id")
        yield "property_list_configurations", listed | {"x_property_list_id": each["x_id"]}
    schedule = _schedule(system)
    yield "job_schedules", schedule
    for ago in reversed(range(_SYNCS_LOGGED)):
        yield from (("job_logs", log) for log in _sync(system, schedule, ago))
    for diff in _diffs(account, system, known):
        yield "data_diffs", diff


def _configuration(system: System, subject: Record, named: str) -> Record:
    return {
        "id": cuid(system.fakes.of("configuration", subject["id"]).random),
        "created_at": subject["created_at"],
        "integration_id": system.id,
        named: subject["id"],
        "enabled": True,
    }


def _schedule(system: System) -> Record:
    return {
        "id": cuid(system.fakes.of("schedule").random),
        "integration_id": system.id,
        "created_at": iso(system.opened),
        "updated_at": iso(system.opened),
        "job_type": SYNC,
        "status": "ACTIVE",
        "last_run": system.last_seen,
        "sync_frequency": SYNC_FREQUENCY,
        "sync_cadence": SYNC_CADENCE,
        "parameters": {},
    }


def _sync(system: System, schedule: Record, ago: int) -> Iterator[Record]:
    """Yield the logs of the sync before so many others: the reads that it spawned, then its own."""
    ended = system.synced - ago * SYNC_FREQUENCY * HOUR
    models = _COMPARED if system.vendor in INTERFACES else ("properties",)
    ids = system.fakes.of("sync", ago).random
    root = cuid(ids)
    for index, model in enumerate(models):
        at = ended - (len(models) - index) * 20 * SECOND
        yield _log(system, ids, root, f"READ_{model.upper()}", at)
    yield _log(system, ids, root, SYNC, ended) | {
        "job_id": root,
        "parent_job_id": None,
        "job_schedule_id": schedule["id"],
    }


def _log(system: System, ids: Random, root: str, job_type: str, at: int) -> Record:
    return {
        "id": cuid(ids),
        "job_id": cuid(ids),
        "created_at": iso(at),
        "job_type": job_type,
        "status": "SUCCESS",
        "parent_job_id": root,
        "root_job_id": root,
        "job_schedule_id": None,
        "integration_id": system.id,
        "associated_property_id": None,
    }


def _diffs(
    account: CustomerAccount, system: System, known: Mapping[str, list[Record]]
) -> Iterator[Record]:
    """Yield how records came in during the last 30 days, and what later syncs found changed."""
    oldest = iso(system.synced - _DIFFS_KEPT + DAY)
    recent: set[object] = set()
    for model in _COMPARED:
        for record in known[model]:
            created, updated = str(record["created_at"]), str(record["updated_at"])
            if oldest <= created and (model in _FILLED_IN_LATER or recent & _people_of(record)):
                recent.add(record["id"])
                yield _diff(system, model, record, ("NEW", created), account.shown(model, record))
            if model in _FILLED_IN_LATER and oldest <= updated and created < updated:
                changed = _change(model, record, updated)
                yield _diff(system, model, record, ("UPDATE", updated), changed)


def _people_of(event: Record) -> set[object]:
    """Return whom an event is about.

    Events keep to office hours, so that they move with the weekdays. Whether they are told of
    follows from the people, who do not.
    """
    names = ("associated_lead_ids", "associated_applicant_ids", "associated_resident_ids")
    return {one for name in names for one in cast("list[object]", event[name])}


def _diff(
    system: System, model: str, record: Record, event: tuple[str, str], difference: Record
) -> Record:
    event_type, found_at = event
    return {
        "id": cuid(system.fakes.of("diff", record["id"], event_type).random),
        "model": model,
        "model_record_id": record["id"],
        "event_type": event_type,
        "data_diff": difference,
        "created_at": found_at,
        "job_id": None,
        "integration_id": system.id,
        "integration_vendor": system.vendor,
    }


def _change(model: str, record: Record, updated: str) -> Record:
    """Return the field that a later sync filled in, beside the time of the change."""
    name = _FILLED_IN_LATER[model]
    return {
        "new": {name: record.get(name), "updated_at": updated},
        "previous": {name: None, "updated_at": record["created_at"]},
    }
