"""Which unit a lead takes, and how a PMS takes it off the market."""

from collections.abc import Iterator

from mock_server.apis.propexo.leasing.desk import Desk
from mock_server.apis.propexo.leasing.standing import Standing
from mock_server.engine.refusals import Invalid, broken
from mock_server.nearest import listed
from mock_server.world.records import Record

_FEW = 3  # Units that a refusal names.


def chosen(desk: Desk, standing: Standing, unit_id: str | None) -> Record:
    """Return a lead's unit: signed for, named, applied for, wished for, or the first that fits.

    Raises `Invalid` where the named one is not to be had, and where none is.
    """
    lead, signed = standing.lead, desk.record("units", (standing.lease or {}).get("unit_id"))
    if signed is not None:
        return signed
    if unit_id is not None:
        return named(desk, lead, unit_id)
    free = _free(desk, lead)
    applied_for = _applied_for(desk, standing)
    if applied_for is not None:
        return applied_for
    if not free:
        advice = (
            f"no unit of the property {lead['property_id']} is available; let one be,"
            " with PATCH /sandbox/pms/{integration_id}/units/{id} and is_available"
        )
        raise Invalid([broken("to", advice)])
    return next(_in_order_of_wishes(lead, free))


def reserve(desk: Desk, unit: Record) -> None:
    """Take a unit off the market for somebody who will move in."""
    desk.change("units", unit, is_available=False, is_listed=False)
    for each in _details(desk, unit):
        desk.change("unit_details", each, is_available=False, is_reserved=True)
    for each in desk.held("listings", unit_id=unit["id"]):
        off_market = {"is_available": False, "is_listed": False, "status_raw": "Off market"}
        desk.change("listings", each, **off_market)


def occupy(desk: Desk, unit: Record) -> None:
    """Note that somebody lives in a unit now."""
    desk.change("units", unit, is_vacant=False, is_available=False, is_listed=False)
    for each in _details(desk, unit):
        desk.change("unit_details", each, is_vacant=False, is_available=False, is_reserved=False)


def leave(desk: Desk, unit: Record) -> None:
    """Note that nobody lives in a unit any more, so that it can be let."""
    desk.change("units", unit, is_vacant=True, is_available=True)
    for each in _details(desk, unit):
        desk.change("unit_details", each, is_vacant=True, is_available=True)


def named(desk: Desk, person: Record, unit_id: str) -> Record:
    """Return an available unit of the person's property; raises `Invalid` for any other."""
    free = _free(desk, person)
    found = next((each for each in free if each["id"] == unit_id), None)
    if found is None:
        ids = [each["id"] for each in free[:_FEW]]
        right = f"such as {listed(ids, last='or')}" if ids else "and there is none at the moment"
        advice = f"is not an available unit of the property; name one that is, {right}"
        raise Invalid([broken("unit_id", advice, unit_id)])
    return found


def _free(desk: Desk, person: Record) -> list[Record]:
    units = desk.held("units", property_id=person["property_id"])
    return sorted((each for each in units if each["is_available"]), key=_size_and_number)


def _applied_for(desk: Desk, standing: Standing) -> Record | None:
    """Return the unit of the application, as long as nobody else has it."""
    unit = desk.record("units", (standing.application or {}).get("unit_id"))
    if unit is None or not (unit["is_available"] or unit["is_vacant"]):
        return None
    leases = desk.held("leases", unit_id=unit["id"])
    return None if any(each["status_normalized"] == "PENDING" for each in leases) else unit


def _in_order_of_wishes(lead: Record, free: list[Record]) -> Iterator[Record]:
    wished = lead["unit_id_preferred"] or ()
    yield from (each for each in free if each["id"] in wished)
    yield from (each for each in free if each["x_floor_plan_id"] == lead["desired_floor_plan_id"])
    rooms = lead["desired_num_bedrooms"]
    yield from (each for each in free if rooms is None or each["bedrooms"] == f"{float(rooms):g}")
    yield from free


def _details(desk: Desk, unit: Record) -> list[Record]:
    held = desk.held("unit_details", property_id=unit["property_id"])
    return [each for each in held if each["x_id"] == unit["x_id"]]


def _size_and_number(unit: Record) -> tuple[str, str]:
    return unit["bedrooms"] or "", unit["number"] or ""
