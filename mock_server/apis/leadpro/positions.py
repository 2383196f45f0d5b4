"""Where a postcode lies: a position for each outward code, and an assumed one for what is below."""

import csv
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from math import asin, cos, degrees, pi, radians, sin, sqrt
from typing import NamedTuple

from mock_server import shipped
from mock_server.apis.leadpro import postcodes

EARTH_RADIUS_METRES = 6_371_008.8

# The table ends with outward codes. What is below lies near the centre of its code: the ten
# sectors on a circle around it, a unit near its sector. All of this is assumed.
_SECTOR_METRES, _UNIT_METRES = 300, 100
_SECTORS, _LETTERS = 10, 26


class Position(NamedTuple):
    """A point of the earth, in degrees north and east."""

    latitude: float
    longitude: float


def position_of(postcode: str) -> Position | None:
    """Return where a postcode or a part of one lies, None where that is not known."""
    found = postcodes.levels(postcode)
    centre = _centre(found)
    if centre is None:
        return None
    _, _, inward = found[0].partition(" ")
    return _moved(centre, *_offset(inward)) if inward else centre


def distance_in_metres(one: Position, other: Position) -> float:
    """Return the great-circle distance of two positions."""
    south, north = radians(one.latitude), radians(other.latitude)
    east = radians(other.longitude - one.longitude)
    chord = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * sin(east / 2) ** 2
    return 2 * EARTH_RADIUS_METRES * asin(sqrt(chord))


@cache
def outward_codes() -> Mapping[str, Position]:
    """Return the centres of the outward codes."""
    path = shipped.folder("fixtures") / "geography" / "uk_outward_codes.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        return {
            row["outward_code"]: Position(float(row["latitude"]), float(row["longitude"]))
            for row in csv.DictReader(lines)
        }


@cache
def centres_of(area: str) -> Sequence[Position]:
    """Return the centres of all outward codes of an area, such as those of SW."""
    return tuple(_by_area().get(area, ()))


@cache
def _by_area() -> Mapping[str, Sequence[Position]]:
    found = defaultdict(list)
    for code, centre in outward_codes().items():
        found[postcodes.levels(code)[-1]].append(centre)
    return found


def _centre(levels: Sequence[str]) -> Position | None:
    """Return the centre of an outward code, of the code that it is a part of, or of its area."""
    if not levels:
        return None
    outward = levels[-2] if len(levels) > 1 else ""
    # The table has W1, and not W1A, which is a part of it.
    whole = outward[:-1] if outward[-1:].isalpha() else outward
    known = outward_codes().get(outward) or outward_codes().get(whole)
    return known or _middle(centres_of(levels[-1]))


def _middle(positions: Sequence[Position]) -> Position | None:
    if not positions:
        return None
    north, east = (sum(each) / len(positions) for each in zip(*positions, strict=True))
    return Position(north, east)


def _offset(inward: str) -> tuple[float, float]:
    """Return how many metres north and east of its outward code's centre an inward code lies."""
    # Sector 0 lies to the south, and the others follow clockwise.
    angle = pi + 2 * pi * int(inward[0]) / _SECTORS
    north, east = _SECTOR_METRES * cos(angle), _SECTOR_METRES * sin(angle)
    if len(inward) == 1:
        return north, east
    first, second = (ord(letter) - ord("A") for letter in inward[1:])
    turn, radius = 2 * pi * first / _LETTERS, _UNIT_METRES * (second + 1) / _LETTERS
    return north + radius * cos(turn), east + radius * sin(turn)


def _moved(start: Position, north: float, east: float) -> Position:
    latitude = start.latitude + degrees(north / EARTH_RADIUS_METRES)
    around = EARTH_RADIUS_METRES * cos(radians(start.latitude))
    return Position(latitude, start.longitude + degrees(east / around))
