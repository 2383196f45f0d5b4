"""Do charges and payments add up to what a resident owes, month by month and in order?"""

from collections import Counter, defaultdict
from datetime import date
from typing import Any

import pytest

from mock_server.apis.propexo import portfolio as portfolio_of
from tests.unit.apis.propexo.portfolio.conftest import NOW, Build, Portfolio

Entries = dict[str, list[dict[str, Any]]]


def by_resident(entries: list[dict[str, Any]]) -> Entries:
    found: Entries = defaultdict(list)
    for one in entries:
        found[one["resident_id"]].append(one)
    return found


def total(entries: list[dict[str, Any]], name: str = "amount_in_cents") -> int:
    return sum(one[name] for one in entries)


def pet_rent(resident: dict[str, Any]) -> int:
    pets = [each for each in resident["pets"] if not each["is_service_animal"]]
    return sum({"Cat": 2_500, "Dog": 3_500}[pet["type"]] for pet in pets)


def test_charges_less_payments_are_the_balance(portfolio: Portfolio) -> None:
    charges, payments = (
        by_resident(portfolio[name]) for name in ("resident_charges", "resident_payments")
    )
    balances = {one["balance_in_cents"] > 0 for one in portfolio["residents"]}
    assert balances == {True, False}
    for resident in portfolio["residents"]:
        owed, paid = charges[resident["id"]], payments[resident["id"]]
        assert total(owed) - total(paid) == resident["balance_in_cents"]
        assert total(owed, "amount_open_in_cents") == resident["balance_in_cents"]


def test_whoever_is_late_has_an_open_charge_that_was_due(portfolio: Portfolio) -> None:
    charges = by_resident(portfolio["resident_charges"])
    today = NOW.strftime("%Y-%m-%d")
    for resident in portfolio["residents"]:
        unpaid = [one for one in charges[resident["id"]] if one["is_open"]]
        late = [one for one in unpaid if one["due_date"][:10] <= today]
        assert total(late) == resident["late_balance_in_cents"]


def test_each_month_costs_the_rent_of_the_lease_and_of_the_pets(portfolio: Portfolio) -> None:
    leases = {one["id"]: one for one in portfolio["leases"]}
    charges = by_resident(portfolio["resident_charges"])
    recurring = defaultdict(int)
    for one in portfolio["recurring_resident_charges"]:
        recurring[one["lease_id"]] += one["amount_in_cents"]
    for resident in portfolio["residents"]:
        lease = leases[resident["lease_id"]]
        monthly = lease["rent_amount_in_cents"] + pet_rent(resident)
        assert recurring[lease["id"]] == monthly
        theirs = charges[resident["id"]]
        months = {one["post_month"] for one in theirs}
        assert total(theirs) == monthly * len(months)
        assert {one["lease_id"] for one in theirs} == {lease["id"]}
        assert {one["unit_id"] for one in theirs} == {lease["unit_id"]}


def test_nobody_is_charged_before_moving_in(portfolio: Portfolio) -> None:
    leases = {one["id"]: one for one in portfolio["leases"]}
    for charge in portfolio["resident_charges"]:
        moved_in = leases[charge["lease_id"]]["realized_move_in_date"]
        assert moved_in <= charge["transaction_date"] <= charge["due_date"]
        assert charge["transaction_date"] <= charge["created_at"]
        assert charge["post_month"] == charge["due_date"][:7]
        assert charge["due_date"][8:10] == "01" or charge["due_date"] == moved_in


def test_a_payment_settles_what_it_says_and_comes_after_it(portfolio: Portfolio) -> None:
    charges = {one["id"]: one for one in portfolio["resident_charges"]}
    for payment in portfolio["resident_payments"]:
        assert total(payment["allocations"]) == payment["amount_in_cents"]
        for part in payment["allocations"]:
            charge = charges[part["resident_charge_id"]]
            assert charge["allocations"] == [part]
            assert part["x_source_id"] == payment["x_id"]
            assert part["x_destination_id"] == charge["x_id"]
            assert charge["resident_id"] == payment["resident_id"]
            assert charge["transaction_date"] <= payment["transaction_date"]
            assert charge["created_at"] <= payment["created_at"] == charge["updated_at"]


def test_what_is_open_and_what_is_paid_make_up_a_charge(portfolio: Portfolio) -> None:
    for one in portfolio["resident_charges"]:
        paid = one["amount_in_cents"] - one["amount_open_in_cents"]
        # These tell what was paid by their allocations alone.
        is_told = one["integration_vendor"] not in {"APPFOLIO", "MRI"}
        assert one["amount_paid_in_cents"] == (paid if is_told else None)
        assert one["is_open"] is (one["amount_open_in_cents"] > 0)
        assert bool(one["allocations"]) is not one["is_open"]


def test_charges_are_named_as_their_charge_codes(portfolio: Portfolio) -> None:
    codes = {one["id"]: one["name"] for one in portfolio["charge_codes"]}
    assert {one["name"] for one in portfolio["resident_charges"]} == {"Rent", "Pet rent"}
    for one in portfolio["resident_charges"]:
        assert codes[one["charge_code_id"]] == one["name"]


def test_money_goes_back_fewer_months_at_the_later_properties_of_a_big_world(
    build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(portfolio_of, "_PROPERTIES_WITH_ALL_MONTHS", 1)
    numbers: dict[str, int] = {}
    met: Counter[str] = Counter()
    told: dict[tuple[int, str], set[str]] = defaultdict(set)
    for resource, one in build(leads=100):
        if resource == "properties":
            numbers[one["id"]] = met[one["integration_id"]]
            met[one["integration_id"]] += 1
        if resource == "resident_charges":
            told[numbers[one["property_id"]], one["resident_id"]].add(one["post_month"])
    months = {number: 0 for number, _ in told}
    for (number, _), seen in told.items():
        months[number] = max(months[number], len(seen))
    assert months == {0: 6, 1: 3}


def test_the_months_of_an_account_follow_one_another(portfolio: Portfolio) -> None:
    for theirs in by_resident(portfolio["resident_charges"]).values():
        firsts = sorted({date.fromisoformat(f"{one['post_month']}-01") for one in theirs})
        assert (firsts[-1] - firsts[0]).days <= 31 * (len(firsts) - 1)
