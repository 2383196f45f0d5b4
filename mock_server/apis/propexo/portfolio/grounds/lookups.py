"""Which words a property system uses: lead sources, relationships, and kinds of event."""

from collections.abc import Iterator
from typing import NamedTuple

from mock_server.apis.propexo.portfolio.places import Place
from mock_server.apis.propexo.portfolio.systems import Record

# Internet listing services; a lead from one of them names it in `ils` as well.
LISTING_SERVICES = ("Apartments.com", "Zillow", "Rent.com")
SOURCES = (*LISTING_SERVICES, "Google", "Property website", "Walk-in", "Resident referral")
RELATIONSHIPS = ("Self", "Spouse", "Roommate", "Child", "Guarantor")

_EVERYBODY = ("leads", "applicants", "residents")
_LEADS = ("leads",)
_BEFORE_MOVING_IN = ("leads", "applicants")


class EventKind(NamedTuple):
    """A kind of event: whom it may concern, and its finer sorts."""

    name: str
    models: tuple[str, ...]
    sub_types: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """The name without blanks, each word beginning with a capital."""
        return "".join(word[:1].upper() + word[1:] for word in self.name.replace("-", " ").split())


EVENT_KINDS = (
    EventKind("Call from prospect", _LEADS),
    EventKind("Call to prospect", _LEADS, ("Follow-up call", "Left voicemail")),
    EventKind("Email from prospect", _LEADS),
    EventKind("Email to prospect", _LEADS, ("Quote sent",)),
    EventKind("Appointment", _EVERYBODY, ("First tour", "Second tour", "Virtual tour")),
    EventKind("Show", _BEFORE_MOVING_IN),
    EventKind("Walk-in", _BEFORE_MOVING_IN),
    EventKind("Note", _EVERYBODY),
    EventKind("LeaseSign", _BEFORE_MOVING_IN),
)

RESULTS: dict[str, tuple[str, ...]] = {
    "Answered": ("Call from prospect", "Call to prospect"),
    "Left message": ("Call to prospect",),
    "Completed": ("Appointment", "Show"),
    "No show": ("Appointment",),
    "Cancelled": ("Appointment",),
}

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
    event_types = {kind.name: _event_type(place, kind) for kind in EVENT_KINDS}
    return Vocabulary(
        sources={name: _named(place, "lead_sources", name) for name in SOURCES},
        relationships={name: _named(place, "lead_relationships", name) for name in RELATIONSHIPS},
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
    for kind in EVENT_KINDS:
        for name in kind.sub_types:
            record = _named(place, "event_sub_types", name)
            record["event_type_id"] = event_types[kind.name]["id"]
            record["x_event_type_id"] = event_types[kind.name]["x_id"]
            yield record


def _results(place: Place, event_types: dict[str, Record]) -> Iterator[Record]:
    for name, kinds in RESULTS.items():
        record = _named(place, "event_results", name)
        record["associated_event_type_ids"] = [event_types[kind]["id"] for kind in kinds]
        yield record
