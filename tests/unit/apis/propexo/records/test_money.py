"""Is what is owed and paid booked to the right people, in cents and in text alike?"""

from collections.abc import Callable
from typing import Any

import pytest

Record = dict[str, Any]
Write = Callable[..., dict[str, list[Record]]]
DAY = "2026-03-15T00:00:00.000Z"


def test_a_charge_is_open_and_knows_its_resident_by_the_lease(
    home: Callable[..., Record], other: Callable[..., Record], write: Write
) -> None:
    lease = home("MRI")
    code = other("charge_codes", lease)
    body = {
        "integration_id": lease["integration_id"],
        "lease_id": lease["id"],
        "charge_code_id": code["id"],
        "amount_in_cents": 12550,
        "transaction_date": DAY,
    }
    (charge,) = write("POST /v1/resident-charges/", body)["resident_charges"]
    assert (charge["resident_id"], charge["unit_id"]) == (lease["resident_id"], lease["unit_id"])
    assert (charge["x_lease_id"], charge["x_charge_code_id"]) == (lease["x_id"], code["x_id"])
    assert (charge["name"], charge["post_month"]) == (code["name"], "2026-03")
    assert (charge["amount_raw"], charge["amount_paid_raw"]) == ("125.50", None)
    assert (charge["is_open"], charge["amount_open_in_cents"]) == (True, 12550)


def test_a_credit_is_a_charge_of_a_negative_amount(
    home: Callable[..., Record], other: Callable[..., Record], write: Write
) -> None:
    lease = home("RENTVINE")
    body = {
        "integration_id": lease["integration_id"],
        "lease_id": lease["id"],
        "financial_account_id": other("financial_accounts", lease)["id"],
        "amount_in_cents": 5000,
        "transaction_date": DAY,
        "description": "Goodwill",
    }
    new = write("POST /v1/resident-credits/", body)
    (credit,) = new["resident_charges"]
    assert (credit["amount_in_cents"], credit["amount_raw"]) == (-5000, "-50.00")
    assert credit["amount_open_in_cents"] == -5000


def test_a_payment_says_how_it_was_made(home: Callable[..., Record], write: Write) -> None:
    lease = home()
    body = {
        "integration_id": lease["integration_id"],
        "resident_id": lease["resident_id"],
        "amount_in_cents": 150000,
        "payment_type": "Cashiers Check",
        "transaction_date": DAY,
    }
    (payment,) = write("POST /v1/resident-payments/", body)["resident_payments"]
    assert payment["payment_method_raw"] == "Cashiers Check"
    assert payment["payment_method_normalized"] == "CASHIERCHECK"
    assert (payment["lease_id"], payment["amount_raw"]) == (lease["id"], "1500.00")


def test_a_recurring_charge_words_its_frequency(home: Callable[..., Record], write: Write) -> None:
    lease = home()
    body = {
        "integration_id": lease["integration_id"],
        "lease_id": lease["id"],
        "frequency_normalized": "MONTHLY",
        "day_due": 5,
    }
    new = write("POST /v1/recurring-resident-charges/", body)
    (charge,) = new["recurring_resident_charges"]
    assert (charge["frequency_raw"], charge["charge_due_day"]) == ("Monthly", 5)
    assert (charge["x_lease_id"], charge["is_active"]) == (lease["x_id"], True)


def test_rentvine_counts_the_months_between_two_charges(
    home: Callable[..., Record], other: Callable[..., Record], write: Write
) -> None:
    lease = home("RENTVINE")
    assert other("recurring_resident_charges", lease)["frequency_raw"] == "1"
    body = {
        "integration_id": lease["integration_id"],
        "lease_id": lease["id"],
        "financial_account_id": other("financial_accounts", lease)["id"],
        "amount_in_cents": 100,
        "description": "Parking",
        "day_due": 1,
        "start_date": DAY,
        "frequency_raw": 1,
    }
    new = write("POST /v1/recurring-resident-charges/", body)
    (charge,) = new["recurring_resident_charges"]
    assert (charge["frequency_raw"], charge["frequency_normalized"]) == ("1", "MONTHLY")


def test_a_batch_books_each_of_its_charges_under_one_job(
    home: Callable[..., Record], other: Callable[..., Record], write: Write
) -> None:
    lease = home("YARDI")
    charge = {
        "property_id": lease["property_id"],
        "resident_id": lease["resident_id"],
        "unit_id": lease["unit_id"],
        "financial_account_id": other("financial_accounts", lease)["id"],
        "charge_code_id": other("charge_codes", lease)["id"],
        "transaction_date": DAY,
    }
    charges = [{**charge, "amount_in_cents": cents} for cents in (100, 200)]
    body = {"integration_id": lease["integration_id"], "charges": charges}
    new = write("POST /v1/resident-charges/batch/yardi/", body)["resident_charges"]
    assert sorted(each["amount_in_cents"] for each in new) == [100, 200]
    assert {each["x_property_id"] for each in new} == {lease["x_property_id"]}


def test_a_batch_of_several_places_is_refused(
    home: Callable[..., Record], propexo: Any, issues: Callable[[Any], Any]
) -> None:
    lease = home("RESMAN")
    with propexo.world() as world:
        residents = propexo.api.records(world, "residents").all()
        codes = propexo.api.records(world, "charge_codes").all()
    mine = [each for each in residents if each["integration_id"] == lease["integration_id"]]
    far = next(each for each in mine if each["property_id"] != lease["property_id"])
    code = next(each for each in codes if each["integration_id"] == lease["integration_id"])
    charge = {
        "charge_code_id": code["id"],
        "batch_id": "7",
        "transaction_date": DAY,
        "description": "Rent",
        "notes": "Rent",
        "amount_in_cents": 100,
        "reference_number": "7",
    }
    whose = (lease["resident_id"], far["id"])
    charges = [{**charge, "resident_id": each} for each in whose]
    body = {"integration_id": lease["integration_id"], "charges": charges}
    refused = propexo.refused("POST /v1/resident-charges/batch/resman/", body)
    advice = "has another property_id than the first charge"
    assert issues(refused) == [("charges.1.resident_id", advice)]


@pytest.mark.parametrize("pms", ["RENTMANAGER", "RESMAN", "PROPERTYWARE_REST", "YARDI"])
def test_a_batch_of_nothing_is_refused(pms: str, home: Callable[..., Record], propexo: Any) -> None:
    body = {"integration_id": home(pms)["integration_id"], "charges": []}
    refused = propexo.refused(f"POST /v1/resident-charges/batch/{pms.lower()}/", body)
    (issue,) = refused["error"]["details"]["details"]["issues"]
    assert (issue["code"], issue["path"]) == ("too_small", ["charges"])
