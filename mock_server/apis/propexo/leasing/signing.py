"""The signature of a lease: the resident to come, the deposit, and what falls due each month."""

from mock_server.apis.propexo.leasing import dues, homes
from mock_server.apis.propexo.leasing.applying import contact_of, pets_of
from mock_server.apis.propexo.leasing.desk import Desk, link
from mock_server.apis.propexo.leasing.standing import Standing
from mock_server.apis.propexo.leasing.terms import Term, day_of, wished_for
from mock_server.apis.propexo.pms.balances import amount
from mock_server.world.identifiers import cuid
from mock_server.world.records import Record


def sign(desk: Desk, standing: Standing, unit: Record) -> None:
    """Let a lease be signed; the resident moves in on its first day, or when they are moved in."""
    lead, applicant = standing.lead, standing.applicant or {}
    term = wished_for(lead, day_of(desk.today))
    homes.reserve(desk, unit)
    resident = _resident(desk, standing, term)
    lease = _lease(desk, standing, unit, term, resident)
    desk.change("residents", resident, x_lease_id=lease["x_id"])
    desk.change("applicants", applicant, x_lease_id=lease["x_id"])
    desk.change("leads", lead, status="Leased")
    _deposit(desk, resident, lease)
    dues.begin(desk, resident, lease)


def tenancy(term_start: str) -> Record:
    """Return how a lease and its holder tell of each other, besides their ids."""
    return {
        "x_resident_type": "Primary",
        "resident_type_normalized": "PRIMARY",
        "move_in_date": term_start,
        "move_out_date": None,
        "notice_date": None,
        "custom_data": {},
    }


def deposit_of(desk: Desk, unit: Record) -> Record:
    """Return the deposit that a unit's floor plan asks for."""
    plan = desk.record("floor_plans", unit["floor_plan_id"]) or {}
    return {
        "deposit_amount": plan.get("deposit_amount_raw"),
        "deposit_amount_in_cents": plan.get("deposit_amount_in_cents"),
    }


def _resident(desk: Desk, standing: Standing, term: Term) -> Record:
    lease_id = cuid(desk.moment.world.random())
    person = {**contact_of(standing.lead), **contact_of(standing.applicant or {})}
    start = term.facts["start_date"]
    return desk.add(
        "residents",
        standing.lead,
        **person,
        lease_id=lease_id,
        leases_meta_data=[{"lease_id": lease_id, **tenancy(start)}],
        balance_in_cents=0,
        late_balance_in_cents=0,
        is_employee=False,
        pets=pets_of(desk, "residents", standing.lead),
        vehicles=[],
    )


def _lease(desk: Desk, standing: Standing, unit: Record, term: Term, resident: Record) -> Record:
    said = {
        "id": resident["lease_id"],
        "application_date": _applied_on(desk, standing),
        "status": "PENDING",
        "status_normalized": "PENDING",
        "status_raw": "Future",
    }
    return add_lease(desk, unit, resident, {**term.facts, **said})


def add_lease(desk: Desk, unit: Record, resident: Record, said: Record) -> Record:
    """Add a lease of a unit that is signed today, at the rent that the unit asks for."""
    rent = unit["rent_amount_market_in_cents"]
    known = {
        **link("resident", resident),
        **link("unit", unit),
        **deposit_of(desk, unit),
        **amount("balance_amount", 0),
        **amount("past_due_balance", 0),
        "residents_meta_data": [{"resident_id": resident["id"], **tenancy(said["move_in_date"])}],
        "signature_date": desk.today,
        "deposit_date": desk.today,
        "unit_number": unit["number"],
        "rent_amount_in_cents": rent,
        "rent_amount_market_in_cents": rent,
        "rent_due_day": 1,
        "has_no_move_out": True,
        "services": [],
    }
    return desk.add("leases", resident, **{**known, **said})


def _applied_on(desk: Desk, standing: Standing) -> str:
    """Return the day of the application: today where Propexo has not read it yet."""
    known = desk.copied("applications", (standing.application or {}).get("id"))
    return desk.today if known is None else f"{known['created_at'][:10]}T00:00:00.000Z"


def _deposit(desk: Desk, resident: Record, lease: Record) -> None:
    """Note the deposit, which is paid with the signature and stands outside the monthly account."""
    cents = lease["deposit_amount_in_cents"]
    if not cents:
        return
    facts = {
        **link("resident", resident),
        **link("lease", lease),
        "amount_charged_in_cents": cents,
        "amount_paid_in_cents": cents,
        "amount_refunded_in_cents": 0,
        "refund_amount_due_in_cents": 0,
        "integration_data": {},
        "refund_is_due": False,
    }
    desk.add("deposits", lease, **facts, x_deposit_type="Security")
    desk.add("deposit_summaries", lease, **facts, has_invoice=False)
