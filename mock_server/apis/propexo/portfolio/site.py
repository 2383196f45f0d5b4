"""What a property's books hold so far: where later stories find what earlier ones wrote."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from mock_server.apis.propexo.portfolio.places import Place
from mock_server.apis.propexo.portfolio.systems import Facts
from mock_server.apis.propexo.portfolio.timeline import moment_of

Told = Iterator[tuple[str, Facts]]


@dataclass
class Site:
    """A property with everything that has been written down of it, by resource."""

    place: Place
    known: defaultdict[str, list[Facts]] = field(default_factory=lambda: defaultdict(list))
    _named: dict[tuple[str, str], Facts] = field(default_factory=dict)

    def with_stream(self, *name: object) -> "Site":
        """Return the same site, drawing from the stream of that name within its own."""
        return self.at(self.place.with_stream(*name))

    def at(self, place: Place) -> "Site":
        """Return the same site, drawing as that view of its property does."""
        return Site(place, self.known, self._named)

    @property
    def write(self) -> Callable[..., Facts]:
        """What makes a record of the property: `Place.write`."""
        return self.place.write

    def note(self, resource: str, record: Facts) -> None:
        """Remember a record, once it is yielded, for the stories after it."""
        self.known[resource].append(record)

    def named(self, resource: str, name: str) -> Facts | None:
        """Find the property's record of that name, None where its system has none."""
        found = self._named.get((resource, name))
        if found is None:
            found = next((one for one in self.known[resource] if one["name"] == name), None)
            if found is not None:
                self._named[resource, name] = found
        return found

    def link(self, field_name: str, record: Mapping[str, Any] | None) -> Facts:
        """Name a record by its id and by the id that its own system gave it."""
        return {
            f"{field_name}_id": record["id"] if record else None,
            f"x_{field_name}_id": record["x_id"] if record else None,
        }


def moment(text: str) -> int:
    """Read a moment as the API writes it: `2026-03-22T10:59:45.119Z`, or midnight of a date."""
    return moment_of(datetime.fromisoformat(text).astimezone(UTC))


def in_text(name: str, cents: int) -> Facts:
    """Give an amount as a number of cents and as the text of the system it comes from."""
    return {f"{name}_in_cents": cents, f"{name}_raw": f"{cents / 100:.2f}"}
