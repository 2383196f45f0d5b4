"""The move: from today on somebody lives in the unit, and owes the first rent."""

from mock_server.apis.propexo.leasing import dues, homes
from mock_server.apis.propexo.leasing.desk import Desk
from mock_server.apis.propexo.leasing.standing import Standing
from mock_server.apis.propexo.leasing.terms import day_of, from_day
from mock_server.world.records import Record

# What a resident's address takes over from the unit.
ADDRESS = ("address_1", "address_2", "city", "state", "zip", "country")


def move_in(desk: Desk, standing: Standing, unit: Record) -> None:
    """Let the resident move in today; a lease that was to begin later begins today."""
    lease, resident = standing.lease or {}, standing.resident or {}
    begun = _begun(desk, lease)
    day = {"move_in_date": begun["move_in_date"]}
    desk.join(
        "leases",
        lease,
        **begun,
        realized_move_in_date=desk.today,
        residents_meta_data=[{"resident_id": resident["id"], **day}],
        status="ACTIVE",
        status_normalized="ACTIVE",
        status_raw="Current",
    )
    desk.join(
        "residents",
        resident,
        **{name: unit[name] for name in ADDRESS},
        leases_meta_data=[{"lease_id": lease["id"], **day}],
    )
    homes.occupy(desk, unit)
    _shift_dues(desk, lease, begun)
    dues.charge_first_month(desk, resident, lease)


def _begun(desk: Desk, lease: Record) -> Record:
    """Return the days of a lease that begins today, or that began before."""
    if lease["start_date"] is not None and lease["start_date"] <= desk.today:
        return {"start_date": lease["start_date"], "move_in_date": desk.today}
    months = str(lease["term"] or "").partition(" ")[0]
    return from_day(day_of(desk.today), int(months) if months.isdecimal() else 12).facts


def _shift_dues(desk: Desk, lease: Record, begun: Record) -> None:
    for each in desk.held("recurring_resident_charges", lease_id=lease["id"]):
        days = {name: begun[name] for name in ("start_date", "end_date") if name in begun}
        desk.change("recurring_resident_charges", each, **days)
