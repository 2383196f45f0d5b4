"""What a PMS makes of what a resident owes and pays: charges, credits, payments."""

from collections.abc import Iterator
from typing import Any

from mock_server.apis.propexo import addressees, normalization, writes
from mock_server.apis.propexo.drafts import draft, named
from mock_server.apis.propexo.fitting import fitted, month
from mock_server.apis.propexo.pms.balances import amount, amounts_of
from mock_server.apis.propexo.records.changes import companion
from mock_server.contract.kinds import Kind
from mock_server.engine.call import Call, Reply
from mock_server.engine.changes import Change, added
from mock_server.engine.refusals import Invalid, broken
from mock_server.world.clock import iso
from mock_server.world.records import Record
from mock_server.world.world import World

_METHODS = ("billing", "payment-method")

# A batch of charges is for one of these.
_ONE_PLACE = {"RENTMANAGER": "location_id", "RESMAN": "property_id"}


def charge(call: Call, world: World) -> Record:
    """Return what a charge is besides what is said of it: open, and whose it is."""
    whose = debtor(call, world, call.body)
    return {**whose, **_posted(call, world), **open_charge(call, world, call.body)}


def payment(call: Call, world: World) -> Record:
    """Return what a payment is besides what is said of it."""
    method = call.body.get("payment_type")
    return {
        **debtor(call, world, call.body),
        **_posted(call, world),
        "payment_method_raw": method,
        "payment_method_normalized": method and normalization.value_of(_METHODS, method),
        "is_open": True,
    }


def recurring_charge(call: Call, world: World) -> Record:
    """Return what a recurring charge is besides what is said of it."""
    return recurring(call.body, is_new=call.operation.kind is Kind.CREATE)


def credit(call: Call, world: World) -> Reply:
    """Queue a credit: a charge of a negative amount (guide: 2025-12, credits)."""
    cents = call.body.get("amount_in_cents")
    given = {**call.body, "amount_in_cents": None if cents is None else -cents}
    details = {**charge(call, world), **open_charge(call, world, given)}
    record = draft(call, world, details)
    return writes.settle(call, world, added(call, "resident_charges", record))


def batch(call: Call, world: World) -> Reply:
    """Queue several charges as one job, at a few PMSs those of one place alone."""
    _refuse_scattered(call, world)
    return writes.settle(call, world, *_batched(call, world))


def _refuse_scattered(call: Call, world: World) -> None:
    """Raise `Invalid` where the charges of a batch belong to several places (reference: batch)."""
    field = _ONE_PLACE.get(call.operation.vendor or "")
    if field is None:
        return
    residents = [
        named(call, world, "residents", each.get("resident_id")) for each in call.body["charges"]
    ]
    scattered = [
        broken(("charges", index, "resident_id"), f"has another {field} than the first charge")
        for index, each in enumerate(residents)
        if each.get(field) != residents[0].get(field)
    ]
    if scattered:
        raise Invalid(scattered)


def open_charge(call: Call, world: World, said: Record) -> Record:
    """Return the amounts of a charge of which nothing has been paid."""
    cents, vendor = said.get("amount_in_cents"), addressees.vendor_of(call, world)
    return {**amount("amount", cents), **amounts_of(vendor, cents or 0, 0)}


def debtor(call: Call, world: World, said: Record) -> Record:
    """Return who owes or pays, where and by which lease; one of these tells the others."""
    resident = named(call, world, "residents", said.get("resident_id"))
    lease = named(call, world, "leases", said.get("lease_id") or resident.get("lease_id"))
    resident = resident or named(call, world, "residents", lease.get("resident_id"))
    unit = named(call, world, "units", said.get("unit_id") or lease.get("unit_id"))
    found = {"resident": resident, "lease": lease, "unit": unit}
    return {
        field: value
        for name, record in found.items()
        for field, value in ((f"{name}_id", record.get("id")), (f"x_{name}_id", record.get("x_id")))
    }


def recurring(said: Record, *, is_new: bool) -> Record:
    """Return how often and when a recurring charge falls due."""
    found: dict[str, Any] = {"is_active": said.get("is_active", True)} if is_new else {}
    if "day_due" in said:
        found["charge_due_day"] = said["day_due"]
    if "frequency_normalized" in said and "frequency_raw" not in said:
        found["frequency_raw"] = said["frequency_normalized"].capitalize()
    elif said.get("frequency_raw") == 1:
        # Rentvine tells the number of months between two charges (reference: recurring charges).
        found["frequency_normalized"] = "MONTHLY"
    return found


def brought_along(call: Call, world: World, lease: Record) -> Iterator[Change]:
    """Yield the charges that a new lease carries."""
    whose = {name: lease.get(name) for name in ("resident_id", "x_resident_id")}
    whose.update(lease_id=lease["id"], x_lease_id=lease["x_id"])
    for said in call.body.get("resident_charges", ()):
        home = {name: lease.get(name) for name in ("unit_id", "x_unit_id")}
        known = {**_named_in_line(call, world, said), **whose, **home}
        known.update(open_charge(call, world, said))
        known.update(transaction_date=said["post_date"], due_date=said["post_date"])
        record = companion(call, world, "resident_charges", lease, **known)
        yield added(call, "resident_charges", record)
    for said in call.body.get("recurring_resident_charges", ()):
        known = {**_named_in_line(call, world, said), **recurring(said, is_new=True)}
        known.update(amount("amount", said["amount_in_cents"]), lease_id=lease["id"])
        known["x_lease_id"] = lease["x_id"]
        record = companion(call, world, "recurring_resident_charges", lease, **known)
        yield added(call, "recurring_resident_charges", record)


def _batched(call: Call, world: World) -> Iterator[Change]:
    for said in call.body.get("charges", ()):
        whose = named(call, world, "residents", said.get("resident_id"))
        whose = whose or named(call, world, "leases", said.get("lease_id"))
        stated = said.get("property_id") or whose.get("property_id")
        place = named(call, world, "properties", stated)
        beside = {**place, "property_id": place.get("id"), "x_property_id": place.get("x_id")}
        known = {
            **_named_in_line(call, world, said),
            **debtor(call, world, said),
            **open_charge(call, world, said),
            "due_date": said.get("transaction_date"),
        }
        record = companion(call, world, "resident_charges", beside, **known)
        yield added(call, "resident_charges", {**record, **_month(said)})


def _posted(call: Call, world: World) -> Record:
    """Return when something is booked, and what it is called: after its charge code."""
    day = call.body.get("transaction_date") or iso(world.clock.now())[:10]
    code = named(call, world, "charge_codes", call.body.get("charge_code_id"))
    fields = call.records(world).resource.fields
    dates = {"transaction_date": day, "due_date": day}
    return {
        "name": code.get("name") or call.body.get("description"),
        **{name: fitted(fields[name], each) for name, each in dates.items() if name in fields},
        **_month({"transaction_date": day, **call.body}),
    }


def _month(said: Record) -> Record:
    """Return the month in which something is booked, which is said as a date (assumed)."""
    return {"post_month": month(said.get("post_month")) or month(said.get("transaction_date"))}


def _named_in_line(call: Call, world: World, said: Record) -> Record:
    """Return what is said of a charge, and what its code is called."""
    code = named(call, world, "charge_codes", said.get("charge_code_id"))
    account = named(call, world, "financial_accounts", said.get("financial_account_id"))
    return {
        **{
            name: value for name, value in said.items() if name not in {"post_month", "property_id"}
        },
        "x_charge_code_id": code.get("x_id"),
        "x_financial_account_id": account.get("x_id"),
        "name": code.get("name") or said.get("description"),
    }
