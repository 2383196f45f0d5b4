"""What residents owe and have paid: charges and payments that add up to their balance."""

from collections.abc import Iterator
from typing import NamedTuple

from mock_server.apis.propexo.pms.balances import PET_RENT_IN_CENTS, amounts_of
from mock_server.apis.propexo.portfolio.site import Site, Told, in_text, moment
from mock_server.apis.propexo.portfolio.systems import Facts
from mock_server.apis.propexo.portfolio.timeline import (
    DAY,
    HOUR,
    between,
    date_of,
    midnight_iso,
)
from mock_server.world.identifiers import cuid

_METHODS = (
    ("ELECTRONICPAYMENT", "ACH"),
    ("ELECTRONICPAYMENT", "ACH"),
    ("CREDITCARD", "Credit card"),
    ("CHECK", "Check"),
)
_LONGEST_MONTH = 31
_RENT, _PET_RENT = "Rent", "Pet rent"


class LedgerAccount(NamedTuple):
    """One resident's account: who pays, under which lease, since when, and for what monthly."""

    site: Site
    resident: Facts
    lease: Facts
    known_since: int
    """The moment of the resident's own record; nothing of the account is older."""
    dues: tuple[tuple[str, int], ...]
    """What falls due each month: its name and its cents."""
    parties: Facts
    """The resident, the lease and the flat, as each entry of the account names them."""


def accounts_of(site: Site, *stream: object) -> Iterator[LedgerAccount]:
    """Open an account for each resident, under the lease that their record names.

    What is drawn for it comes from the resident's own part of the stream of that name.
    """
    leases = {one["id"]: one for one in site.known["leases"]}
    for resident in site.known["residents"]:
        own = site.with_stream(*stream, resident["id"])
        lease = leases[resident["lease_id"]]
        # A service animal is no pet, so nothing may be charged for it.
        pets = [
            (_PET_RENT, PET_RENT_IN_CENTS[pet["type"]])
            for pet in resident["pets"]
            if not pet["is_service_animal"]
        ]
        dues = ((_RENT, lease["rent_amount_in_cents"]), *pets)
        known_since, parties = moment(resident["created_at"]), _parties(site, resident, lease)
        yield LedgerAccount(own, resident, lease, known_since, dues, parties)


def _parties(site: Site, resident: Facts, lease: Facts) -> Facts:
    return {
        **site.link("resident", resident),
        **site.link("lease", lease),
        "unit_id": lease["unit_id"],
        "x_unit_id": lease["x_unit_id"],
    }


def records_of(site: Site, months: int) -> Told:
    """Yield the money of each resident, at most so many months of it."""
    for account in accounts_of(site, "ledger"):
        yield from _months(account, months)
        for name, cents in account.dues:
            yield "recurring_resident_charges", _recurring(account, name, cents)


def _months(whole: LedgerAccount, months: int) -> Told:
    """Charge each month and let it be paid, all but the rent that the resident still owes."""
    owes, is_late = _debt(whole.resident)
    due = _due_days(whole, months, ahead=owes and not is_late)
    for ago, day in zip(reversed(range(len(due))), due, strict=True):
        account = whole._replace(site=whole.site.with_stream("month", ago))
        charges = [_charge(account, name, cents, day) for name, cents in account.dues]
        is_owed = owes and day == due[-1]
        paid = charges[1:] if is_owed else charges
        payment = _payment(account, day, paid) if paid else None
        for charge in charges:
            yield "resident_charges", charge
        if payment:
            yield "resident_payments", payment


def _debt(resident: Facts) -> tuple[bool, bool]:
    return resident["balance_in_cents"] > 0, resident["late_balance_in_cents"] > 0


def _due_days(account: LedgerAccount, months: int, *, ahead: bool) -> list[int]:
    """Return the days on which rent fell due, in days since 1970, the latest last.

    Rent is due on the first; that of the first month on the day of moving in. With `ahead` the
    latest is that of the coming month, which is charged early, so that it is owed but not late.
    """
    today = account.site.place.system.synced // DAY
    moved_in = moment(account.lease["realized_move_in_date"]) // DAY
    first = _first_of_month(today)
    days = [_first_of_month(first + 31)] if ahead else []
    # In so many days at least so many months begin, whatever the day is. Where one more has begun
    # the oldest is left out, so that the books are as long on every day.
    begun = (today - moved_in) // _LONGEST_MONTH
    while len(days) < min(months, begun + 1 + ahead):
        days.append(max(first, moved_in))
        if first <= moved_in:
            break
        first = _first_of_month(first - 1)
    return days[::-1]


def _first_of_month(day: int) -> int:
    return day - int(date_of(day)[8:]) + 1


def _charge(account: LedgerAccount, name: str, cents: int, due: int) -> Facts:
    site = account.site
    posted = min(due * DAY, site.place.system.synced // DAY * DAY)
    created = max(posted + between(site.place.random, HOUR, 5 * HOUR), account.known_since)
    created = min(created, site.place.system.synced)
    return site.write(
        "resident_charges",
        created,
        updated=created,
        **account.parties,
        **_accounting(site, name),
        **in_text("amount", cents),
        **amounts_of(site.place.system.vendor, cents, 0),
        name=name,
        description=f"{name} for {date_of(due)[:7]}",
        due_date=midnight_iso(due * DAY),
        transaction_date=midnight_iso(posted),
        transaction_source="Recurring charge",
        post_month=date_of(due)[:7],
    )


def _accounting(site: Site, name: str) -> Facts:
    account = site.named("financial_accounts", "Rental income")
    return {
        **site.link("charge_code", site.named("charge_codes", name)),
        "financial_account_id": account["id"] if account else None,
        "x_gl_account_id": account["x_id"] if account else None,
    }


def _payment(account: LedgerAccount, due: int, charges: list[Facts]) -> Facts:
    site, synced = account.site, account.site.place.system.synced
    normalized, raw = site.place.fakes.pick(_METHODS)
    day = min(due + int(site.place.random.random() * 4), synced // DAY)
    earliest = max(day * DAY + 6 * HOUR, *(moment(one["created_at"]) for one in charges))
    created = min(max(earliest, account.known_since), synced)
    cents = sum(one["amount_in_cents"] for one in charges)
    record = site.write(
        "resident_payments",
        created,
        updated=created,
        **account.parties,
        **_accounting(site, _RENT if len(charges) == len(account.dues) else _PET_RENT),
        **in_text("amount", cents),
        name="Payment",
        description=f"Payment for {date_of(due)[:7]}",
        payment_method_normalized=normalized,
        payment_method_raw=raw,
        reference_number=f"{100_000 + int(site.place.random.random() * 900_000)}",
        transaction_date=midnight_iso(day * DAY),
        is_open=False,
        post_month=date_of(min(due, day))[:7],
    )
    record["allocations"] = [_settle(site, record, charge) for charge in charges]
    return record


def _settle(site: Site, payment: Facts, charge: Facts) -> Facts:
    """Pay a charge in full, and return the allocation that both records show."""
    cents, made = charge["amount_in_cents"], payment["created_at"]
    allocation = {
        "id": cuid(site.place.random),
        "x_id": site.place.next_x_id("allocations"),
        "x_source_id": payment["x_id"],
        "x_destination_id": charge["x_id"],
        "financial_account_id": charge.get("financial_account_id"),
        **in_text("amount", cents),
        "resident_charge_id": charge["id"],
        "resident_payment_id": payment["id"],
        "created_at": made,
        "updated_at": made,
        "last_seen": payment.get("last_seen"),
        "custom_data": {},
    }
    charge.update(
        amounts_of(site.place.system.vendor, cents, cents),
        updated_at=made,
        allocations=[allocation],
    )
    return allocation


def _recurring(account: LedgerAccount, name: str, cents: int) -> Facts:
    site, lease = account.site, account.lease
    code = site.named("charge_codes", name)
    income = site.named("financial_accounts", "Rental income")
    return site.write(
        "recurring_resident_charges",
        account.known_since,
        **site.link("lease", lease),
        **site.link("charge_code", code),
        **site.link("financial_account", income),
        **in_text("amount", cents),
        is_active=True,
        description=f"{name}, monthly",
        start_date=lease["start_date"],
        end_date=lease["end_date"],
        # Rentvine tells the number of months between two charges.
        frequency_raw="1" if site.place.system.vendor == "RENTVINE" else "Monthly",
        frequency_normalized="MONTHLY",
        charge_due_day=lease["rent_due_day"],
    )
