"""What a new Propexo world holds: the documents' own records, and the invented portfolio."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from mock_server import shipped
from mock_server.engine.api import Planting
from mock_server.engine.changes import Change
from mock_server.world.fakes import Fakes
from mock_server.world.pristine import LeftOut

_BATCH = 2_000


def records(planting: Planting) -> Iterator[tuple[str, Iterable[Mapping[str, Any]] | LeftOut]]:
    """Yield the documentation scenario and then the portfolio, in batches by table."""
    documented = shipped.read_yaml(planting.fixtures / "propexo" / "documentation.yaml")
    for resource, entries in documented.items():
        yield f"propexo_{resource}", entries
    yield from _batches(planting)


def _batches(
    planting: Planting,
) -> Iterator[tuple[str, list[Mapping[str, Any]] | LeftOut]]:
    # A start that finds its records in the cache does without the portfolio's fifty modules.
    from mock_server.apis.propexo import portfolio

    waiting: defaultdict[str, list[Mapping[str, Any]]] = defaultdict(list)
    invented = portfolio.records(
        leads=planting.leads,
        now=planting.now,
        fakes=Fakes.seeded(planting.seed),
        fixtures=planting.fixtures,
        resources=planting.resources,
    )
    syncs: dict[object, object] = {}
    gone: defaultdict[tuple[str, Any], list[Any]] = defaultdict(list)
    for resource, record in invented:
        if resource == "integrations":
            syncs[record["id"]] = record["last_completed_sync"]
        elif _is_gone(record, syncs):
            waiting["pms_changes"].append(removal(resource, record))
            gone[resource, record["integration_id"]].append(record["id"])
        batch = waiting[resource]
        batch.append(record)
        if len(batch) == _BATCH:
            yield f"propexo_{resource}", waiting.pop(resource)
    for resource, rest in waiting.items():
        yield f"propexo_{resource}", rest
    for (resource, owner), ids in gone.items():
        yield f"propexo_{resource}", LeftOut(owner, str(syncs[owner]), tuple(ids))


def _is_gone(record: Mapping[str, Any], syncs: Mapping[object, object]) -> bool:
    """Say whether the PMS no longer has a record, so that the latest sync did not see it."""
    last_seen, last_sync = record.get("last_seen"), syncs.get(record.get("integration_id"))
    return last_seen != last_sync and last_seen is not None and last_sync is not None


def removal(resource: str, record: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is kept of a record that its PMS no longer has, though Propexo shows it."""
    table = f"propexo_{resource}"
    return {
        "id": f"gone {record['id']}",
        "integration_id": record["integration_id"],
        "model": resource,
        "record_id": record["id"],
        "change": Change("remove", table, record["id"]).as_details(),
        "is_read": True,
    }
