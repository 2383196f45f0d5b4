"""Whom a property pays and for what: vendors, purchase orders, invoices and payables."""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from mock_server.apis.propexo.portfolio.facts import tables_of
from mock_server.apis.propexo.portfolio.site import Site, Told
from mock_server.apis.propexo.portfolio.systems import Facts
from mock_server.apis.propexo.portfolio.timeline import DAY, HOUR, between, date_of, midnight_iso
from mock_server.world.fakes import letters_of

_INVOICES, _ORDERED, _PAYABLES = 3, 1, 2
_DAYS_TO_PAY = 30


class Supply(NamedTuple):
    """What a vendor usually delivers, by the piece."""

    description: str
    unit_price_in_cents: int


@cache
def _supplies() -> Mapping[str, tuple[Supply, ...]]:
    vendors = tables_of("books")["vendors"]
    return {one["name"]: tuple(Supply(**each) for each in one["supplies"]) for one in vendors}


class Line(NamedTuple):
    """So many pieces of one supply."""

    supply: Supply
    quantity: int

    @property
    def cents(self) -> int:
        return self.quantity * self.supply.unit_price_in_cents


class Bill(NamedTuple):
    """What a vendor wants for some lines, since when; paid when it was due before now."""

    vendor: Facts
    lines: tuple[Line, ...]
    dated: int
    is_paid: bool

    @property
    def cents(self) -> int:
        return sum(line.cents for line in self.lines)

    def still_due(self, cents: int) -> int:
        """Return what is still to be paid of an amount on the bill."""
        return 0 if self.is_paid else cents


def vendors_of(site: Site) -> Told:
    """Yield the vendors that work for a property."""
    for number, vendor in enumerate(tables_of("books")["vendors"]):
        record = site.write(
            "vendors",
            site.place.founding_moment(),
            name=vendor["name"],
            type=vendor["trade"],
            is_active=True,
            account_number=f"V-{1_001 + number}",
            tax_id=f"00-{1_000_000 + int(site.place.random.random() * 9_000_000)}",
            contacts=[_contact(site, vendor["name"])],
        )
        yield "vendors", record


def _contact(site: Site, company: str) -> Facts:
    place, person = site.place, site.place.fakes.person(at=f"{letters_of(company)}.example.com")
    return {
        "address_1": place.fakes.street(),
        "address_2": None,
        "city": place.city.name,
        "country": "US",
        "state": place.city.state,
        "zip": place.fakes.pick(place.city.zips),
        "phone": place.phone(),
        "phone_type": "WORK",
        "email": person.email,
        "is_primary": True,
        "name": person.name,
    }


def records_of(site: Site) -> Told:
    """Yield what the property ordered and has to pay; its vendors are there already."""
    first, first_order = (site.place.first_number(each) for each in ("bills", "orders"))
    for number, (own, bill) in enumerate(_bills(site, "invoice", _INVOICES)):
        invoice = _invoice(own, bill, first + number)
        yield "invoices", invoice
        if number < _ORDERED:
            yield from _order(own, bill, invoice, first_order + number)
    first += _INVOICES
    for number, (own, bill) in enumerate(_bills(site, "payable", _PAYABLES), start=first):
        yield "payable_registers", _payable(own, bill, number)


def _bills(site: Site, name: str, count: int) -> list[tuple[Site, Bill]]:
    """Draw so many bills, each from a stream of its own, the oldest first."""
    drawn = [(own, _bill(own)) for own in (site.with_stream(name, each) for each in range(count))]
    return sorted(drawn, key=lambda each: each[1].dated)


def _bill(site: Site) -> Bill:
    place = site.place
    vendor = place.fakes.pick(site.known["vendors"])
    supplies = _supplies()[vendor["name"]]
    lines = tuple(Line(one, 1 + int(place.random.random() * 4)) for one in supplies)
    dated = between(place.random, place.opened, place.system.synced - 3 * DAY)
    return Bill(vendor, lines, dated, dated + _DAYS_TO_PAY * DAY < place.system.synced)


def account(site: Site, name: str, prefix: str = "") -> Facts:
    """Name one of the property's accounts, under the field that tells what it is for."""
    return site.link(f"{prefix}financial_account", site.named("financial_accounts", name))


def _invoice(site: Site, bill: Bill, number: int) -> Facts:
    record = site.write("invoices", *_told(site, bill), **_totals(site, bill))
    record["invoice_number"] = f"INV-{number}"
    record["invoice_items"] = [
        {"invoice_id": record["id"], **_item(site, bill, line)} for line in bill.lines
    ]
    return record


def _payable(site: Site, bill: Bill, number: int) -> Facts:
    record = site.write("payable_registers", *_told(site, bill), **_totals(site, bill))
    record.update(
        invoice_number=f"PAY-{number}",
        status="Paid" if bill.is_paid else "Unpaid",
        is_unpaid=not bill.is_paid,
        is_adjustment=False,
        is_credit_memo=False,
        is_exempt_from_1099=False,
        expense_type="Operating",
    )
    record["payable_register_items"] = [
        {"payable_register_id": record["id"], "cost_code": None, **_item(site, bill, line)}
        for line in bill.lines
    ]
    return record


def _told(site: Site, bill: Bill) -> tuple[int]:
    """Say when a bill came into the books: some hours after its date."""
    return (bill.dated + between(site.place.random, HOUR, DAY),)


def _totals(site: Site, bill: Bill) -> Facts:
    day = midnight_iso(bill.dated)
    return {
        "x_vendor_id": bill.vendor["x_id"],
        **account(site, "Repairs"),
        **account(site, "Operating cash", "cash_"),
        **account(site, "Accounts payable", "ap_"),
        "amount_due_in_cents": bill.still_due(bill.cents),
        "amount_paid_in_cents": bill.cents - bill.still_due(bill.cents),
        "due_date": midnight_iso(bill.dated + _DAYS_TO_PAY * DAY),
        "discount_amount_in_cents": 0,
        "invoice_date": day,
        "post_date": day,
        "post_month": date_of(bill.dated // DAY)[:7],
        "post_status_raw": "Posted",
        "sub_total_amount_in_cents": bill.cents,
        "total_amount_in_cents": bill.cents,
        "notes": bill.lines[0].supply.description,
    }


def _item(site: Site, bill: Bill, line: Line) -> Facts:
    expense, cash = account(site, "Repairs"), account(site, "Operating cash", "cash_")
    return {
        "x_id": site.place.next_x_id("bill_items"),
        "x_property_id": site.place.x_id,
        "x_location_id": site.place.x_location_id,
        "x_gl_account_id": expense["x_financial_account_id"],
        "construction_job_id": None,
        "amount_due_in_cents": bill.still_due(line.cents),
        "notes": f"{line.quantity} x {line.supply.description}",
        "total_amount_in_cents": line.cents,
        "property_id": site.place.id,
        "financial_account_id": expense["financial_account_id"],
        **cash,
    }


def _order(site: Site, bill: Bill, invoice: Facts, number: int) -> Told:
    """Yield the order that a bill is for, then its items."""
    ordered = max(bill.dated - 2 * DAY, site.place.opened)
    order = site.write(
        "purchase_orders",
        ordered,
        updated=max(ordered, bill.dated),
        **site.link("vendor", bill.vendor),
        **site.link("invoice", invoice),
        associated_invoice_ids=[invoice["id"]],
        number=f"PO-{number}",
        is_closed=bill.is_paid,
        status_raw="Closed" if bill.is_paid else "Invoiced",
        description=f"Supplies from {bill.vendor['name']}",
        total_amount_in_cents=bill.cents,
        order_date=midnight_iso(ordered),
        expense_type="Operating",
        **_address(site, "shipping"),
        **_address(site, "billing"),
    )
    yield "purchase_orders", order
    for line in bill.lines:
        yield "purchase_order_items", _ordered(site, order, line, ordered)


def _address(site: Site, use: str) -> Facts:
    shown = ("address_1", "address_2", "city", "state", "zip", "country")
    address = site.place.postal_address(None)
    return {f"{use}_{name}": address[name] for name in shown}


def _ordered(site: Site, order: Facts, line: Line, ordered: int) -> Facts:
    return site.write(
        "purchase_order_items",
        ordered,
        description=line.supply.description,
        stock_code=letters_of(line.supply.description)[:8].upper(),
        quantity_ordered=str(line.quantity),
        unit_price_in_cents=line.supply.unit_price_in_cents,
        total_cost_in_cents=line.cents,
        purchase_order_id=order["id"],
        financial_account_id=account(site, "Repairs")["financial_account_id"],
        associated_invoice_ids=order["associated_invoice_ids"],
    )
