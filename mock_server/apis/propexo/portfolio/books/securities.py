"""What secures a lease: the resident's deposit, and the insurance that they show."""

from datetime import date, timedelta
from typing import Any

from mock_server.apis.propexo.portfolio.books.ledger import LedgerAccount, accounts_of
from mock_server.apis.propexo.portfolio.facts import tables_of
from mock_server.apis.propexo.portfolio.site import Site, Told, in_text, moment
from mock_server.apis.propexo.portfolio.systems import Facts
from mock_server.apis.propexo.portfolio.timeline import DAY, date_of, day_of, midnight_of

_LIABILITY_IN_CENTS = 10_000_000
_SHARE_OF_INSURED = 0.7
_YEAR = timedelta(days=365)


def records_of(site: Site) -> Told:
    """Yield the deposit of each lease, what it adds up to, and the policies of most residents."""
    for account in accounts_of(site, "securities"):
        facts = _deposit(account)
        yield "deposits", _write(account, "deposits", facts, x_deposit_type="Security")
        yield "deposit_summaries", _write(account, "deposit_summaries", facts, has_invoice=False)
        if site.place.fakes.chance(_SHARE_OF_INSURED):
            yield "resident_insurance", _policy(account)


def _deposit(account: LedgerAccount) -> Facts:
    cents = account.lease["deposit_amount_in_cents"]
    return {
        **account.site.link("resident", account.resident),
        **account.site.link("lease", account.lease),
        "amount_charged_in_cents": cents,
        "amount_paid_in_cents": cents,
        "amount_refunded_in_cents": 0,
        "refund_amount_due_in_cents": 0,
        "integration_data": {},
        # Private: lists can be filtered by it.
        "refund_is_due": False,
    }


def _write(account: LedgerAccount, resource: str, facts: Facts, **more: Any) -> Facts:
    return account.site.write(resource, account.known_since, **facts, **more)


def _policy(account: LedgerAccount) -> Facts:
    site = account.site
    effective = _latest_anniversary(account)
    return site.write(
        "resident_insurance",
        max(account.known_since, moment(effective)),
        **account.parties,
        provider=site.place.fakes.pick(tables_of("books")["insurers"]),
        insurance_type="Renters liability",
        policy_number=f"RL{1_000_000 + int(site.place.random.random() * 9_000_000)}",
        effective_date=effective,
        expiration_date=midnight_of(day_of(effective) + _YEAR),
        **in_text("liability_amount", _LIABILITY_IN_CENTS),
    )


def _latest_anniversary(account: LedgerAccount) -> str:
    """Return when the running policy began: those who stay renew it year by year."""
    began = day_of(account.lease["realized_move_in_date"])
    today = date.fromisoformat(date_of(account.site.place.system.synced // DAY))
    years = (today - began) // _YEAR
    return midnight_of(began + years * _YEAR)
