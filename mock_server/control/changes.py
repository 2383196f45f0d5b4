"""What became of the vendors' records in a world, since it began or since a snapshot of it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from mock_server.apis.propexo.pms import truth
from mock_server.control.snapshots import named
from mock_server.engine import deliveries, jobs
from mock_server.engine.api import Api, Behaviour
from mock_server.engine.call import Call, Reply, reply
from mock_server.world.records import Record
from mock_server.world.world import World

# What a PMS holds of Propexo's records: a write shows there first, and to readers later.
_HELD: Mapping[str, Callable[[World, str, str], Record | None]] = {"propexo": truth.record}
_UNREAD = "propexo_pms_changes"
# What each sync notes of itself, though nobody has written anything.
_NOTED_BY_SYNCS = frozenset({"last_completed_sync", "is_running_sync"})
_DELIVERY_FIELDS = ("number", "api", "event", "record_id", "state", "reason")


def behaviours(vendors: Sequence[Api]) -> dict[str, Behaviour]:
    """Return the behaviours that compare the records of these vendors."""
    return {
        "GET /__admin/changes": partial(since_beginning, vendors),
        "GET /__admin/snapshots/{snapshot}/changes": partial(since_snapshot, vendors),
    }


def since_beginning(vendors: Sequence[Api], call: Call, world: World) -> Reply:
    """Answer what is not as it was seeded."""
    return _compared(vendors, call, world.at(None), world)


def since_snapshot(vendors: Sequence[Api], call: Call, world: World) -> Reply:
    """Answer what is not as it was at the snapshot that the path names."""
    return _compared(vendors, call, world.at(named(call, world)), world)


def _compared(vendors: Sequence[Api], call: Call, before: World, world: World) -> Reply:
    found = [each for api in vendors for each in _records(api, before, world)]
    offset, limit = (call.question.values[each] for each in ("offset", "limit"))
    return reply(
        {
            "total": len(found),
            "results": found[offset : offset + limit],
            "failed_writes": _new(_failed(before), _failed(world)),
            "deliveries": _new(_sent(before), _sent(world)),
        }
    )


def _records(api: Api, before: World, world: World) -> Iterator[dict[str, Any]]:
    for resource in sorted(_written(api)):
        ids = (*before.changed_ids(api.table(resource)), *world.changed_ids(api.table(resource)))
        waiting = _unread(resource, world) if api.name in _HELD else ()
        for record_id in dict.fromkeys((*ids, *waiting)):
            change = _change(api, resource, record_id, (before, world))
            if change is not None:
                is_shown = _shown(api, world, resource, record_id) == _held(
                    api, world, resource, record_id
                )
                place = {"api": api.name, "resource": resource, "id": record_id}
                yield {**place, **change, "reads_show_it": is_shown}


def _written(api: Api) -> set[str]:
    """Return the resources that a caller can write: the vendor's own logs are none of them."""
    operations = api.catalogue.operations.values()
    return {each.resource for each in operations if each.resource and each.method != "GET"}


def _unread(model: str, world: World) -> list[str]:
    rows = world.collection(_UNREAD).all()
    return [row["record_id"] for row in rows if row["model"] == model]


def _change(
    api: Api, resource: str, record_id: str, worlds: tuple[World, World]
) -> dict[str, Any] | None:
    then, now = (_held(api, each, resource, record_id) for each in worlds)
    if then == now:
        return None
    if then is None or now is None:
        return {"change": "made" if then is None else "removed", "record": now or then}
    fields = {
        name: {"before": then.get(name), "after": value}
        for name, value in now.items()
        if value != then.get(name)
    }
    return {"change": "changed", "fields": fields}


def _held(api: Api, world: World, resource: str, record_id: str) -> Record | None:
    held = _HELD.get(api.name)
    if held is None:
        return _shown(api, world, resource, record_id)
    return _told(api, resource, held(world, resource, record_id))


def _shown(api: Api, world: World, resource: str, record_id: str) -> Record | None:
    return _told(api, resource, world.collection(api.table(resource)).get(record_id))


def _told(api: Api, resource: str, record: Record | None) -> Record | None:
    """Return the public fields without those that only tell when something happened."""
    if record is None:
        return None
    stamps = {*api.stamps_of_new, *api.stamps_of_changed, api.sighted, *_NOTED_BY_SYNCS}
    fields = api.catalogue.resources[resource].fields
    return {name: record.get(name) for name in fields if name not in stamps}


def _failed(world: World) -> list[dict[str, Any]]:
    now = world.clock.now()
    rows = world.collection(jobs.TABLE).all()
    found = (each for each in (jobs.find(world, row["id"]) for row in rows) if each)
    return [
        {
            "job_id": each.id,
            "operation": each.notes["operation"],
            "write_status": each.status(now),
            "errors": each.errors(now),
        }
        for each in found
        if each.status(now) in {jobs.FAILURE, jobs.PARTIAL_SUCCESS}
    ]


def _sent(world: World) -> list[dict[str, Any]]:
    rows = world.collection(deliveries.TABLE).all()
    return [{name: row[name] for name in _DELIVERY_FIELDS} for row in rows]


def _new(before: list[dict[str, Any]], now: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [each for each in now if each not in before]
