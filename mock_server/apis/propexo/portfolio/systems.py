"""Which property systems are connected, and what each lends to the records read from it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from mock_server.apis.propexo.portfolio.timeline import DAY, HOUR, MINUTE, between, iso
from mock_server.world.fakes import Fakes
from mock_server.world.identifiers import cuid

Record = dict[str, object]

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
    _next_x_ids: dict[str, Callable[[], str]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.random = self.fakes.random
        self.id = cuid(self.random)
        self.last_seen = iso(self.synced)

    def next_x_id(self, resource: str) -> str:
        """Give the next id of a resource in this system's own style."""
        if resource not in self._next_x_ids:
            self._next_x_ids[resource] = self._x_ids_of(resource)
        return self._next_x_ids[resource]()

    def touched(self, created: int) -> int:
        """Draw when a record was last changed; most never are."""
        return between(self.random, created, self.synced) if self.fakes.chance(0.3) else created

    def _x_ids_of(self, resource: str) -> Callable[[], str]:
        if self.vendor in _SYSTEMS_WITH_UUIDS:
            return lambda: uuid(self.random)
        coded = self.vendor in _SYSTEMS_WITH_CODES
        spelling = _CODED_IDS.get(resource, "{}") if coded else "{}"
        return _Counted(self.random, _FIRST_NUMBERS[self.vendor], spelling)


class _Counted:
    """Ids that count upwards with gaps, as in a system that others write to as well."""

    def __init__(self, random: Random, first: int, spelling: str) -> None:
        self._random, self._spelling = random, spelling
        self._latest = first + int(random.random() * first)

    def __call__(self) -> str:
        self._latest += 1 + int(self._random.random() * 5)
        return self._spelling.format(self._latest)


def uuid(random: Random) -> str:
    """Write a version 4 UUID from the seeded generator."""
    digits = f"{random.getrandbits(128):032x}"
    parts = (digits[:8], digits[8:12], f"4{digits[13:16]}", f"a{digits[17:20]}", digits[20:])
    return "-".join(parts)


def connect(vendor: str, fakes: Fakes, now: int) -> System:
    """Connect a system some 180 days ago, and sync it within the hours before now."""
    opened = between(fakes.random, now - 180 * DAY, now - 178 * DAY)
    return System(vendor, fakes, opened, between(fakes.random, now - 2 * HOUR, now - MINUTE))
