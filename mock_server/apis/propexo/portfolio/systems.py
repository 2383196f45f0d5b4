"""Which property systems are connected, and what each lends to the records read from it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from mock_server.apis.propexo.portfolio.timeline import DAY, HOUR, MINUTE, between, iso
from mock_server.contract.resource import Resource
from mock_server.world.fakes import Fakes
from mock_server.world.identifiers import cuid

Record = dict[str, object]
Facts = dict[str, Any]
Resources = Mapping[str, Resource]

# What the systems with written-out ids put before the number; all others count plainly.
_CODED_IDS = {
    "properties": "prop{:04d}",
    "leads": "p{:07d}",
    "applicants": "t{:07d}",
    "residents": "t{:07d}",
    "units": "u{:06d}",
}
_SYSTEMS_WITH_CODES = ("MRI", "YARDI", "YARDI_REST")
_SYSTEMS_WITH_UUIDS = ("APPFOLIO", "RESMAN")
# How far the numbers of two properties are apart: room for a thousand records of each resource.
_RANGE = 5_000
_RANGES = {"properties": 5, "locations": 5}
_FIRST_NUMBERS = {
    "BUILDIUM": 12_000, "ENTRATA": 1_400_000, "MRI": 2_000, "PROPERTYWARE": 3_200_000,
    "PROPERTYWARE_REST": 3_600_000, "REALPAGE": 41_000, "REALPAGE_RPX": 5_000,
    "RENTMANAGER": 900, "RENTVINE": 300, "YARDI": 1_000, "YARDI_REST": 4_000,
}  # fmt: skip


@dataclass
class System:
    """One vendor's property system as Propexo is connected to it."""

    vendor: str
    fakes: Fakes
    opened: int
    """The moment it was connected; nothing read from it is older."""
    synced: int
    """The moment of its latest sync; nothing read from it is newer."""
    random: Random = field(init=False)
    id: str = field(init=False)
    last_seen: str = field(init=False)
    """The latest sync, written down: when it last saw nearly everything."""
    _first_numbers: dict[str, int] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.random = self.fakes.random
        self.id = cuid(self.random)
        self.last_seen = iso(self.synced)

    def touched(self, created: int, random: Random) -> int:
        """Draw when a record was last changed; most never are."""
        return between(random, created, self.synced) if random.random() < 0.3 else created

    def first_number(self, resource: str) -> int:
        """Return the number that the ids of a resource begin after."""
        if resource not in self._first_numbers:
            least = _FIRST_NUMBERS[self.vendor]
            more = self.fakes.of("first number", resource).key % least
            self._first_numbers[resource] = least + more
        return self._first_numbers[resource]


class ExternalIds:
    """The ids that one system gives to what belongs to one of its properties, in its own style.

    Most count upwards with gaps, as in a system that others write to as well. Each property has
    a range of its own, so that its ids stay as they are however many leads another one has.
    """

    def __init__(self, system: System, property_number: int) -> None:
        self._system, self._property_number = system, property_number
        self._latest: dict[str, int] = {}
        self._has_uuids = system.vendor in _SYSTEMS_WITH_UUIDS
        self._codes = _CODED_IDS if system.vendor in _SYSTEMS_WITH_CODES else {}

    def next(self, resource: str, random: Random) -> str:
        """Give the next id of a resource."""
        if self._has_uuids:
            return uuid(random)
        before = self._latest.get(resource) or self._first(resource)
        self._latest[resource] = latest = before + 1 + int(random.random() * 5)
        code = self._codes.get(resource)
        return code.format(latest) if code else str(latest)

    def _first(self, resource: str) -> int:
        own_range = self._property_number * _RANGES.get(resource, _RANGE)
        return self._system.first_number(resource) + own_range


def uuid(random: Random) -> str:
    """Write a version 4 UUID from the seeded generator."""
    digits = f"{random.getrandbits(128):032x}"
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-a{digits[17:20]}-{digits[20:]}"


def connect(vendor: str, fakes: Fakes, now: int) -> System:
    """Connect a system some 180 days ago, and sync it within the hours before now."""
    # No address that it gives depends on which addresses others give.
    own = Fakes(fakes.of(vendor).key)
    opened = between(own.random, now - 180 * DAY, now - 178 * DAY)
    return System(vendor, own, opened, between(own.random, now - 2 * HOUR, now - MINUTE))
