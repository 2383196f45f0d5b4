"""Who moved from one flat of a property to another: the former lease, and the transfer."""

from datetime import timedelta
from typing import Any

from mock_server.apis.propexo.portfolio.people.people import Somebody
from mock_server.apis.propexo.portfolio.places import Unit
from mock_server.apis.propexo.portfolio.site import Site, Told
from mock_server.apis.propexo.portfolio.systems import Facts
from mock_server.apis.propexo.portfolio.timeline import day_of, iso, midnight_of
from mock_server.world.identifiers import cuid

# Only those who were there before the first sync have lived in two flats of a property.
_SHARE_OF_MOVERS = 0.4
_YEAR = timedelta(days=365)


def transfer_of(site: Site, somebody: Somebody, papers: list[tuple[str, Facts]]) -> Told:
    """Yield a former lease and the transfer to the present one, for the few who moved.

    The resident's record is told of the former lease, so it has to be yielded after this.
    """
    is_old_hand = somebody.resource == "residents" and somebody.life.dates.asked is None
    if not is_old_hand or not site.place.fakes.chance(_SHARE_OF_MOVERS):
        return
    unit = _former_unit(site, somebody)
    ((_, present),) = papers
    former = _former_lease(site, somebody, present, unit)
    _remember(somebody.record, former)
    yield "leases", former
    yield "lease_transfers", _transfer(site, somebody, former, present)


def _former_unit(site: Site, somebody: Somebody) -> Unit:
    others = [unit for unit in site.place.units if unit is not somebody.life.unit]
    return site.place.fakes.pick(others)


def _former_lease(site: Site, somebody: Somebody, present: Facts, unit: Unit) -> Facts:
    end = day_of(present["realized_move_in_date"])
    lease = present | {
        "id": cuid(site.place.random),
        "x_id": site.place.next_x_id("leases"),
        "updated_at": iso(somebody.created),
        **_flat(unit),
        **_finished(midnight_of(end - _YEAR), midnight_of(end - timedelta(days=1))),
    }
    lease["residents_meta_data"] = [_past_part(present, lease)]
    return lease


def _flat(unit: Unit) -> Facts:
    rent = unit.plan.rent_in_cents
    return {
        "unit_id": unit.record["id"],
        "x_unit_id": unit.record["x_id"],
        "unit_number": unit.number,
        "rent_amount_in_cents": rent,
        "rent_amount_market_in_cents": rent,
        "deposit_amount": unit.plan.record["deposit_amount_raw"],
        "deposit_amount_in_cents": unit.plan.record["deposit_amount_in_cents"],
        "balance_amount_in_cents": 0,
        "balance_amount_raw": "0.00",
        "past_due_balance_in_cents": 0,
        "past_due_balance_raw": "0.00",
    }


def _finished(begun: str, ended: str) -> Facts:
    signed = midnight_of(day_of(begun) - timedelta(days=14))
    return {
        "application_date": None,
        "signature_date": signed,
        "deposit_date": signed,
        "start_date": begun,
        "end_date": ended,
        "scheduled_move_in_date": begun,
        "realized_move_in_date": begun,
        "scheduled_move_out_date": ended,
        "realized_move_out_date": ended,
        "term": "12 months",
        "type": "Fixed term",
        "status": "INACTIVE",
        "status_normalized": "INACTIVE",
        "status_raw": "Past",
        "move_in_date": begun,
        "move_out_date": ended,
        "has_no_move_out": False,
    }


def _past_part(present: Facts, lease: Facts) -> Facts:
    (part,) = present["residents_meta_data"]
    return {
        **part,
        "move_in_date": lease["move_in_date"],
        "move_out_date": lease["move_out_date"],
        "notice_date": None,
    }


def _remember(resident: dict[str, Any], lease: Facts) -> None:
    (part,) = lease["residents_meta_data"]
    theirs = {name: value for name, value in part.items() if name != "resident_id"}
    resident["leases_meta_data"].append({"lease_id": lease["id"], **theirs})


def _transfer(site: Site, somebody: Somebody, former: Facts, present: Facts) -> Facts:
    resident, place = somebody.record, site.place
    sides = {"previous": former, "next": present}
    values: Facts = {}
    for side, lease in sides.items():
        values |= {
            f"lease_id_{side}": lease["id"],
            f"x_lease_id_{side}": lease["x_id"],
            f"x_lease_property_id_{side}": place.x_id,
            f"unit_id_{side}": lease["unit_id"],
            f"x_unit_id_{side}": lease["x_unit_id"],
            f"lease_status_{side}": lease["status_normalized"],
            f"lease_status_{side}_raw": lease["status_raw"],
        }
    return site.write(
        "lease_transfers",
        somebody.created,
        **site.link("resident", resident),
        **values,
        resident_type="PRIMARY",
        resident_type_raw="Primary",
        transfer_effective_date=present["realized_move_in_date"],
    )
