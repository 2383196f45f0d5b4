"""Where the people of the seeded leads live: neighbourhoods that exist, with their postcodes."""

import csv
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from mock_server import shipped
from mock_server.apis.leadpro import postcodes
from mock_server.world.fakes import Fakes

# The letters that the second half of a postcode can have.
_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"


class Neighbourhood(NamedTuple):
    """A part of a town, with the first half of its postcodes and the sectors that it has."""

    outward_code: str
    sectors: Sequence[str]
    locality: str
    post_town: str

    @property
    def area(self) -> str:
        """The letters that its postcodes begin with."""
        return postcodes.levels(self.outward_code)[-1]

    @property
    def name(self) -> str:
        """What people call it."""
        return self.locality or self.post_town

    def address(self, street: str) -> str:
        """Return an address without its postcode."""
        return ", ".join(part for part in (street, self.locality, self.post_town) if part)

    def postcode(self, fakes: Fakes) -> str:
        """Draw a postcode; its unit is invented."""
        unit = "".join(fakes.random.choices(_LETTERS, k=2))
        return f"{self.outward_code} {fakes.pick(self.sectors)}{unit}"

    def is_in(self, places: Sequence[str]) -> bool:
        """Say whether it lies in one of these areas and outward codes."""
        return self.area in places or self.outward_code in places


@cache
def neighbourhoods() -> Sequence[Neighbourhood]:
    """Return the neighbourhoods; nine in ten are covered by an office of the account."""
    path = shipped.folder("fixtures") / "geography" / "uk_neighbourhoods.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        return [
            Neighbourhood(
                row["outward_code"], row["sectors"].split(), row["locality"], row["post_town"]
            )
            for row in csv.DictReader(lines)
        ]


@cache
def neighbourhoods_of(post_town: str) -> Sequence[Neighbourhood]:
    """Return the neighbourhoods of one town."""
    return [each for each in neighbourhoods() if each.post_town == post_town]
