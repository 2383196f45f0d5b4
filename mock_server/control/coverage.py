"""What the calls of this server have exercised of what the vendors' contracts promise."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from mock_server.contract.catalogue import Catalogue
from mock_server.contract.operation import Operation
from mock_server.engine import deliveries
from mock_server.engine.api import Api
from mock_server.engine.call import Call, Reply, reply
from mock_server.engine.journal import Journal
from mock_server.world.world import World
from mock_server.world.worlds import Worlds

Seen = Mapping[str, Mapping[int, int]]


def read(journal: Journal, apis: Sequence[Api], _call: Call, _world: World) -> Reply:
    """Answer what was seen, in all worlds and since the start, and how much there is."""
    vendors = [each for each in apis if not each.is_control]
    outcomes = journal.outcomes()
    seen: dict[str, dict[int, int]] = {}
    for (key, status, _), count in outcomes.items():
        if key is not None:
            counts = seen.setdefault(key, {})
            counts[status] = counts.get(status, 0) + count
    systems = {pms for _, _, pms in outcomes if pms is not None}

    def afterwards(worlds: Worlds) -> Reply:
        events = {event for name in worlds.names() for event in worlds.ask(name, _events) or ()}
        return reply(
            {
                "operations": _operations(vendors, seen),
                "statuses": _statuses(vendors, seen),
                "pms": _share(systems, _systems(vendors)),
                "triggers": _share(events, _triggers(vendors)),
                "assumptions": [*_assumptions(vendors, seen)],
            }
        )

    return Reply(b"{}", afterwards=afterwards)


def _events(world: World) -> set[str]:
    if not world.owns(deliveries.TABLE):
        return set()
    return {str(each["event"]) for each in world.collection(deliveries.TABLE).all()}


def _operations(vendors: Iterable[Api], seen: Seen) -> dict[str, Any]:
    known = {each.key for api in vendors for each in api.catalogue.operations.values()}
    return _share(seen, known) | {
        "calls": [
            {"operation": key, "statuses": {str(each): count for each, count in counts.items()}}
            for key, counts in sorted(seen.items())
        ]
    }


def _statuses(vendors: Iterable[Api], seen: Seen) -> dict[str, Any]:
    known = {
        f"{each.key} {status}"
        for api in vendors
        for each in api.catalogue.operations.values()
        for status in _documented(api.catalogue, each)
    }
    found = {f"{key} {status}" for key, counts in seen.items() for status in counts}
    return _share(found, known)


def _documented(catalogue: Catalogue, operation: Operation) -> Iterable[str]:
    said = catalogue.document.root["paths"][operation.path][operation.method.lower()]
    responses: Mapping[str, Any] = said.get("responses", {})
    return responses


def _systems(vendors: Iterable[Api]) -> set[str]:
    operations = (each for api in vendors for each in api.catalogue.operations.values())
    return {each.vendor for each in operations if each.vendor is not None}


def _triggers(vendors: Iterable[Api]) -> set[str]:
    return {event for each in vendors if each.webhooks for event in each.webhooks.events}


def _assumptions(vendors: Iterable[Api], seen: Seen) -> Iterator[dict[str, Any]]:
    """Yield the operations that were called and of which the documents do not say everything."""
    for api in vendors:
        for key, each in api.catalogue.operations.items():
            if key in seen and (each.evidence != "documented" or each.assumed):
                yield {"operation": key, "evidence": each.evidence, "assumed": [*each.assumed]}


def _share(found: Iterable[str], known: set[str]) -> dict[str, Any]:
    seen = sorted(known.intersection(found))
    return {"seen": len(seen), "total": len(known), "names": seen}
