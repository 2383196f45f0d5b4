"""Which words a property system uses: lead sources, relationships, and kinds of event."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from mock_server.apis.propexo.portfolio.facts import tables_of
from mock_server.apis.propexo.portfolio.places import Place
from mock_server.apis.propexo.portfolio.systems import Record


class EventKind(NamedTuple):
    """A kind of event: whom it may concern, and its finer sorts."""

    name: str
    models: Sequence[str]
    sub_types: Sequence[str] = ()

    @property
    def code(self) -> str:
        """The name without blanks, each word beginning with a capital."""
        return "".join(word[:1].upper() + word[1:] for word in self.name.replace("-", " ").split())


@cache
def sources() -> tuple[str, ...]:
    """Return where leads come from."""
    return (*listing_services(), *tables_of("events")["other_sources"])


def listing_services() -> tuple[str, ...]:
    """Return the internet listing services among the sources."""
    return tuple(tables_of("events")["listing_services"])


@cache
def event_kinds() -> tuple[EventKind, ...]:
    """Return the kinds of events that a system knows."""
    return tuple(EventKind(**one) for one in tables_of("events")["kinds"])


# Systems that give a kind of event a code besides its name.
_SYSTEMS_WITH_CODES = ("ENTRATA", "REALPAGE", "REALPAGE_RPX", "YARDI", "YARDI_REST")


class Vocabulary(NamedTuple):
    """The lookup records of one property, by name."""

    sources: dict[str, Record]
    relationships: dict[str, Record]
    event_types: dict[str, Record]
    sub_types: tuple[Record, ...]
    results: tuple[Record, ...]


def vocabulary_of(place: Place) -> Vocabulary:
    """Write down the words of the property's system."""
    event_types = {kind.name: _event_type(place, kind) for kind in event_kinds()}
    return Vocabulary(
        sources={name: _named(place, "lead_sources", name) for name in sources()},
        relationships={
            name: _named(place, "lead_relationships", name)
            for name in tables_of("events")["relationships"]
        },
        event_types=event_types,
        sub_types=tuple(_sub_types(place, event_types)),
        results=tuple(_results(place, event_types)),
    )


def records_of(words: Vocabulary) -> Iterator[tuple[str, Record]]:
    """Yield the lookups, event types before what points at them."""
    for record in words.sources.values():
        yield "lead_sources", record
    for record in words.relationships.values():
        yield "lead_relationships", record
    for record in words.event_types.values():
        yield "event_types", record
    for record in words.sub_types:
        yield "event_sub_types", record
    for record in words.results:
        yield "event_results", record


def _named(place: Place, resource: str, name: str) -> Record:
    record = place.write(resource, place.founding_moment())
    record["name"] = name
    return record


def _event_type(place: Place, kind: EventKind) -> Record:
    record = _named(place, "event_types", kind.name)
    record["code"] = kind.code if place.system.vendor in _SYSTEMS_WITH_CODES else None
    record["models"] = list(kind.models)
    return record


def _sub_types(place: Place, event_types: dict[str, Record]) -> Iterator[Record]:
    for kind in event_kinds():
        for name in kind.sub_types:
            record = _named(place, "event_sub_types", name)
            record["event_type_id"] = event_types[kind.name]["id"]
            record["x_event_type_id"] = event_types[kind.name]["x_id"]
            yield record


def _results(place: Place, event_types: dict[str, Record]) -> Iterator[Record]:
    for name, kinds in tables_of("events")["results"].items():
        record = _named(place, "event_results", name)
        record["associated_event_type_ids"] = [event_types[kind]["id"] for kind in kinds]
        yield record
