"""Do bills add up, and does an order cost what its invoice says?"""

from collections import Counter

import pytest

from tests.unit.apis.propexo.portfolio.conftest import NOW, Portfolio


@pytest.mark.parametrize(
    ("resource", "items"),
    [("invoices", "invoice_items"), ("payable_registers", "payable_register_items")],
)
def test_the_items_add_up_to_the_bill(portfolio: Portfolio, resource: str, items: str) -> None:
    for one in portfolio[resource]:
        assert one[items]
        for name in ("total_amount_in_cents", "amount_due_in_cents"):
            assert sum(item[name] for item in one[items]) == one[name]
        paid_and_due = one["amount_paid_in_cents"] + one["amount_due_in_cents"]
        assert paid_and_due == one["total_amount_in_cents"] == one["sub_total_amount_in_cents"]
        own = items.removesuffix("_items") + "_id"
        assert {item[own] for item in one[items]} == {one["id"]}


@pytest.mark.parametrize("resource", ["invoices", "payable_registers"])
def test_a_bill_is_paid_once_it_was_due(portfolio: Portfolio, resource: str) -> None:
    now = NOW.isoformat()
    assert {one["amount_due_in_cents"] > 0 for one in portfolio[resource]} == {True, False}
    for one in portfolio[resource]:
        assert one["invoice_date"] < one["due_date"]
        assert one["invoice_date"] <= one["created_at"]
        assert one["post_month"] == one["invoice_date"][:7]
        # A bill of today's due date may be paid or not.
        if one["due_date"][:10] != now[:10]:
            assert (one["amount_due_in_cents"] == 0) is (one["due_date"] < now)


def test_bills_come_from_vendors_of_the_property(portfolio: Portfolio) -> None:
    vendors = {(one["property_id"], one["x_id"]) for one in portfolio["vendors"]}
    for one in portfolio["invoices"] + portfolio["payable_registers"]:
        assert (one["property_id"], one["x_vendor_id"]) in vendors


def test_an_order_costs_what_its_items_and_its_invoice_cost(portfolio: Portfolio) -> None:
    invoices = {one["id"]: one for one in portfolio["invoices"]}
    for order in portfolio["purchase_orders"]:
        items = [
            one
            for one in portfolio["purchase_order_items"]
            if one["purchase_order_id"] == order["id"]
        ]
        invoice = invoices[order["invoice_id"]]
        assert order["associated_invoice_ids"] == [invoice["id"]]
        assert order["total_amount_in_cents"] == invoice["total_amount_in_cents"]
        assert sum(one["total_cost_in_cents"] for one in items) == order["total_amount_in_cents"]
        assert order["order_date"] <= invoice["invoice_date"]
        assert order["x_vendor_id"] == invoice["x_vendor_id"]
        for one in items:
            cents = int(one["quantity_ordered"]) * one["unit_price_in_cents"]
            assert one["total_cost_in_cents"] == cents


def test_a_number_is_given_once_at_a_property(portfolio: Portfolio) -> None:
    for resource, name in (("invoices", "invoice_number"), ("purchase_orders", "number")):
        given = Counter((one["property_id"], one[name]) for one in portfolio[resource])
        assert set(given.values()) == {1}


def test_each_vendor_has_one_contact_to_begin_with(portfolio: Portfolio) -> None:
    for one in portfolio["vendors"]:
        (contact,) = one["contacts"]
        assert contact["is_primary"]
        assert contact["email"].endswith(".example.com")
