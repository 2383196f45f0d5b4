"""What flats a property has to let: their types and details, adverts, prices and offers."""

from mock_server.apis.propexo.portfolio.places import FloorPlan, Unit
from mock_server.apis.propexo.portfolio.site import Site, Told, moment
from mock_server.apis.propexo.portfolio.systems import Facts
from mock_server.apis.propexo.portfolio.timeline import DAY, between, midnight_iso

_TERMS_IN_MONTHS = (6, 12)
# Fields that a listing and the details of a flat repeat from the unit itself.
_ADDRESS = ("city", "country", "state", "zip", "address_1", "address_2")
_REPEATED = (
    *_ADDRESS, "street_address_1", "street_address_2", "bathrooms", "bathrooms_full",
    "bathrooms_half", "bedrooms", "building_name", "building_number", "floor_plan_code",
    "floor_plan_name", "floor", "is_available", "is_furnished", "is_listed", "is_vacant", "number",
    "square_feet", "floor_plan_id", "x_floor_plan_id", "unit_type_id",
)  # fmt: skip


def unit_types(site: Site) -> Told:
    """Yield a type for each floor plan, and let its units name it."""
    for plan in site.place.plans:
        record = _unit_type(site, plan)
        for unit in site.place.units:
            if unit.plan is plan:
                unit.record.update(unit_type_id=record["id"], x_unit_type_id=record["x_id"])
        yield "unit_types", record


def _unit_type(site: Site, plan: FloorPlan) -> Facts:
    repeated = (
        "rentable_square_feet", "gross_square_feet", "rent_minimum_in_cents",
        "rent_maximum_in_cents", "unit_count", "deposit_amount_in_cents", "deposit_amount_raw",
    )  # fmt: skip
    rooms: Facts = plan.layout.bath_fields | {name: plan.record[name] for name in repeated}
    return site.write(
        "unit_types",
        site.place.founding_moment(),
        name=plan.layout.marketing_name,
        bedrooms=plan.layout.bedrooms,
        **rooms,
    )


def records_of(site: Site) -> Told:
    """Yield what is said of each flat and the offers that hold; the units are there already."""
    offer = _concession(site)
    yield "concessions", offer
    yield "concessions", _past_concession(site)
    for unit in site.place.units:
        yield from _flat(site, unit, offer)


def _concession(site: Site) -> Facts:
    plan = site.place.fakes.pick(site.place.plans)
    return site.write(
        "concessions",
        site.place.founding_moment(),
        description=f"One month free on {plan.layout.name} with a 12-month lease",
        **_span(site, 150, None),
        **site.link("floor_plan", plan.record),
        **_one_time(plan.rent_in_cents),
    )


def _past_concession(site: Site) -> Facts:
    fakes = site.with_stream("past concession").place.fakes
    unit = fakes.pick(site.place.units)
    offer = fakes.pick((_LOOK_AND_LEASE, _FIRST_MONTH, _EMPLOYERS, _off_one(site, unit)))
    moment = site.place.founding_moment()
    return site.write("concessions", moment, **_span(site, 360, 200), **offer)


def _off_one(site: Site, unit: Unit) -> Facts:
    return {
        "description": f"$50 off Apt {unit.number} each month for a year",
        **site.link("unit", unit.record),
        "total_amount_in_cents": 60_000,
        "fixed_amount_in_cents": 5_000,
        "monthly_fixed_amount_in_cents": 5_000,
        **_MONTHLY,
    }


def _span(site: Site, first_day: int, last_day: int | None) -> Facts:
    """Let an offer run between so many days ago; without a last day it still does."""
    synced = site.place.system.synced
    return {
        "start_date": midnight_iso(synced - first_day * DAY),
        "end_date": None if last_day is None else midnight_iso(synced - last_day * DAY),
        "is_active": last_day is None,
    }


def _one_time(cents: int) -> Facts:
    return {
        "total_amount_in_cents": cents,
        "one_time_fixed_amount_in_cents": cents,
        "fixed_amount_in_cents": cents,
        "is_one_time": True,
        "is_recurring": False,
        "number_of_occurrences": 1,
        "lease_term_in_months": 12,
        "lease_term_raw": "12 months",
    }


_MONTHLY: Facts = {
    "is_one_time": False,
    "is_recurring": True,
    "number_of_occurrences": 12,
    "lease_term_in_months": 12,
    "lease_term_raw": "12 months",
}
# What has been offered before, besides a home of its own.
_LOOK_AND_LEASE: Facts = {
    "description": "Look and lease: $250 off the first month",
    **_one_time(25_000),
}
_FIRST_MONTH: Facts = {
    "description": "10% off the first month",
    "percentage_amount": 10,
    "percentage_raw": "10.00",
    "one_time_percentage_amount": 10,
    "one_time_percentage_raw": "10.00",
    "concession_formula_raw": "Rent * 0.10",
    "is_one_time": True,
    "is_recurring": False,
    "number_of_occurrences": 1,
}
_EMPLOYERS: Facts = {
    "description": "Preferred employers: 5% off each month",
    "percentage_amount": 5,
    "percentage_raw": "5.00",
    "monthly_percentage_amount": 5,
    "monthly_percentage_raw": "5.00",
    **_MONTHLY,
}


def _flat(site: Site, unit: Unit, offer: Facts) -> Told:
    synced = site.place.system.synced
    ready = between(site.place.random, synced - 40 * DAY, synced) if unit.is_available else None
    yield "unit_details", _details(site, unit, ready)
    if ready is not None:
        listing = _listing(site, unit, ready)
        yield "listings", listing
        for months in _TERMS_IN_MONTHS:
            yield "listing_pricing", _price(site, listing, months, offer)


def _details(site: Site, unit: Unit, ready: int | None) -> Facts:
    record: Facts = unit.record
    day = None if ready is None else midnight_iso(ready)
    return site.write(
        "unit_details",
        site.place.founding_moment() if ready is None else max(ready, site.place.opened),
        x_id=record["x_id"],
        x_floor_plan_id=record["x_floor_plan_id"],
        floor_plan_name=record["floor_plan_name"],
        make_ready_date=day,
        made_ready_date=day,
        available_date=day,
        floor_plan_market_rent_in_cents=unit.plan.rent_in_cents,
        unit_market_rent_in_cents=record["rent_amount_market_in_cents"],
        base_rent_in_cents=record["rent_amount_market_in_cents"],
        unit_number=unit.number,
        description=unit.plan.record["description"],
        is_vacant=record["is_vacant"],
        is_available=record["is_available"],
        is_reserved=False,
        gross_square_feet=unit.plan.record["gross_square_feet"],
        rentable_square_feet=unit.plan.record["rentable_square_feet"],
        minimum_potential_lease_term="6",
        maximum_potential_lease_term="18",
        **{name: record[name] for name in _ADDRESS},
    )


def _listing(site: Site, unit: Unit, ready: int) -> Facts:
    record: Facts = unit.record
    place, day = site.place, midnight_iso(ready)
    title = f"{unit.plan.layout.marketing_name} at {place.name}"
    return site.write(
        "listings",
        max(ready, place.opened),
        **site.link("unit", record),
        **{name: record[name] for name in _REPEATED},
        is_unit=True,
        available_date=day,
        make_ready_date=day,
        listing_date=day,
        application_url=f"https://{place.mail_domain}/apply/{unit.number}",
        deposit_amount_in_cents=unit.plan.record["deposit_amount_in_cents"],
        rent_amount_in_cents=record["rent_amount_market_in_cents"],
        is_managed_external=False,
        lease_term="12 months",
        listing_title=title,
        marketing_name=unit.plan.record["marketing_name"],
        property_description=f"{place.name}, {place.address}, {place.city.name}",
        short_description=title,
        unit_description=unit.plan.record["description"],
        status_raw="Available",
    )


def _price(site: Site, listing: Facts, months: int, offer: Facts) -> Facts:
    rent, first = listing["rent_amount_in_cents"], listing["available_date"]
    is_on_offer = (offer["floor_plan_id"], offer["lease_term_in_months"]) == (
        listing["floor_plan_id"],
        months,
    )
    # What is given once is spread over the months of the lease, as adverts do.
    rebate = round(offer["total_amount_in_cents"] / months) if is_on_offer else 0
    return site.write(
        "listing_pricing",
        moment(listing["created_at"]),
        **site.link("listing", listing),
        base_rent_in_cents=rent,
        concession_in_cents=rebate,
        effective_rent_in_cents=rent - rebate,
        start_date=first,
        available_date=first,
        lease_term_in_months=months,
    )
