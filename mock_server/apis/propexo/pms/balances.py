"""What is owed once a charge or a payment lands: balances, open charges, and what paid which."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from mock_server.apis.propexo.fitting import in_text
from mock_server.apis.propexo.kept import model_of
from mock_server.apis.propexo.pms import truth
from mock_server.engine.changes import THEN, Change
from mock_server.engine.moment import Moment
from mock_server.world.clock import iso
from mock_server.world.identifiers import cuid
from mock_server.world.records import Record

_CHARGES, _PAYMENTS = "resident_charges", "resident_payments"
# What an animal costs in a month, by its type.
PET_RENT_IN_CENTS = {"Cat": 2_500, "Dog": 3_500}
# Of these a charge does not tell what was paid (release note of 2026-02-23; sample of MRI).
_SILENT_ABOUT_PAID = frozenset({"APPFOLIO", "MRI"})
# What each account calls the sum of its open charges, and the part of it that is due.
_ACCOUNTS = {
    "residents": ("balance_in_cents", "late_balance_in_cents"),
    "leases": ("balance_amount_in_cents", "past_due_balance_in_cents"),
}
# What a charge for what was paid too much takes over from the payment.
_PARTIES = (
    *("integration_id", "integration_vendor", "property_id", "x_property_id", "location_id"),
    *("x_location_id", "resident_id", "x_resident_id", "lease_id", "x_lease_id"),
    *("unit_id", "x_unit_id", "transaction_date", "post_month"),
)


def entered(moment: Moment, integration_id: str, made: Change) -> Iterator[Change]:
    """Yield a change that lands, and all that it changes about what residents owe.

    A charge raises the balance of its resident and its lease; a negative one, which a credit is
    too, lowers them. A payment pays the oldest open charges. What is left of it becomes a credit,
    so that a balance is always the sum of the open charges (assumed).
    """
    model = model_of(made.table)
    if made.verb != "add" or model not in {_CHARGES, _PAYMENTS}:
        yield made
    elif model == _CHARGES:
        yield from _Entry(moment, integration_id, made).charged()
    else:
        yield from _Entry(moment, integration_id, made).paid()


def amounts_of(vendor: object, cents: float, paid: float) -> Record:
    """Return how a charge shows what of it is paid and what is open."""
    told = None if vendor in _SILENT_ABOUT_PAID else paid
    return {
        **amount("amount_open", cents - paid),
        **amount("amount_paid", told),
        "is_open": cents != paid,
    }


def amount(name: str, cents: float | None) -> Record:
    """Return an amount in cents and in the text of the PMS."""
    return {f"{name}_in_cents": cents, f"{name}_raw": None if cents is None else in_text(cents)}


@dataclass(frozen=True)
class _Entry:
    """A charge or a payment that is entered at a PMS, at a moment."""

    moment: Moment
    integration_id: str
    made: Change

    def owed(self, changed: Mapping[str, tuple[Record, float]]) -> Iterator[Change]:
        """Yield the new balances, once for each account; `changed` tells charges and amounts."""
        for model, names in _ACCOUNTS.items():
            sums: dict[str, list[float]] = {}
            for charge, cents in changed.values():
                total = sums.setdefault(charge.get(f"{model[:-1]}_id") or "", [0, 0])
                total[0] += cents
                total[1] += cents if self._is_due(charge) else 0
            for record_id, more in sums.items():
                account = truth.record(self.moment.world, model, record_id)
                if account is not None and more[0]:
                    yield self._changed("patch", model, record_id, _raised(account, names, more))

    def charged(self) -> Iterator[Change]:
        """Yield the charge, then the balances that it changes."""
        yield self.made
        cents = self.made.values.get("amount_in_cents") or 0
        yield from self.owed({self.made.record_id: (dict(self.made.values), cents)})

    def paid(self) -> Iterator[Change]:
        """Yield the payment with what it pays, then the charges and balances that it changes."""
        left = self.made.values.get("amount_in_cents") or 0
        changed: dict[str, tuple[Record, float]] = {}
        for charge in self._open_charges() if left > 0 else ():
            cents = min(left, charge["amount_open_in_cents"])
            if cents:
                changed[charge["id"]] = charge, -cents
            left -= cents
        parts = [self._allocation(charge, -cents) for charge, cents in changed.values()]
        known = {**self.made.values, "allocations": parts, "is_open": bool(left)}
        yield replace(self.made, values=known)
        for (charge, cents), part in zip(changed.values(), parts, strict=True):
            values = {**self._less(charge, -cents), "allocations": [part]}
            yield self._changed("join", _CHARGES, charge["id"], values)
        if left:
            credit = self._credit(left)
            changed[credit.record_id] = dict(credit.values), -left
            yield credit
        yield from self.owed(changed)

    def _is_due(self, charge: Mapping[str, Any]) -> bool:
        due = charge.get("due_date") or charge.get("transaction_date") or ""
        return bool(due[:10] <= iso(self.moment.at)[:10])

    def _open_charges(self) -> list[Record]:
        """Return what the payer still owes, oldest first."""
        field = "resident_id" if self.made.values.get("resident_id") else "lease_id"
        whose = {field: self.made.values.get(field)}
        if whose[field] is None:
            return []
        held = truth.held(self.moment.world, self.integration_id, _CHARGES, **whose)
        return sorted(
            (each for each in held if (each.get("amount_open_in_cents") or 0) > 0), key=_age
        )

    def _less(self, charge: Record, cents: float) -> Record:
        total = charge.get("amount_in_cents") or 0
        paid = total - charge["amount_open_in_cents"] + cents
        return amounts_of(charge["integration_vendor"], total, paid)

    def _allocation(self, charge: Record, cents: float) -> Record:
        random = self.moment.world.random()
        return {
            "id": cuid(random),
            "x_id": str(random.randrange(10**6, 10**8)),
            "x_source_id": self.made.values["x_id"],
            "x_destination_id": charge["x_id"],
            "financial_account_id": charge.get("financial_account_id"),
            **amount("amount", cents),
            "resident_charge_id": charge["id"],
            "resident_payment_id": self.made.record_id,
            **dict.fromkeys(("created_at", "updated_at", "last_seen"), THEN),
            "custom_data": {},
        }

    def _credit(self, left: float) -> Change:
        """Return the negative charge for what was paid too much; PMSs show credits like that."""
        random, payment = self.moment.world.random(), self.made.values
        record = {
            **{name: payment[name] for name in _PARTIES if name in payment},
            "id": cuid(random),
            "x_id": str(random.randrange(10**6, 10**8)),
            "name": "Prepayment",
            "description": "Paid before it was charged",
            "transaction_source": "Payment",
            "due_date": payment.get("transaction_date"),
            **amount("amount", -left),
            **amounts_of(payment.get("integration_vendor"), -left, 0),
        }
        table = self.made.table.replace(_PAYMENTS, _CHARGES)
        return replace(self.made, table=table, record_id=record["id"], values=record)

    def _changed(self, verb: str, model: str, record_id: str, values: Record) -> Change:
        stamps = tuple(each for each in self.made.stamps if each != "created_at")
        table = self.made.table.replace(model_of(self.made.table), model)
        return Change(verb, table, record_id, values, stamps)


def _age(charge: Record) -> tuple[str, str, str]:
    day = charge.get("due_date") or charge.get("transaction_date") or ""
    return day, charge.get("created_at") or "", charge["id"]


def _raised(account: Record, names: tuple[str, ...], by: list[float]) -> Record:
    """Return the new sums of an account, with their texts where it shows such."""
    new = {}
    for name, more in zip(names, by, strict=True):
        cents, worded = (account.get(name) or 0) + more, f"{name.removesuffix('_in_cents')}_raw"
        new.update({name: cents, **({worded: in_text(cents)} if worded in account else {})})
    return new
