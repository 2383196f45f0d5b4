"""What a property says of itself: its office, its hours, its pet rules and its time zone."""

from collections.abc import Iterator
from datetime import date

from mock_server.apis.propexo.portfolio.places import Place
from mock_server.apis.propexo.portfolio.systems import Record
from mock_server.apis.propexo.portfolio.timeline import (
    DAY,
    HOUR,
    local_midnight,
    midnight_iso,
    weekday_of,
)
from mock_server.world.fakes import letters_of

OFFICE_DAYS = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY")
_WEEKDAY_HOURS = (9, 18)
_SATURDAY_HOURS = (10, 17)


def location_of(place: Place) -> Iterator[tuple[str, Record]]:
    """Yield the location of the property where its system has locations (Rent Manager)."""
    if place.location_id is None:
        return
    yield (
        "locations",
        place.write(
            "locations",
            place.founding_moment(),
            id=place.location_id,
            x_id=place.x_location_id,
            # Properties are in locations, not the other way round.
            property_id=None,
            x_property_id=None,
            name=place.name,
            friendly_name=place.name,
            is_main=True,
            is_twa_enabled=True,
            is_owa_enabled=False,
            is_echeck_enabled=True,
        ),
    )


def records_of(place: Place, manager: Record) -> Iterator[tuple[str, Record]]:
    """Yield the property itself, then its time zone, floor plans and units."""
    yield "properties", _property(place, manager)
    yield "timezones", _time_zone(place)
    for plan in place.plans:
        yield "floor_plans", plan.record
    for unit in place.units:
        yield "units", unit.record


def _property(place: Place, manager: Record) -> Record:
    record = place.write("properties", place.opened)
    record.update(place.postal_address(None), id=place.id, x_id=place.x_id)
    record.update(_building(place), name=place.name)
    record.update(
        manager_name=manager["name"],
        manager_email=manager["email"],
        manager_phone_1=place.phone(),
        manager_phone_1_type="WORK",
    )
    return record


def _building(place: Place) -> Record:
    square_feet = sum(unit.plan.square_feet for unit in place.units)
    year_built = 1964 + int(place.random.random() * 59)
    return {
        "x_created_at": midnight_iso(place.opened - 400 * DAY),
        "code": letters_of(place.name)[:6].upper(),
        "is_active": True,
        "number_of_units": len(place.units),
        "square_footage": square_feet,
        "square_feet": square_feet,
        "type": "Apartment",
        "type_raw": "Apartment",
        "type_normalized": "MULTI_FAMILY",
        "website": f"https://{place.mail_domain}",
        "year_built": year_built,
        "short_description": f"{len(place.units)} apartments in {place.city.name}",
        "long_description": _description(place, year_built),
        "office_hours": _office_hours(),
        "pet_types": [_pet_type("Cat", 25_000, 2_500), _pet_type("Dog", 30_000, 3_500)],
        "associated_owner_ids": [],
        # Private: appointment times are told in the property's own wall-clock time.
        "time_zone": place.city.zone.key,
    }


def _description(place: Place, year_built: int) -> str:
    layouts = ", ".join(plan.layout.marketing_name for plan in place.plans)
    return f"{place.name}, built in {year_built}. Floor plans: {layouts}."


def _office_hours() -> list[Record]:
    return [
        {"day_of_week": day, "open_time": f"{opens:02d}:00:00", "close_time": f"{closes:02d}:00:00"}
        for day, (opens, closes) in zip(OFFICE_DAYS, map(_hours_of, range(6)), strict=True)
    ]


def _hours_of(weekday: int) -> tuple[int, int]:
    return _SATURDAY_HOURS if weekday == 5 else _WEEKDAY_HOURS


def office_hours_on(day: int) -> tuple[int, int] | None:
    """Say from which hour to which the office is open, or None on a Sunday."""
    weekday = weekday_of(day)
    return None if weekday == 6 else _hours_of(weekday)


def _pet_type(name: str, fee: int, rent: int) -> Record:
    return {
        "name": name,
        "is_allowed": True,
        "description": None,
        "notes": None,
        "deposit_raw": None,
        "deposit_in_cents": None,
        "fee_raw": f"{fee / 100:.2f}",
        "fee_in_cents": fee,
        "fee_min_raw": None,
        "fee_min_in_cents": None,
        "fee_max_raw": None,
        "fee_max_in_cents": None,
        "rent_amount_raw": f"{rent / 100:.2f}",
        "rent_amount_in_cents": rent,
    }


def _time_zone(place: Place) -> Record:
    record = place.write("timezones", place.founding_moment())
    winter, summer = (_offset_hours(place, month) for month in (1, 7))
    record.update(
        is_active=True,
        observes_daylight_savings=winter != summer,
        offset=f"{winter:+03d}:00",
        # Only Yardi's servers are known to tell how far their clock is off.
        server_time_error_seconds=1 if place.system.vendor.startswith("YARDI") else None,
    )
    return record


def _offset_hours(place: Place, month: int) -> int:
    # Any year will do; the rules of these zones have not changed since 2007.
    day = (date(2025, month, 1) - date(1970, 1, 1)).days
    return (day * DAY - local_midnight(place.city.zone, day)) // HOUR
