"""The move of a resident to another unit of the property, before the lease is over."""

from mock_server.apis.propexo.leasing import dues, homes, signing
from mock_server.apis.propexo.leasing.desk import Desk, link
from mock_server.apis.propexo.leasing.moving_in import ADDRESS
from mock_server.apis.propexo.leasing.terms import day_of, prorated
from mock_server.engine.refusals import Invalid, broken
from mock_server.world.records import Record


def transfer(desk: Desk, resident: Record, unit_id: str) -> tuple[Record, Record]:
    """Let a resident live in another unit from today on; return the transfer and the new lease.

    Raises `Invalid` where the resident has no running lease, and for a unit that is not available.
    """
    former = desk.record("leases", resident["lease_id"])
    if former is None or former["status_normalized"] != "ACTIVE":
        advice = f"the resident {resident['id']} has no running lease to transfer"
        raise Invalid([broken("unit_id", advice)])
    left, taken = desk.record("units", former["unit_id"]), homes.named(desk, resident, unit_id)
    lease = _next_lease(desk, resident, former, taken)
    _end(desk, resident, former)
    if left is not None:
        homes.leave(desk, left)
    homes.reserve(desk, taken)
    homes.occupy(desk, taken)
    _tell_resident(desk, resident, taken, lease)
    dues.begin(desk, resident, lease)
    _charge_difference(desk, resident, former, lease)
    return _transfer(desk, resident, former, lease), lease


def _next_lease(desk: Desk, resident: Record, former: Record, unit: Record) -> Record:
    """Add a lease that begins today and ends when the former one would have."""
    said = {
        **{name: former[name] for name in ("end_date", "term", "type", "application_date")},
        "start_date": desk.today,
        "move_in_date": desk.today,
        "scheduled_move_in_date": desk.today,
        "realized_move_in_date": desk.today,
        "status": "ACTIVE",
        "status_normalized": "ACTIVE",
        "status_raw": "Current",
    }
    return signing.add_lease(desk, unit, resident, said)


def _end(desk: Desk, resident: Record, former: Record) -> None:
    day = {"move_out_date": desk.today}
    desk.join(
        "leases",
        former,
        **day,
        has_no_move_out=False,
        scheduled_move_out_date=desk.today,
        realized_move_out_date=desk.today,
        residents_meta_data=[{"resident_id": resident["id"], **day}],
        status="INACTIVE",
        status_normalized="INACTIVE",
        status_raw="Past",
    )
    desk.join("residents", resident, leases_meta_data=[{"lease_id": former["id"], **day}])
    for each in desk.held("recurring_resident_charges", lease_id=former["id"]):
        ended = {"is_active": False, "end_date": desk.today}
        desk.change("recurring_resident_charges", each, **ended)


def _tell_resident(desk: Desk, resident: Record, unit: Record, lease: Record) -> None:
    desk.join(
        "residents",
        resident,
        **{name: unit[name] for name in ADDRESS},
        lease_id=lease["id"],
        x_lease_id=lease["x_id"],
        leases_meta_data=[{"lease_id": lease["id"], **signing.tenancy(desk.today)}],
    )


def _charge_difference(desk: Desk, resident: Record, former: Record, lease: Record) -> None:
    """Charge what the rest of the month costs more, or credit what it costs less."""
    rents = [each["rent_amount_in_cents"] or 0 for each in (lease, former)]
    cents = prorated(rents[0] - rents[1], day_of(desk.today))
    if cents:
        dues.charge(desk, resident, lease, dues.RENT, cents)


def _transfer(desk: Desk, resident: Record, former: Record, lease: Record) -> Record:
    sides: Record = {}
    now = {"status_normalized": "INACTIVE", "status_raw": "Past"}
    for side, each in {"previous": {**former, **now}, "next": lease}.items():
        sides |= {
            f"lease_id_{side}": each["id"],
            f"x_lease_id_{side}": each["x_id"],
            f"x_lease_property_id_{side}": each["x_property_id"],
            f"unit_id_{side}": each["unit_id"],
            f"x_unit_id_{side}": each["x_unit_id"],
            f"lease_status_{side}": each["status_normalized"],
            f"lease_status_{side}_raw": each["status_raw"],
        }
    return desk.add(
        "lease_transfers",
        lease,
        **sides,
        **link("resident", resident),
        resident_type="PRIMARY",
        resident_type_raw="Primary",
        transfer_effective_date=desk.today,
    )
