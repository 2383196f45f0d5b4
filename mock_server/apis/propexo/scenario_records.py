"""What a record of Propexo's has of which a scenario says only some fields."""

from collections.abc import Iterator

from mock_server.apis.propexo import record_fields, scenario_leases
from mock_server.apis.propexo.interfaces import (
    CONNECTION,
    SYNC,
    reads_of,
)
from mock_server.apis.propexo.kept import records
from mock_server.apis.propexo.seeding import removal
from mock_server.contract.catalogue import Catalogue
from mock_server.engine.references import by_field
from mock_server.engine.scenarios.furnishing import Furnishing, Newcomer
from mock_server.nearest import listed
from mock_server.world.identifiers import cuid
from mock_server.world.records import Record
from mock_server.world.world import World

_FEW = 3


def furnishing(catalogue: Catalogue) -> Furnishing:
    """Return how records of Propexo's become whole."""
    return Furnishing(
        whole=lambda newcomer: _whole(catalogue, newcomer),
        changed=lambda newcomer: _changed(catalogue, newcomer),
        beside=_beside,
    )


def _whole(catalogue: Catalogue, newcomer: Newcomer) -> Record:
    """Return a new record as Propexo's copy of it: its ids, its integration, and when it was read.

    Raises `ValueError` where nothing says to which integration it belongs.
    """
    if newcomer.resource.name == "integrations":
        return _connection(newcomer)
    integration = _integration(catalogue, newcomer)
    random = newcomer.fakes.random
    born = {
        "id": cuid(random),
        "x_id": str(random.randrange(10**6, 10**8)),
        "integration_id": integration.get("id"),
        "integration_vendor": integration.get("vendor"),
        **dict.fromkeys(("created_at", "updated_at", "x_created_at"), newcomer.born),
        "last_seen": integration.get("last_completed_sync") or newcomer.born,
    }
    if newcomer.resource.name == "properties":
        made = {**born, **newcomer.said}
        born |= {"property_id": made["id"], "x_property_id": made["x_id"]}
    fields = newcomer.resource.fields
    own = {name: value for name, value in born.items() if name in fields}
    whole = {**own, **_with_foreign_ids(catalogue, newcomer)}
    if newcomer.resource.name == "leases":
        return scenario_leases.held(newcomer.world, whole)
    return whole


def _connection(newcomer: Newcomer) -> Record:
    """Return a new integration, which Propexo has read at the start of the day.

    Raises `ValueError` for one without a vendor.
    """
    vendor = newcomer.said.get("vendor")
    if vendor is None:
        raise ValueError("vendor: is required, such as ENTRATA")
    return {
        "id": cuid(newcomer.fakes.random),
        **dict.fromkeys(("created_at", "updated_at", "last_completed_sync"), newcomer.born),
        "name": f"{vendor} scenario",
        **CONNECTION,
        **reads_of(vendor),
        "configuration_meta_data": [],
        **newcomer.said,
    }


def _changed(catalogue: Catalogue, newcomer: Newcomer) -> Record:
    return _with_foreign_ids(catalogue, newcomer)


def _with_foreign_ids(catalogue: Catalogue, newcomer: Newcomer) -> Record:
    world, resource, said = newcomer.world, newcomer.resource, newcomer.said
    known = record_fields.with_foreign_ids(catalogue, world, resource, said)
    return {**known, **said}


def _integration(catalogue: Catalogue, newcomer: Newcomer) -> Record:
    """Return the integration that is said, or that of the first record that is referred to."""
    if "integration_id" not in newcomer.resource.fields:
        return {}
    named = newcomer.said.get("integration_id") or _owner_of_others(catalogue, newcomer)
    integrations = records(newcomer.world, "integrations")
    if named is None:
        some = listed([each["id"] for each in integrations.all()][:_FEW], last="or")
        advice = f"is required unless property_id names a property; for example {some}"
        raise ValueError(f"integration_id: {advice}")
    return integrations.get(named) or {"id": named}


def _owner_of_others(catalogue: Catalogue, newcomer: Newcomer) -> object:
    known = by_field(catalogue)
    for name, value in newcomer.said.items():
        if name in known and isinstance(value, str):
            other = records(newcomer.world, known[name]).get(value) or {}
            if other.get("integration_id") is not None:
                return other["integration_id"]
    return None


def _beside(world: World, resource: str, record: Record) -> Iterator[tuple[str, Record]]:
    """Yield the schedule of a new integration, and that a PMS no longer has what no sync sees."""
    if resource == "integrations":
        yield from _schedule(world, record)
    integration = records(world, "integrations").get(record.get("integration_id")) or {}
    seen, last_sync = record.get("last_seen"), integration.get("last_completed_sync")
    if seen is not None and last_sync is not None and seen < last_sync:
        yield "propexo_pms_changes", removal(resource, record)


def _schedule(world: World, integration: Record) -> Iterator[tuple[str, Record]]:
    schedule_id = f"{integration['id']}-schedule"
    if records(world, "job_schedules").get(schedule_id) is None:
        stamps = ("created_at", "updated_at", "last_run")
        yield (
            "propexo_job_schedules",
            {
                "id": schedule_id,
                "integration_id": integration["id"],
                **dict.fromkeys(stamps, integration["last_completed_sync"]),
                "job_type": SYNC,
                "status": "ACTIVE",
                "sync_frequency": integration["sync_frequency"],
                "sync_cadence": integration["sync_cadence"],
                "parameters": {},
            },
        )
