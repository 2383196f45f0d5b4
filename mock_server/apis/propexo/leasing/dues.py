"""What a resident owes each month, and what the first month costs."""

from collections.abc import Iterator

from mock_server.apis.propexo.leasing.desk import Desk, link
from mock_server.apis.propexo.leasing.terms import day_of, prorated
from mock_server.apis.propexo.pms.balances import PET_RENT_IN_CENTS, amount, amounts_of
from mock_server.world.records import Record

RENT, _PET_RENT, _INCOME = "Rent", "Pet rent", "Rental income"


def begin(desk: Desk, resident: Record, lease: Record) -> None:
    """Note what falls due each month under a lease: the rent, and that of each animal."""
    income = desk.named("financial_accounts", lease, _INCOME)
    for name, cents in _monthly(resident, lease):
        desk.add(
            "recurring_resident_charges",
            lease,
            **link("lease", lease),
            **link("charge_code", desk.named("charge_codes", lease, name)),
            **link("financial_account", income),
            **amount("amount", cents),
            is_active=True,
            description=f"{name}, monthly",
            start_date=lease["start_date"],
            end_date=lease["end_date"],
            frequency_raw="Monthly",
            frequency_normalized="MONTHLY",
            charge_due_day=lease["rent_due_day"],
        )


def charge_first_month(desk: Desk, resident: Record, lease: Record) -> None:
    """Charge the days that are left of the month of moving in, which is today."""
    for name, cents in _monthly(resident, lease):
        charge(desk, resident, lease, name, prorated(cents, day_of(desk.today)))


def charge(desk: Desk, resident: Record, lease: Record, name: str, cents: int) -> None:
    """Charge an amount that is due today."""
    income = desk.named("financial_accounts", lease, _INCOME)
    month = desk.today[:7]
    desk.add(
        "resident_charges",
        lease,
        **link("resident", resident),
        **link("lease", lease),
        **link("charge_code", desk.named("charge_codes", lease, name)),
        **amount("amount", cents),
        **amounts_of(lease["integration_vendor"], cents, 0),
        unit_id=lease["unit_id"],
        x_unit_id=lease["x_unit_id"],
        financial_account_id=link("account", income)["account_id"],
        x_gl_account_id=link("account", income)["x_account_id"],
        name=name,
        description=f"{name} for {month}",
        due_date=desk.today,
        transaction_date=desk.today,
        transaction_source="Recurring charge",
        post_month=month,
        allocations=[],
    )


def _monthly(resident: Record, lease: Record) -> Iterator[tuple[str, int]]:
    """Yield the name and the cents of each monthly charge; service animals cost nothing."""
    yield RENT, lease["rent_amount_in_cents"] or 0
    for each in resident["pets"] or ():
        if each["type"] in PET_RENT_IN_CENTS and not each["is_service_animal"]:
            yield _PET_RENT, PET_RENT_IN_CENTS[each["type"]]
