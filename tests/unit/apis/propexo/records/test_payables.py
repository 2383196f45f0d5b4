"""Do bills add up, and do the records that their lines become belong to them?"""

from collections.abc import Callable
from typing import Any

import pytest

Record = dict[str, Any]
Write = Callable[..., dict[str, list[Record]]]


def test_a_vendors_address_and_phone_are_its_contact(
    home: Callable[..., Record], write: Write, stored: Callable[[str, str], Record]
) -> None:
    body = {
        "integration_id": home("BUILDIUM")["integration_id"],
        "vendor_category_id": "plumbers",
        "is_company": False,
        "first_name": "Ada",
        "last_name": "Okafor",
        "city": "Tampa",
        "phone_1": "8135550123",
    }
    (vendor,) = write("POST /v1/vendors/", body)["vendors"]
    (contact,) = vendor["contacts"]
    assert (vendor["name"], vendor["is_active"]) == ("Ada Okafor", True)
    assert (contact["city"], contact["phone"], contact["is_primary"]) == (
        "Tampa",
        "8135550123",
        True,
    )
    write("PUT /v1/vendors/{vendor_id}", {"city": "Miami"}, vendor_id=vendor["id"])
    (changed,) = stored("vendors", vendor["id"])["contacts"]
    assert (changed["city"], changed["phone"]) == ("Miami", "8135550123")


@pytest.mark.parametrize("kind", ["invoice", "payable_register"])
def test_a_bill_adds_up_and_knows_its_vendor(
    kind: str, home: Callable[..., Record], other: Callable[..., Record], write: Write
) -> None:
    lease = home()
    vendor, account = other("vendors", lease), other("financial_accounts", lease)
    item = {
        "property_id": lease["property_id"],
        "financial_account_id": account["id"],
        "notes": "Paint",
    }
    items = [{**item, "total_amount_in_cents": cents} for cents in (1000, 500)]
    body = {"integration_id": lease["integration_id"], "vendor_id": vendor["id"]}
    body["total_amount_in_cents"] = 1500
    path = f"POST /v1/{kind.replace('_', '-')}s/"
    (bill,) = write(path, {**body, f"{kind}_items": items})[f"{kind}s"]
    assert bill["total_amount_in_cents"] == bill["amount_due_in_cents"] == 1500
    assert bill["x_vendor_id"] == vendor["x_id"]
    shown = bill[f"{kind}_items"][0]
    assert (shown["x_property_id"], shown["x_gl_account_id"]) == (
        lease["x_property_id"],
        account["x_id"],
    )


def test_an_invoice_at_resman_starts_unapproved_and_is_booked_on_its_day(
    home: Callable[..., Record], other: Callable[..., Record], write: Write
) -> None:
    lease = home("RESMAN")
    body = {
        "integration_id": lease["integration_id"],
        "property_id": lease["property_id"],
        "vendor_id": other("vendors", lease)["id"],
        "invoice_number": "R-77",
        "invoice_date": "2026-03-02",
        "due_date": "2026-03-31",
        "notes": "Paint",
        "memo": "Paint",
        "total_amount_in_cents": 100,
        "invoice_items": [],
    }
    (bill,) = write("POST /v1/invoices/", body)["invoices"]
    assert bill["post_status_raw"] == "Unapproved"
    assert bill["post_date"] == bill["invoice_date"]


def test_a_cancelled_register_stays_and_nothing_of_it_is_due(
    home: Callable[..., Record],
    other: Callable[..., Record],
    write: Write,
    stored: Callable[[str, str], Record],
) -> None:
    register = other("payable_registers", home())
    body = {"integration_id": register["integration_id"], "payable_register_id": register["id"]}
    write("POST /v1/payable-registers/cancel", body)
    void = stored("payable_registers", register["id"])
    assert (void["status"], void["is_unpaid"], void["amount_due_in_cents"]) == ("VOID", False, 0)


@pytest.fixture
def line(home: Callable[..., Record], other: Callable[..., Record]) -> Record:
    """Return a line of a purchase order."""
    return {
        "property_id": home()["property_id"],
        "financial_account_id": other("financial_accounts", home())["id"],
        "description": "Paint",
        "stock_code": "P1",
        "quantity_ordered": "2",
        "unit_price_in_cents": 350,
        "total_cost_in_cents": 700,
    }


def test_an_orders_items_are_records_that_an_update_replaces(
    home: Callable[..., Record], write: Write, propexo: Any, line: Record
) -> None:
    body = {"integration_id": home()["integration_id"], "purchase_order_items": [line, line]}
    body["total_amount_in_cents"] = 1400
    new = write("POST /v1/purchase-orders/", body)
    (order,), items = new["purchase_orders"], new["purchase_order_items"]
    assert order["total_amount_in_cents"] == 1400
    assert {each["purchase_order_id"] for each in items} == {order["id"]}
    brush = {**line, "description": "Brush", "cost_code": "C", "category_code": "M"}
    key, path = "PUT /v1/purchase-orders/{purchase_order_id}", {"purchase_order_id": order["id"]}
    write(key, {"purchase_order_items": [brush]}, **path)
    shown = propexo.get("GET /v1/purchase-orders/{purchase_order_id}/items", **path)["results"]
    assert [each["description"] for each in shown] == ["Brush"]


@pytest.mark.parametrize("vendor", ["YARDI", "YARDI_REST"])
def test_yardi_makes_a_change_order_of_an_update(
    vendor: str,
    home: Callable[..., Record],
    other: Callable[..., Record],
    write: Write,
    stored: Callable[[str, str], Record],
) -> None:
    order = other("purchase_orders", home(vendor))
    account = other("financial_accounts", order, property_id=order["property_id"])
    item = {
        "property_id": order["property_id"],
        "financial_account_id": account["id"],
        "description": "Brushes",
        "stock_code": "B-1",
        "quantity_ordered": "2",
        "unit_price_in_cents": 150,
        "total_cost_in_cents": 300,
        "cost_code": "C",
        "category_code": "M",
    }
    body = {
        "vendor_id": order["vendor_id"],
        "description": "More brushes",
        "number": "PO-2",
        "total_amount_in_cents": 300,
        "order_date": "2026-03-01",
        "expense_type": "Maintenance",
        "display_type": "Standard",
        "purchase_order_items": [item],
    }
    key = "PUT /v1/purchase-orders/{purchase_order_id}"
    new = write(key, body, purchase_order_id=order["id"])
    (change,), (line,) = new["purchase_orders"], new["purchase_order_items"]
    assert change["parent_purchase_order_id"] == order["id"] != change["id"]
    assert (change["description"], change["total_amount_in_cents"]) == ("More brushes", 300)
    assert (line["purchase_order_id"], line["description"]) == (change["id"], "Brushes")
    kept = stored("purchase_orders", order["id"])
    assert kept["description"] == order["description"]
    assert kept["total_amount_in_cents"] == order["total_amount_in_cents"]


def test_an_orders_item_refers_to_what_is_there_and_ours(
    home: Callable[..., Record], propexo: Any, issues: Callable[[Any], Any], line: Record
) -> None:
    lost = {**line, "property_id": "cnowhere"}
    strange = {**line, "property_id": home("MRI")["property_id"]}
    body = {"integration_id": home()["integration_id"], "purchase_order_items": [lost, strange]}
    refused = issues(propexo.refused("POST /v1/purchase-orders/", body))
    assert [path for path, _ in refused if "." in path] == [
        "purchase_order_items.0.property_id",
        "purchase_order_items.1.property_id",
    ]
