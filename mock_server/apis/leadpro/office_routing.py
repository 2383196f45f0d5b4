"""Which office gets a lead: the one it names, the one whose patch covers it, or the nearest."""

from collections.abc import Mapping, Sequence
from math import asin, cos, radians, sin, sqrt
from typing import Any

from mock_server.apis.leadpro import postcodes

Office = Mapping[str, Any]

EARTH_RADIUS_METRES = 6_371_008.8

# A buyer or tenant asks about a home on the market; everybody else is asked about their own.
_ROUTED_BY_ADVERT = frozenset({"sale", "let"})


def route(lead: Mapping[str, Any], offices: Sequence[Office]) -> dict[str, Any]:
    """Return the office of a lead and how far out of its area the lead is.

    The distance is in metres with two decimals, None where a patch covers the postcode, the
    office was named, or no place is known (guide: Routing Leads to Offices; your offices'
    postcode patch). A postcode that cannot be read counts as none, and
    then the first office that takes the type gets the lead.
    """
    if lead.get("office_id") is not None:
        return _routed(next(each for each in offices if each["id"] == lead["office_id"]))
    taking = [each for each in offices if lead["type"] in each["lead_types"]]
    postcode = lead.get("advert_postcode" if lead["type"] in _ROUTED_BY_ADVERT else "postcode")
    covering = _covering(postcode or "", taking)
    if covering is not None:
        return _routed(covering)
    place = postcodes.area_of(postcode or "")
    if place is None:
        return _routed(taking[0])
    distances = [(distance_in_metres(place, each), each["id"], each) for each in taking]
    distance, _, nearest = min(distances)
    return _routed(nearest, round(distance, 2))


def distance_in_metres(place: postcodes.Area, office: Mapping[str, Any]) -> float:
    """Return the great-circle distance between a postcode area's town and an office."""
    south, north = radians(place.latitude), radians(office["latitude"])
    east = radians(office["longitude"] - place.longitude)
    chord = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * sin(east / 2) ** 2
    return 2 * EARTH_RADIUS_METRES * asin(sqrt(chord))


def _covering(postcode: str, offices: Sequence[Office]) -> Office | None:
    """Return the office with the most specific patch over the postcode."""
    for level in postcodes.levels(postcode):
        for office in offices:
            if level in office["patches"]:
                return office
    return None


def _routed(office: Mapping[str, Any], distance: float | None = None) -> dict[str, Any]:
    return {
        "office_id": office["id"],
        "office_name": office["name"],
        "out_of_area_distance": distance,
    }
