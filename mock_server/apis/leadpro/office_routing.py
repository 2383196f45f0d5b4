"""Which office gets a lead: the one it names, the one whose patch covers it, or the nearest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mock_server.apis.leadpro import postcodes
from mock_server.apis.leadpro.account import Office, Patch
from mock_server.apis.leadpro.positions import Position, distance_in_metres, position_of

# Why an office has a lead.
NAMED, COVERED, NEAREST, UNPLACED = "named", "covered", "nearest", "unplaced"

# A buyer or tenant asks about a home on the market; everybody else is asked about their own.
_ROUTED_BY_ADVERT = frozenset({"sale", "let"})


@dataclass(frozen=True)
class Route:
    """The way of a lead to its office, and the `reason` why it is this one.

    `patch` is the one that covers the lead, or else the nearest one, with the `centre` that the
    distance is measured to. A lead that named its office, or that cannot be placed, has none.
    """

    office: Office
    reason: str
    patch: Patch | None = None
    centre: Position | None = None
    distance_in_metres: float | None = None

    @property
    def fields(self) -> dict[str, Any]:
        """What a lead shows of it."""
        return {
            "office_id": self.office.id,
            "office_name": self.office.name,
            "out_of_area_distance": self.distance_in_metres,
        }


def route(lead: Mapping[str, Any], offices: Sequence[Office]) -> Route:
    """Return the office of a lead and how far out of its area the lead is.

    The distance is in metres with two decimals, from the lead's postcode to the centre of the
    nearest patch that any office covers for leads of this type. It is None where a patch covers
    the postcode, the office was named, or no place is known (guide: Routing Leads to Offices; your
    offices' postcode patch). A postcode that cannot be read counts as none, and then the first
    office that covers anything for the type gets the lead.
    """
    if lead.get("office_id") is not None:
        return Route(next(each for each in offices if each.id == lead["office_id"]), NAMED)
    taking = [(each, patches) for each in offices if (patches := each.covers(lead["type"]))]
    postcode = routed_by(lead) or ""
    covered = _covering(postcode, taking)
    if covered is not None:
        return covered
    place = position_of(postcode)
    return Route(taking[0][0], UNPLACED) if place is None else _nearest(place, taking)


def route_of(stored: Mapping[str, Any], offices: Sequence[Office]) -> Route:
    """Return the way of a lead that is stored, which may have been handed to another office."""
    found = route({**stored, "office_id": None}, offices)
    if found.fields.items() <= stored.items():
        return found
    office = next((each for each in offices if each.id == stored["office_id"]), found.office)
    return Route(office, NAMED)


def routed_by(lead: Mapping[str, Any]) -> str | None:
    """Return the postcode by which a lead is routed, None if it has none."""
    return lead.get("advert_postcode" if lead["type"] in _ROUTED_BY_ADVERT else "postcode")


def _covering(postcode: str, taking: Sequence[tuple[Office, Sequence[Patch]]]) -> Route | None:
    """Return the way to the most specific patch over the postcode."""
    for level in postcodes.levels(postcode):
        for office, patches in taking:
            for patch in patches:
                if patch.postcode == level:
                    return Route(office, COVERED, patch)
    return None


def _nearest(place: Position, taking: Sequence[tuple[Office, Sequence[Patch]]]) -> Route:
    ways = (
        (distance_in_metres(place, centre), office.id, index, office, patch, centre)
        for office, patches in taking
        for index, patch in enumerate(patches)
        for centre in patch.centres
    )
    distance, _, _, office, patch, centre = min(ways, key=lambda way: way[:3])
    return Route(office, NEAREST, patch, centre, round(distance, 2))
