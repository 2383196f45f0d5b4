"""Where people live: what everything that belongs to one property has to know of it."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from mock_server.apis.propexo.portfolio.systems import ExternalIds, Facts, Record, Resources, System
from mock_server.apis.propexo.portfolio.timeline import MINUTE, between, iso
from mock_server.contract.resource import Resource
from mock_server.world.fakes import Fakes, letters_of
from mock_server.world.identifiers import cuid


class City(NamedTuple):
    """A town where flats are rented, with what its addresses and prices depend on."""

    name: str
    state: str
    zips: tuple[str, ...]
    area_codes: tuple[str, ...]
    zone: ZoneInfo
    one_bedroom_rent_in_cents: int


class Layout(NamedTuple):
    """A kind of flat that a floor plan can be, and how its rent compares with one bedroom."""

    name: str
    bedrooms: int
    bathrooms: str
    square_feet: int
    rent_factor: float
    marketing_name: str

    @property
    def bath_fields(self) -> Record:
        full, _, half = self.bathrooms.partition(".")
        return {
            "bathrooms": self.bathrooms,
            "bathrooms_full": int(full),
            "bathrooms_half": int(bool(half)),
        }

    @property
    def bathroom_count(self) -> float:
        """The number of bathrooms, whole where it is whole, as JSON would show it."""
        count = float(self.bathrooms)
        return int(count) if count.is_integer() else count


class FloorPlan(NamedTuple):
    """A floor plan of one property."""

    record: Record
    layout: Layout
    square_feet: int
    rent_in_cents: int


class Unit(NamedTuple):
    """A flat of one property."""

    record: Record
    number: str
    plan: FloorPlan
    is_available: bool


class Plot(NamedTuple):
    """Where a property is to be built, and who asks there."""

    system: System
    city: City
    number: int
    """How many properties the system has before it."""
    prospects: Sequence[int]
    """The numbers of the leads that ask there, each unlike all others of the portfolio."""
    months_of_money: int
    """So many months of charges and payments are kept."""


@dataclass
class Place:
    """A property in the making: what every record that belongs to it has to know."""

    system: System
    fakes: Fakes
    city: City
    name: str
    address: str
    zip: str
    opened: int
    """The moment of its first sync; nothing that belongs to it is older."""
    x_ids: ExternalIds
    resources: Resources
    random: Random = field(init=False)
    id: str = field(init=False)
    x_id: str = field(init=False)
    location_id: str | None = None
    x_location_id: str | None = None
    plans: list[FloorPlan] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    _let: set[str] = field(default_factory=set)
    _blanks: dict[str, Facts] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.random = self.fakes.random
        self.id = cuid(self.random)
        self.x_id = self.next_x_id("properties")
        if self.system.vendor == "RENTMANAGER":
            self.location_id = cuid(self.random)
            self.x_location_id = self.next_x_id("locations")

    def with_stream(self, *name: object) -> "Place":
        """Return the same property, drawing from the stream of that name within its own."""
        twin = object.__new__(Place)
        twin.__dict__.update(self.__dict__)
        twin.fakes = self.fakes.of(*name)
        twin.random = twin.fakes.random
        return twin

    def first_number(self, series: str) -> int:
        """Return where the property begins to count a series, such as its work orders.

        Ask the property itself, not a view of it that draws from another stream.
        """
        return 1_000 + self.fakes.of("first number", series).key % 8_000

    def next_x_id(self, resource: str) -> str:
        """Give the next id of a resource in the style of the property's system."""
        return self.x_ids.next(resource, self.random)

    @property
    def mail_domain(self) -> str:
        return f"{letters_of(self.name)}.example.com"

    def phone(self) -> str:
        return self.fakes.phone(self.fakes.pick(self.city.area_codes))

    def postal_address(self, second_line: str | None) -> Record:
        """Give the address of the property, or of a flat in it, under the units' field names."""
        return {
            "city": self.city.name,
            "country": "US",
            "state": self.city.state,
            "zip": self.zip,
            "street_address_1": self.address,
            "address_1": self.address,
            "street_address_2": second_line,
            "address_2": second_line,
        }

    def let_one(self) -> Unit:
        """Let a flat that nobody rents yet; where all are taken, somebody shares one."""
        lets = [unit for unit in self.units if not unit.is_available]
        chosen = self.fakes.pick(
            [unit for unit in lets if unit.number not in self._let] or self.units
        )
        self._let.add(chosen.number)
        return chosen

    def founding_moment(self) -> int:
        """Draw a moment of the first sync, which brought in everything but the people."""
        return between(self.random, self.opened, self.opened + 30 * MINUTE)

    def touched(self, created: int) -> int:
        """Draw when a record was last changed."""
        return self.system.touched(created, self.random)

    def write(
        self, resource: str, created: int, *, updated: int | None = None, **values: Any
    ) -> Facts:
        """Make a record in which every field of the contract stands; those not given are empty."""
        blank = self._blanks.get(resource) or self._blank(resource)
        new = blank.copy()
        new["id"] = cuid(self.random)
        new["created_at"] = new["updated_at"] = iso(created)
        changed = self.touched(created) if updated is None else updated
        if changed != created:
            new["updated_at"] = iso(changed)
        if "x_id" not in values:
            new["x_id"] = self.x_ids.next(resource, self.random)
        new.update(values)
        return new

    def _blank(self, resource: str) -> Facts:
        blank = self._blanks[resource] = self._new_blank(self.resources[resource])
        return blank

    def _new_blank(self, promised: Resource) -> Facts:
        filled: Facts = {**promised.blank, **dict.fromkeys(promised.private), "id": None}
        return filled | {name: value for name, value in self._shared().items() if name in filled}

    def _shared(self) -> Facts:
        """Return what all records of the property have in common, by field."""
        return {
            "last_seen": self.system.last_seen,
            "x_location_id": self.x_location_id,
            "location_id": self.location_id,
            "integration_id": self.system.id,
            "integration_vendor": self.system.vendor,
            "property_id": self.id,
            "x_property_id": self.x_id,
            "custom_data": {},
        }


def read_cities(fixtures: Path) -> list[City]:
    """Read the towns that properties may stand in."""
    with (fixtures / "geography" / "us_cities.csv").open(encoding="utf-8", newline="") as lines:
        return [_city(row) for row in csv.DictReader(lines)]


def _city(row: dict[str, str]) -> City:
    return City(
        name=row["city"],
        state=row["state"],
        zips=tuple(row["zip_codes"].split(";")),
        area_codes=tuple(row["area_codes"].split(";")),
        zone=ZoneInfo(row["timezone"]),
        one_bedroom_rent_in_cents=100 * int(row["median_one_bedroom_rent_dollars"]),
    )
