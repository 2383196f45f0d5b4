"""What comes with a flat or can be had besides: amenities, fees, garages and storage."""

from collections.abc import Iterator
from typing import NamedTuple

from mock_server.apis.propexo.portfolio.site import Site, Told, in_text
from mock_server.apis.propexo.portfolio.systems import Facts


class Amenity(NamedTuple):
    """Something that residents like; with a cost where it is part of some flats only."""

    name: str
    normalized: str
    unit_cost_in_cents: int | None = None


_AMENITIES = (
    Amenity("Pool", "POOL"),
    Amenity("Fitness center", "FITNESS_CENTER"),
    Amenity("Package lockers", "PACKAGE_RECEIVING"),
    Amenity("Balcony", "BALCONY", 2_500),
    Amenity("In-unit washer and dryer", "WD_IN_UNIT", 4_000),
)
_FEES = (("Application fee", 5_000), ("Admin fee", 15_000), ("Pet fee", 30_000))
_FREE = (
    ("Carport 7", "Carport", 7_500, "Parking"),
    ("Bike locker 3", "Storage", 1_500, "Storage"),
)
_LET = (
    ("Garage 12", "Garage", 15_000, "Parking"),
    ("Storage B4", "Storage", 5_000, "Storage"),
)


def records_of(site: Site) -> Told:
    """Yield the extras; units, residents and charge codes are there already."""
    yield from _amenities(site)
    yield from _fees(site)
    yield from _rentable_items(site)


def _amenities(site: Site) -> Told:
    for amenity in _AMENITIES:
        record = site.write(
            "amenities",
            site.place.founding_moment(),
            name=amenity.name,
            name_normalized=amenity.normalized,
            cost_in_cents=amenity.unit_cost_in_cents,
            is_unit_amenity=amenity.unit_cost_in_cents is not None,
        )
        if amenity.unit_cost_in_cents is not None:
            record["units"] = list(_with_amenity(site, record))
            record["associated_unit_ids"] = [one["unit_id"] for one in record["units"]]
        yield "amenities", record


def _with_amenity(site: Site, amenity: Facts) -> Iterator[Facts]:
    for unit in site.place.units[:: site.place.random.randrange(2, 4)]:
        yield {
            "amenity_id": amenity["id"],
            "unit_id": unit.record["id"],
            "cost_in_cents": amenity["cost_in_cents"],
        }


def _fees(site: Site) -> Told:
    for name, cents in _FEES:
        code = site.named("charge_codes", name)
        yield (
            "fees",
            site.write(
                "fees",
                site.place.founding_moment(),
                name=name,
                charge_code_name=name if code else None,
                **in_text("amount", cents),
                description=f"{name}, charged once",
                **site.link("charge_code", code),
            ),
        )


def _rentable_items(site: Site) -> Told:
    # What is let comes into the books with its tenant: with more leads there may be more of it,
    # but nothing that is free with few of them is let with more.
    let = zip(_LET, site.known["residents"], strict=False)
    for (name, sort, cents, code), tenant in (*((free, None) for free in _FREE), *let):
        record = site.write(
            "rentable_items",
            site.place.founding_moment(),
            name=name,
            type=sort,
            amount_in_cents=cents,
            description=f"{name} for ${cents // 100} a month",
            is_available=tenant is None,
            **site.link("resident", tenant),
            **site.link("charge_code", site.named("charge_codes", code)),
        )
        yield "rentable_items", record
