"""What is built: a property with its floor plans and units, at rents that fit its city."""

from functools import cache

from mock_server.apis.propexo.portfolio.facts import tables_of
from mock_server.apis.propexo.portfolio.places import FloorPlan, Layout, Place, Plot, Unit
from mock_server.apis.propexo.portfolio.systems import ExternalIds, Record, Resources
from mock_server.apis.propexo.portfolio.timeline import HOUR, between


@cache
def layouts() -> tuple[Layout, ...]:
    """Return the kinds of homes, the smallest first."""
    return tuple(Layout(**one) for one in tables_of("homes")["layouts"])


def build_place(plot: Plot, resources: Resources) -> Place:
    """Put up a property with its floor plans and units."""
    place = _founded(plot, resources)
    place.plans = _floor_plans(place.with_stream("floor plans"))
    place.units = _units(place.with_stream("units"))
    for plan in place.plans:
        plan.record["unit_count"] = sum(unit.plan is plan for unit in place.units)
    return place


def _founded(plot: Plot, resources: Resources) -> Place:
    system, city = plot.system, plot.city
    fakes = system.fakes.of("property", plot.number)
    return Place(
        system=system,
        fakes=fakes,
        city=city,
        name=fakes.community(),
        address=fakes.street(),
        zip=fakes.pick(city.zips),
        opened=between(fakes.random, system.opened, system.opened + 2 * HOUR),
        x_ids=ExternalIds(system, plot.number),
        resources=resources,
    )


def _floor_plans(place: Place) -> list[FloorPlan]:
    # Every property lets one-bedroom flats; the rest differs.
    others = place.random.sample([one for one in layouts() if one.name != "A1"], 3)
    standing = 0.85 + 0.4 * place.random.random()
    return [
        _floor_plan(place, layout, standing)
        for layout in layouts()
        if layout.name == "A1" or layout in others
    ]


def _floor_plan(place: Place, layout: Layout, standing: float) -> FloorPlan:
    rent = _rounded(place.city.one_bedroom_rent_in_cents * layout.rent_factor * standing, 500)
    square_feet = _rounded(layout.square_feet * (0.95 + 0.1 * place.random.random()), 5)
    plan_names = tables_of("homes")["plan_names"]
    record = place.write("floor_plans", place.founding_moment())
    record.update(
        _rooms(layout, square_feet),
        name=layout.name,
        marketing_name=f"The {place.fakes.pick(plan_names)}",
        code=layout.name.lower(),
        description=f"{layout.marketing_name}, about {square_feet} square feet",
        **_prices(rent),
    )
    return FloorPlan(record, layout, square_feet, rent)


def _rooms(layout: Layout, square_feet: int) -> Record:
    return {
        "bedrooms": layout.bedrooms,
        **layout.bath_fields,
        "max_occupants": 2 * max(layout.bedrooms, 1),
        "rentable_square_feet": square_feet,
        "gross_square_feet": square_feet + 40,
        "image_urls": [],
    }


def _prices(rent: int) -> Record:
    deposit = _rounded(rent / 2, 5_000)
    return {
        "rent_minimum_in_cents": _rounded(rent * 0.97, 500),
        "rent_maximum_in_cents": _rounded(rent * 1.08, 500),
        "deposit_amount_in_cents": deposit,
        "deposit_amount_raw": f"{deposit / 100:.2f}",
        # Who has little credit pays up to a whole month.
        "deposit_amount_min_in_cents": deposit,
        "deposit_amount_min_raw": f"{deposit / 100:.2f}",
        "deposit_amount_max_in_cents": rent,
        "deposit_amount_max_raw": f"{rent / 100:.2f}",
    }


def _rounded(amount: float, step: int) -> int:
    return round(amount / step) * step


def _units(place: Place) -> list[Unit]:
    count = 10 + int(place.random.random() * 5)
    per_floor = 4 + int(place.random.random() * 2)
    units = [_unit(place, *divmod(index, per_floor)) for index in range(count)]
    if place.with_stream("buildings").fakes.chance(0.4):
        _split(units)
    return units


def _split(units: list[Unit]) -> None:
    """Spread the flats over two buildings: of each floor, the first doors are in the first."""
    for unit in units:
        number = 1 if unit.number[-2:] in {"01", "02"} else 2
        unit.record["building_name"] = f"Building {number}"
        if "building_number" in unit.record:
            unit.record["building_number"] = str(number)


def _unit(place: Place, storeys_up: int, door: int) -> Unit:
    # Flats above one another have the same plan, as in a real building.
    plan = place.plans[door % len(place.plans)]
    number = f"{storeys_up + 1}{door + 1:02d}"
    is_available = place.fakes.chance(0.3)
    record = place.write("units", place.founding_moment())
    record.update(_flat(plan, is_available=is_available), number=number, floor=str(storeys_up + 1))
    record.update(place.postal_address(f"Apt {number}"))
    return Unit(record, number, plan, is_available)


def _flat(plan: FloorPlan, *, is_available: bool) -> Record:
    return {
        "x_floor_plan_id": plan.record["x_id"],
        "floor_plan_id": plan.record["id"],
        "floor_plan_code": plan.record["code"],
        "floor_plan_name": plan.layout.name,
        **plan.layout.bath_fields,
        "bedrooms": str(plan.layout.bedrooms),
        "is_available": is_available,
        "is_vacant": is_available,
        "is_listed": is_available,
        "is_furnished": False,
        "rent_amount_market_in_cents": plan.rent_in_cents,
        "rent_amount_max_in_cents": plan.record["rent_maximum_in_cents"],
        "rent_amount_min_in_cents": plan.record["rent_minimum_in_cents"],
        "square_feet": plan.square_feet,
        **_PETS_WELCOME,
    }


_PETS_WELCOME: Record = {
    "pets_allowed": True,
    "dogs_allowed": True,
    "cats_allowed": True,
    "pet_policy": "Two pets at most, breed restrictions apply",
}
