"""What a vendor adds to a record of which a scenario says only what matters to it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from mock_server.contract.resource import Resource, types_of
from mock_server.world.fakes import Fakes
from mock_server.world.identifiers import cuid
from mock_server.world.records import Record
from mock_server.world.world import World

# Far above the numbers of the fixtures.
_FIRST_NUMBER = 900_001


@dataclass(frozen=True)
class Newcomer:
    """A record that a scenario adds: what it says, and where the rest comes from.

    `fakes` is a stream of chance of its own, `born` the start of the day of the seeded records.
    """

    world: World
    resource: Resource
    said: Mapping[str, Any]
    fakes: Fakes
    born: str


def as_said(newcomer: Newcomer) -> Record:
    """Return what is said of a record, with an id."""
    return {"id": _id(newcomer), **newcomer.said}


@dataclass(frozen=True)
class Furnishing:
    """How a vendor makes records of scenarios whole.

    `whole` returns what a new record has, or raises `ValueError` where too little is said.
    `changed` returns the fields that change along with those that are said of a known record.
    `beside` yields what else has to be stored, by table.
    """

    whole: Callable[[Newcomer], Record] = as_said
    changed: Callable[[Newcomer], Record] = lambda newcomer: dict(newcomer.said)
    beside: Callable[[World, str, Record], Iterable[tuple[str, Record]]] = lambda *_: ()


def _id(newcomer: Newcomer) -> Any:
    if "integer" not in types_of(newcomer.resource.fields["id"]):
        return cuid(newcomer.fakes.random)
    return newcomer.world.next_number(f"scenario {newcomer.resource.name}", first=_FIRST_NUMBER)
