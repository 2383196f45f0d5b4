"""What a UK postcode says: its four levels, and what homes cost in its area."""

import csv
import re
from dataclasses import dataclass
from functools import cache

from mock_server import shipped

_FULL = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)(\d)([A-Z]{2})", re.ASCII)
_SECTOR = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)\s+(\d)", re.ASCII)
_DISTRICT = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?", re.ASCII)
_AREA = re.compile(r"[A-Z]{1,2}")


@dataclass(frozen=True)
class Area:
    """One of the 124 postcode areas: its town, and what homes there cost."""

    code: str
    town: str
    average_price_pounds: int
    average_monthly_rent_pounds: int


def levels(postcode: str) -> tuple[str, ...]:
    """Return a postcode's levels, most specific first: `SW6 3AZ`, `SW6 3`, `SW6`, `SW`.

    Case and spacing do not matter, and parts of a postcode will do; what cannot be read has none.
    """
    text = " ".join(postcode.upper().split())
    if full := _FULL.fullmatch(text.replace(" ", "")):
        district, sector, unit = full.groups()
        return f"{district} {sector}{unit}", f"{district} {sector}", district, _area_code(district)
    if sector_only := _SECTOR.fullmatch(text):
        district, sector = sector_only.groups()
        return f"{district} {sector}", district, _area_code(district)
    if _DISTRICT.fullmatch(text):
        return text, _area_code(text)
    return (text,) if _AREA.fullmatch(text) else ()


def area_of(postcode: str) -> Area | None:
    """Return the area of a postcode, None for one that lies in none of the 124."""
    return areas().get(levels(postcode)[-1]) if levels(postcode) else None


@cache
def areas() -> dict[str, Area]:
    """Return the postcode areas by their letters."""
    path = shipped.folder("fixtures") / "geography" / "uk_postcode_areas.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        return {row["area"]: _area(row) for row in csv.DictReader(lines)}


def _area(row: dict[str, str]) -> Area:
    return Area(
        code=row["area"],
        town=row["town"],
        average_price_pounds=int(row["average_price_pounds"]),
        average_monthly_rent_pounds=int(row["average_monthly_rent_pounds"]),
    )


def _area_code(district: str) -> str:
    return district.rstrip("0123456789") if district[-1].isdigit() else _AREA.match(district)[0]  # type: ignore[index]
