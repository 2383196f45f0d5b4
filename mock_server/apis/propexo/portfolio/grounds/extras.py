"""What comes with a flat or can be had besides: amenities, fees, garages and storage."""

from collections.abc import Iterator
from typing import NamedTuple

from mock_server.apis.propexo.portfolio.facts import tables_of
from mock_server.apis.propexo.portfolio.site import Site, Told, in_text
from mock_server.apis.propexo.portfolio.systems import Facts
from mock_server.apis.propexo.portfolio.timeline import DAY, midnight_iso


class Amenity(NamedTuple):
    """Something that residents like; with a cost where it is part of some flats only."""

    name: str
    normalized: str
    unit_cost_in_cents: int | None = None
    least_units: int = 0
    """What small properties do not have."""


def records_of(site: Site) -> Told:
    """Yield the extras; units, residents and charge codes are there already."""
    yield from _amenities(site)
    yield from _fees(site)
    yield from _rentable_items(site)


def _amenities(site: Site) -> Told:
    size = len(site.place.units)
    every = (Amenity(**one) for one in tables_of("homes")["amenities"])
    for amenity in (each for each in every if each.least_units <= size):
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
    for fee in tables_of("homes")["fees"]:
        name, code = fee["name"], site.named("charge_codes", fee["name"])
        yield (
            "fees",
            site.write(
                "fees",
                site.place.founding_moment(),
                name=name,
                charge_code_name=name if code else None,
                **in_text("amount", fee["cents"]),
                description=f"{name}, charged once",
                **site.link("charge_code", code),
            ),
        )


def _rentable_items(site: Site) -> Told:
    # What is let comes into the books with its tenant: with more leads there may be more of it,
    # but nothing that is free with few of them is let with more.
    items = tables_of("homes")["rentable_items"]
    free = ((one, None) for one in items if one["state"] == "free")
    let = zip(
        (one for one in items if one["state"] == "let"), site.known["residents"], strict=False
    )
    for item, tenant in (*free, *let):
        record = site.write(
            "rentable_items",
            site.place.founding_moment(),
            **_item(site, item),
            is_available=tenant is None,
            **site.link("resident", tenant),
        )
        yield "rentable_items", record
    for item, applicant in zip(
        (one for one in items if one["state"] == "reserved"),
        site.known["applicants"],
        strict=False,
    ):
        yield "rentable_items", _reserved(site, item, applicant)


def _reserved(site: Site, item: Facts, applicant: Facts) -> Facts:
    lead = next(one for one in site.known["leads"] if one["x_id"] == applicant["x_lead_id"])
    return site.write(
        "rentable_items",
        site.place.founding_moment(),
        **_item(site, item),
        is_available=False,
        reserved_until_date=midnight_iso(site.place.system.synced + 14 * DAY),
        **site.link("applicant", applicant),
        **site.link("lead", lead),
    )


def _item(site: Site, item: Facts) -> Facts:
    return {
        "name": item["name"],
        "type": item["type"],
        "amount_in_cents": item["cents"],
        "description": f"{item['name']} for ${item['cents'] // 100} a month",
        **site.link("charge_code", site.named("charge_codes", item["charge_code"])),
    }
