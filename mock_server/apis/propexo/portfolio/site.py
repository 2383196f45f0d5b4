"""What a property's books hold so far: where later stories find what earlier ones wrote."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from mock_server.apis.propexo.portfolio.places import Place
from mock_server.apis.propexo.portfolio.timeline import iso, moment_of
from mock_server.contract.resource import Resource
from mock_server.world.identifiers import cuid

Facts = dict[str, Any]
Told = Iterator[tuple[str, Facts]]
Resources = Mapping[str, Resource]


@dataclass
class Site:
    """A property with everything that has been written down of it, by resource."""

    place: Place
    resources: Resources
    known: defaultdict[str, list[Facts]] = field(default_factory=lambda: defaultdict(list))
    _blanks: dict[str, Facts] = field(default_factory=dict)

    def with_stream(self, *name: object) -> "Site":
        """Return the same site, drawing from the stream of that name within its own."""
        return self.at(self.place.with_stream(*name))

    def at(self, place: Place) -> "Site":
        """Return the same site, drawing as that view of its property does."""
        return Site(place, self.resources, self.known, self._blanks)

    def write(
        self, resource: str, created: int, *, updated: int | None = None, **values: Any
    ) -> Facts:
        """Make a record in which every field of the contract stands; those not given are empty."""
        place = self.place
        new = self._blank(resource).copy()
        new["id"] = cuid(place.random)
        new["created_at"] = iso(created)
        new["updated_at"] = iso(place.touched(created) if updated is None else updated)
        if "x_id" not in values:
            new["x_id"] = place.next_x_id(resource)
        new.update(values)
        return new

    def note(self, resource: str, record: Facts) -> None:
        """Remember a record, once it is yielded, for the stories after it."""
        self.known[resource].append(record)

    def named(self, resource: str, name: str) -> Facts | None:
        """Find the property's record of that name, None where its system has none."""
        return next((one for one in self.known[resource] if one["name"] == name), None)

    def link(self, field_name: str, record: Mapping[str, Any] | None) -> Facts:
        """Name a record by its id and by the id that its own system gave it."""
        return {
            f"{field_name}_id": record["id"] if record else None,
            f"x_{field_name}_id": record["x_id"] if record else None,
        }

    def _blank(self, resource: str) -> Facts:
        if resource not in self._blanks:
            self._blanks[resource] = self._new_blank(resource)
        return self._blanks[resource]

    def _new_blank(self, resource: str) -> Facts:
        if resource not in self.resources:
            return {}
        promised = self.resources[resource]
        filled: Facts = {**promised.blank, **dict.fromkeys(promised.private), "id": None}
        shared = self.shared()
        return filled | {name: shared[name] for name in shared.keys() & filled.keys()}

    def shared(self) -> Facts:
        """Return what all records of the property have in common, by field."""
        place = self.place
        return {
            "last_seen": place.system.last_seen,
            "x_location_id": place.x_location_id,
            "location_id": place.location_id,
            "integration_id": place.system.id,
            "integration_vendor": place.system.vendor,
            "property_id": place.id,
            "x_property_id": place.x_id,
            "custom_data": {},
        }


def moment(text: str) -> int:
    """Read a moment as the API writes it: `2026-03-22T10:59:45.119Z`, or midnight of a date."""
    return moment_of(datetime.fromisoformat(text).astimezone(UTC))


def in_text(name: str, cents: int) -> Facts:
    """Give an amount as a number of cents and as the text of the system it comes from."""
    return {f"{name}_in_cents": cents, f"{name}_raw": f"{cents / 100:.2f}"}
