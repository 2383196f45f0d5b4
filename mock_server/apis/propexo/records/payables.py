"""What a PMS makes of what the landlord owes: vendors, invoices, registers, purchase orders."""

from collections.abc import Iterator, Mapping
from typing import Any

from mock_server.apis.propexo import writes
from mock_server.apis.propexo.addressees import vendor_of
from mock_server.apis.propexo.drafts import draft, identified, named
from mock_server.apis.propexo.fitting import fitted, month
from mock_server.apis.propexo.records.changes import companion, part, plain
from mock_server.contract.kinds import Kind
from mock_server.engine.call import Call, Reply
from mock_server.engine.changes import Change, added, patched, removed
from mock_server.engine.references import found
from mock_server.engine.refusals import Invalid, broken
from mock_server.world.queries import where
from mock_server.world.records import Record
from mock_server.world.world import World

VOID, _PAY = "VOID", "PAY"
_REACHED_BY = {"email_1": "email", "phone_1": "phone", "phone_1_type": "phone_type"}
_LINKED = {
    "property_id": "properties",
    "construction_job_id": "construction_jobs",
    "financial_account_id": "financial_accounts",
}
# An update makes a change order there (reference: update purchase order).
_MAKE_CHANGE_ORDERS = frozenset({"YARDI", "YARDI_REST"})
# Its invoices start unapproved, and are booked on their own day (reference: create invoice).
_APPROVES = "RESMAN"
_WITHOUT_INVOICE: Record = {"invoice_id": None, "x_invoice_id": None, "associated_invoice_ids": []}
_ADDRESS = ("address_1", "address_2", "city", "state", "zip", "country")


def vendor(call: Call, world: World) -> Record:
    """Return what a vendor is besides what is said of it: a name, and whom to call."""
    body, is_new = call.body, call.operation.kind is Kind.CREATE
    names = [body[name] for name in ("first_name", "last_name") if body.get(name)]
    details: Record = {"is_active": body.get("is_active", True)} if is_new else {}
    if names and "name" not in body:
        details["name"] = " ".join(names)
    known = [] if is_new else found(call, world)["contacts"]
    said = {name: body[name] for name in _ADDRESS if name in body}
    said |= {shown: body[sent] for sent, shown in _REACHED_BY.items() if sent in body}
    if "contacts" in body:
        details["contacts"] = [
            part(call, world, "vendors", "contacts", plain(each)) for each in body["contacts"]
        ]
    elif said or (is_new and names):
        named_so = {"name": " ".join(names)} if names else {}
        first = {"is_primary": True, **(known[0] if known else {}), **named_so, **said}
        details["contacts"] = [part(call, world, "vendors", "contacts", first), *known[1:]]
    return details


def invoice(call: Call, world: World) -> Record:
    """Return what an invoice is besides what is said of it: its items, and what is due."""
    if call.operation.kind is Kind.UPDATE:
        return _decided(call, world)
    body = call.body
    notes = body.get("notes") or body.get("description") or body.get("memo")
    details = {**_billed(call, world, "invoice"), "notes": notes}
    if vendor_of(call, world) == _APPROVES:
        day = body.get("accounting_date") or body.get("invoice_date")
        booked = fitted(call.records(world).resource.fields["post_date"], day)
        details.update(post_date=booked, post_status_raw="Unapproved")
    return details


def _decided(call: Call, world: World) -> Record:
    """Return what becomes of an invoice that is paid, released or held (MRI; amounts assumed)."""
    status = call.body.get("status")
    if status is None:
        return {}
    details: Record = {"post_status_raw": str(status).capitalize()}
    if status == _PAY:
        total = found(call, world)["total_amount_in_cents"]
        details.update(amount_due_in_cents=0, amount_paid_in_cents=total)
    return details


def payable_register(call: Call, world: World) -> Record:
    """Return what a payable register is besides what is said of it."""
    if call.operation.kind is Kind.UPDATE:
        return {}
    details = {**_billed(call, world, "payable_register"), "is_unpaid": True}
    stated = call.body.get("invoice_status")
    if stated:
        details.update(status=stated, post_status_raw=stated.capitalize())
    return details


def cancel(call: Call, world: World) -> Reply:
    """Queue the cancellation of a payable register: it stays, void, and nothing of it is due."""
    register_id = call.body.get("payable_register_id")
    if register_id is None:
        raise Invalid([broken("payable_register_id", "is required: it says what to cancel")])
    void = {"status": VOID, "post_status_raw": "Void", "is_unpaid": False}
    void.update(amount_due_in_cents=0)
    return writes.settle(call, world, patched(call, "payable_registers", register_id, void))


def create_order(call: Call, world: World) -> Reply:
    """Queue a purchase order, whose items are records of their own."""
    items = list(call.body.get("purchase_order_items", ()))
    order = draft(call, world, _ordered(call, items))
    order["is_closed"] = False
    lines = _order_items(call, world, order, items)
    return writes.settle(call, world, added(call, "purchase_orders", order), *lines)


def update_order(call: Call, world: World) -> Reply:
    """Queue the changes of a purchase order; items that are sent replace those it has (assumed)."""
    order, items = found(call, world), list(call.body.get("purchase_order_items", ()))
    if order["integration_vendor"] in _MAKE_CHANGE_ORDERS:
        return _change_order(call, world, order, items)
    change = patched(
        call, "purchase_orders", order["id"], draft(call, world, _ordered(call, items))
    )
    if "purchase_order_items" not in call.body:
        return writes.settle(call, world, change)
    if all("purchase_order_item_id" in each for each in items):
        lines = (_changed_line(call, world, each) for each in items)
        return writes.settle(call, world, change, *lines)
    records = call.records(world, "purchase_order_items")
    known = records.all(where(purchase_order_id=order["id"]))
    gone = (removed(call, "purchase_order_items", each["id"]) for each in known)
    return writes.settle(call, world, change, *gone, *_order_items(call, world, order, items))


def _change_order(call: Call, world: World, order: Record, items: list[Record]) -> Reply:
    """Queue a change order: an order of its own below the one that is changed, which stays."""
    changes = draft(call, world, _ordered(call, items))
    parent = {"parent_purchase_order_id": order["id"], "x_parent_purchase_order_id": order["x_id"]}
    record = {**order, **identified(call, world), **_WITHOUT_INVOICE, **changes, **parent}
    lines = _order_items(call, world, record, items)
    return writes.settle(call, world, added(call, "purchase_orders", record), *lines)


def _billed(call: Call, world: World, kind: str) -> Record:
    """Return the items of a bill, its totals, and its vendor and property."""
    body, field = call.body, f"{kind}_items"
    items = [_item(call, world, field, said) for said in body.get(field, ())]
    items_total = sum(each["total_amount_in_cents"] or 0 for each in items)
    total = body.get("total_amount_in_cents", items_total if items else None)
    vendor = named(call, world, "vendors", body.get("vendor_id"))
    details = {
        "x_vendor_id": vendor.get("x_id"),
        field: items,
        "total_amount_in_cents": total,
        "sub_total_amount_in_cents": items_total if items else total,
        "amount_due_in_cents": total,
        "amount_paid_in_cents": 0,
    }
    if items and items[0].get("property_id") and "property_id" not in body:
        details.update({name: items[0][name] for name in ("property_id", "x_property_id")})
    return {**details, **_month(body)}


def _month(body: Mapping[str, Any]) -> Record:
    stated = (month(body.get(name)) for name in ("post_month", "post_date", "invoice_date"))
    return {"post_month": next(filter(None, stated), body.get("post_month"))}


def _item(call: Call, world: World, field: str, said: Mapping[str, Any]) -> dict[str, Any]:
    place = named(call, world, "properties", said.get("property_id"))
    account = named(call, world, "financial_accounts", said.get("financial_account_id"))
    cash = named(call, world, "financial_accounts", said.get("cash_financial_account_id"))
    linked = {
        "x_property_id": place.get("x_id"),
        "x_gl_account_id": account.get("x_id"),
        "x_cash_financial_account_id": cash.get("x_id"),
        "amount_due_in_cents": said.get("total_amount_in_cents"),
    }
    return part(call, world, call.operation.resource or "", field, {**said, **linked})


def _ordered(call: Call, items: list[Record]) -> Record:
    if not items or "total_amount_in_cents" in call.body:
        return {}
    return {"total_amount_in_cents": sum(each.get("total_cost_in_cents") or 0 for each in items)}


def _changed_line(call: Call, world: World, said: Record) -> Change:
    """Return the change of an item that a purchase order has (Rent Manager)."""
    fields = call.records(world, "purchase_order_items").resource.fields
    known = {name: said[name] for name in said if name in fields and name not in _LINKED}
    known.update(_order_links(call, world, said))
    return patched(call, "purchase_order_items", said["purchase_order_item_id"], known)


def _order_items(call: Call, world: World, order: Record, items: list[Record]) -> Iterator[Change]:
    fields = call.records(world, "purchase_order_items").resource.fields
    for said in items:
        known = {name: said[name] for name in said if name in fields and name not in _LINKED}
        record = companion(call, world, "purchase_order_items", order, **known)
        record.update(_order_links(call, world, said), purchase_order_id=order["id"])
        yield added(call, "purchase_order_items", record)


def _order_links(call: Call, world: World, said: Record) -> Record:
    links: Record = {}
    for field, resource in _LINKED.items():
        record = named(call, world, resource, said.get(field))
        if record:
            links.update({field: record["id"], f"x_{field}": record["x_id"]})
    return links
