"""What a new Propexo world holds: the documents' own records, and the invented portfolio."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from mock_server import shipped
from mock_server.apis.propexo import portfolio
from mock_server.engine.api import Planting

_BATCH = 2_000


def records(planting: Planting) -> Iterator[tuple[str, Iterable[Mapping[str, Any]]]]:
    """Yield the documentation scenario and then the portfolio, in batches by table."""
    documented = shipped.read_yaml(planting.fixtures / "propexo" / "documentation.yaml")
    for resource, entries in documented.items():
        yield f"propexo_{resource}", entries
    yield from _batches(planting)


def _batches(planting: Planting) -> Iterator[tuple[str, list[Mapping[str, Any]]]]:
    waiting: defaultdict[str, list[Mapping[str, Any]]] = defaultdict(list)
    invented = portfolio.records(
        leads=planting.leads,
        now=planting.now,
        random=planting.random,
        fixtures=planting.fixtures,
        resources=planting.resources,
    )
    for resource, record in invented:
        waiting[resource].append(record)
        if len(waiting[resource]) == _BATCH:
            yield f"propexo_{resource}", waiting.pop(resource)
    for resource, rest in waiting.items():
        yield f"propexo_{resource}", rest
