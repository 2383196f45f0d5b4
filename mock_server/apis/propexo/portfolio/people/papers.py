"""What people sign: the application behind an applicant, the lease behind a resident."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

from mock_server.apis.propexo.portfolio.people.people import Somebody
from mock_server.apis.propexo.portfolio.places import Place, Unit
from mock_server.apis.propexo.portfolio.systems import Record
from mock_server.apis.propexo.portfolio.timeline import (
    DAY,
    between,
    date_of,
    day_of,
    iso,
    midnight_iso,
    midnight_of,
)
from mock_server.world.identifiers import cuid

_TERMS_IN_MONTHS = (6, 9, 12, 12, 12, 12, 15, 18)
_BY_MONTH = 0.08
_SERVICES = ("Valet trash", "Internet", "Pest control")
# A lease that is not signed in the weeks after an application is signed so long before it begins.
_AHEAD = timedelta(days=14)


class Term(NamedTuple):
    """From when to when a lease runs, and how the system words that."""

    type: str
    length: str
    start: date
    end: date | None


def papers_of(place: Place, somebody: Somebody) -> Iterator[tuple[str, Record]]:
    """Yield what somebody signed, under the id that their own record gives."""
    if somebody.resource == "applicants":
        yield "applications", _application(place, somebody)
    if somebody.resource == "residents":
        yield "leases", _lease(place, somebody)


def _application(place: Place, somebody: Somebody) -> Record:
    applicant: dict[str, Any] = somebody.record
    (link,) = applicant["applications"]
    record = place.write("applications", somebody.created)
    record.update(
        _place_in(somebody.life.unit),
        id=link["application_id"],
        updated_at=applicant["updated_at"],
        status=link["status"],
        applicants=[dict(link)],
    )
    return record


def _place_in(unit: Unit | None) -> Record:
    return {
        "x_unit_id": unit.record["x_id"] if unit else None,
        "unit_id": unit.record["id"] if unit else None,
    }


def _lease(place: Place, somebody: Somebody) -> Record:
    resident: dict[str, Any] = somebody.record
    (part,) = resident["leases_meta_data"]
    term = _term(place, part)
    signed = _signature(place, somebody, term)
    record = place.write("leases", somebody.created)
    record.update(
        _signatory(resident, part),
        **_times(somebody, part, term, signed),
        **_amounts(somebody),
        **_standing(part),
        services=_services(place.with_stream("services", part["lease_id"]), somebody, part),
        id=part["lease_id"],
        x_id=resident["x_lease_id"],
        # A renewal is signed long after the first sync brought the lease in.
        updated_at=max(resident["updated_at"], signed),
    )
    return record


def _term(place: Place, part: dict[str, Any]) -> Term:
    moved_in = day_of(part["move_in_date"])
    if part["move_out_date"]:
        return Term("Month-to-month", "1 month", moved_in, day_of(part["move_out_date"]))
    # Some let their term run out and stay from month to month.
    if place.with_stream("term", part["lease_id"]).fakes.chance(_BY_MONTH):
        return Term("Month-to-month", "1 month", moved_in, None)
    months, today = place.fakes.pick(_TERMS_IN_MONTHS), day_of(date_of(place.system.synced // DAY))
    start = moved_in
    # Whoever still lives there when a term is over has renewed it.
    while _months_after(start, months) <= today:
        start = _months_after(start, months)
    end = _months_after(start, months) - timedelta(days=1)
    return Term("Fixed term", f"{months} months", start, end)


def _months_after(day: date, months: int) -> date:
    """Return the same day of a later month, or its last day where it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _next_rent_day(place: Place) -> date:
    today = day_of(date_of(place.system.synced // DAY))
    return _months_after(today.replace(day=1), 1)


def _signature(place: Place, somebody: Somebody, term: Term) -> str:
    applied = somebody.life.dates.applied
    if applied is None:
        return midnight_of(term.start - _AHEAD)
    return midnight_iso(between(place.random, applied, somebody.created - DAY))


def _signatory(resident: dict[str, Any], part: dict[str, Any]) -> Record:
    theirs = {name: value for name, value in part.items() if name != "lease_id"}
    return {
        "x_resident_id": resident["x_id"],
        "residents_meta_data": [{"resident_id": resident["id"], **theirs}],
        # Private: the list of leases can be filtered by these four.
        "resident_id": resident["id"],
        "move_in_date": part["move_in_date"],
        "move_out_date": part["move_out_date"],
        "has_no_move_out": part["move_out_date"] is None,
    }


def _times(somebody: Somebody, part: dict[str, Any], term: Term, signed: str) -> Record:
    applied = somebody.life.dates.applied
    return {
        "application_date": None if applied is None else midnight_iso(applied),
        "signature_date": signed,
        "deposit_date": signed,
        "start_date": midnight_of(term.start),
        "end_date": None if term.end is None else midnight_of(term.end),
        "scheduled_move_in_date": part["move_in_date"],
        "realized_move_in_date": part["move_in_date"],
        "scheduled_move_out_date": part["move_out_date"],
        "term": term.length,
        "type": term.type,
    }


def _amounts(somebody: Somebody) -> Record:
    plan, unit = somebody.life.plan, somebody.life.unit
    resident: dict[str, Any] = somebody.record
    return {
        **_place_in(unit),
        "unit_number": unit.number if unit else None,
        "rent_amount_in_cents": plan.rent_in_cents,
        "rent_amount_market_in_cents": plan.rent_in_cents,
        "rent_due_day": 1,
        "rent_due_date": midnight_of(_next_rent_day(somebody.life.place)),
        "deposit_amount": plan.record["deposit_amount_raw"],
        "deposit_amount_in_cents": plan.record["deposit_amount_in_cents"],
        **_amount("balance_amount", resident["balance_in_cents"]),
        **_amount("past_due_balance", resident["late_balance_in_cents"]),
        "write_off_amount_in_cents": 0,
        "write_off_amount_raw": "0.00",
    }


def _services(place: Place, somebody: Somebody, part: dict[str, Any]) -> list[Record]:
    """Return what one lease in four includes besides the flat."""
    if not place.fakes.chance(0.25):
        return []
    known = iso(somebody.created)
    service: Record = {
        "id": cuid(place.random),
        "created_at": known,
        "updated_at": known,
        "last_seen": place.system.last_seen,
        "name": place.fakes.pick(_SERVICES),
        "lease_id": part["lease_id"],
    }
    return [service]


def _amount(name: str, cents: int) -> Record:
    return {f"{name}_in_cents": cents, f"{name}_raw": f"{cents / 100:.2f}"}


def _standing(part: dict[str, Any]) -> Record:
    return {
        "status": "ACTIVE",
        "status_normalized": "ACTIVE",
        "status_raw": "Notice" if part["notice_date"] else "Current",
    }
