"""Whose leads these are: the account, its offices, statuses and stages, from fixtures/."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from mock_server import shipped
from mock_server.apis.leadpro import positions
from mock_server.apis.leadpro.positions import Position

LEAD_TYPES = ("sale", "let", "vendor", "landlord", "mortgage_request")


@dataclass(frozen=True)
class Patch:
    """Postcodes that an office covers for some types of lead.

    `postcode` is an area, a district, a sector or a unit. `centre` is where it lies, if that is
    another place than geography says.
    """

    postcode: str
    lead_types: Collection[str] = LEAD_TYPES
    centre: Position | None = None

    @cached_property
    def centres(self) -> Sequence[Position]:
        """The positions that distances are measured to: of an area those of its districts."""
        if self.centre is not None:
            return (self.centre,)
        if self.postcode.isalpha():
            return positions.centres_of(self.postcode)
        found = positions.position_of(self.postcode)
        return () if found is None else (found,)


@dataclass(frozen=True)
class Office:
    """A branch of the agency: where it stands, and what it covers."""

    id: int
    name: str
    position: Position
    patches: Sequence[Patch]

    def covers(self, lead_type: str) -> Sequence[Patch]:
        """Return what the office covers for a type of lead."""
        return [each for each in self.patches if lead_type in each.lead_types]


@dataclass(frozen=True)
class Account:
    """The estate agency that every token of the sandbox belongs to."""

    id: int
    name: str
    offices: Sequence[Office]
    statuses: Sequence[Mapping[str, Any]]
    stages: Mapping[int, str]


@cache
def account() -> Account:
    """Return the agency as fixtures/leadpro/account.yaml describes it."""
    said = shipped.read_yaml(shipped.folder("fixtures") / "leadpro" / "account.yaml")
    return Account(
        id=said["account"]["id"],
        name=said["account"]["name"],
        offices=[_office(each) for each in said["offices"]],
        statuses=said["statuses"],
        stages={each["id"]: each["name"] for each in said["stages"]},
    )


def _office(said: Mapping[str, Any]) -> Office:
    position = Position(said["latitude"], said["longitude"])
    return Office(said["id"], said["name"], position, tuple(_patches(said)))


def _patches(said: Mapping[str, Any]) -> Iterator[Patch]:
    for group in ({"patches": said["patches"]}, *said.get("patches_by_type", ())):
        centre = Position(*group["centre"]) if "centre" in group else None
        types = tuple(group.get("lead_types", LEAD_TYPES))
        yield from (Patch(each, types, centre) for each in group["patches"])
