"""Does a PMS refuse records and amounts that it does not take together, and say which would do?"""

from collections.abc import Callable
from typing import Any

import pytest

from mock_server.world.queries import where

Record = dict[str, Any]
Issues = Callable[[Any], list[tuple[Any, ...]]]


@pytest.fixture
def every(propexo: Any) -> Callable[..., list[Record]]:
    """Return the seeded records of a PMS."""

    def every(resource: str, vendor: str) -> list[Record]:
        with propexo.world() as world:
            found = propexo.api.records(world, resource).all(where(integration_vendor=vendor))
            return [dict(each) for each in found]

    return every


@pytest.fixture
def register(every: Callable[..., list[Record]]) -> Record:
    """Return a payable register that Yardi takes."""
    vendor = every("vendors", "YARDI")[0]
    place = vendor["property_id"]
    account = next(
        each for each in every("financial_accounts", "YARDI") if each["property_id"] == place
    )
    item = {"property_id": place, "total_amount_in_cents": 500}
    item |= {"financial_account_id": account["id"], "notes": "Paint"}
    return {
        "integration_id": vendor["integration_id"],
        "vendor_id": vendor["id"],
        "invoice_number": "2026-7",
        "invoice_date": "2026-03-01",
        "total_amount_in_cents": 1000,
        "cash_financial_account_id": account["id"],
        "payable_register_items": [item, item],
    }


REGISTERS = "POST /v1/payable-registers/yardi/"


def test_the_total_of_a_payable_register_is_the_sum_of_its_items(
    register: Record, propexo: Any, issues: Issues
) -> None:
    refused = propexo.refused(REGISTERS, {**register, "total_amount_in_cents": 999})
    advice = "must equal the sum of the items, which is 1000"
    assert issues(refused) == [("total_amount_in_cents", advice)]


def test_an_invoice_number_is_used_once_for_each_vendor(
    register: Record, propexo: Any, landed: Callable[[Any], Any], issues: Issues
) -> None:
    landed(propexo.get(REGISTERS, register))
    ((path, said),) = issues(propexo.refused(REGISTERS, register))
    assert path == "invoice_number"
    assert said.startswith("is used: the payable register ")
    landed(propexo.get(REGISTERS, {**register, "invoice_number": "2026-8"}))


def test_the_cash_account_is_that_of_the_property(
    register: Record, every: Callable[..., list[Record]], propexo: Any, issues: Issues
) -> None:
    place = register["payable_register_items"][0]["property_id"]
    far = next(
        each for each in every("financial_accounts", "YARDI") if each["property_id"] != place
    )
    refused = propexo.refused(REGISTERS, {**register, "cash_financial_account_id": far["id"]})
    advice = "must be the cash account of the property of the items"
    assert issues(refused) == [("cash_financial_account_id", advice)]


def test_a_generic_write_keeps_these_rules_too(
    register: Record, propexo: Any, issues: Issues
) -> None:
    refused = propexo.refused(
        "POST /v1/payable-registers/",
        {**register, "invoice_number": "9"} | {"total_amount_in_cents": 1},
    )
    assert [path for path, _ in issues(refused)] == ["total_amount_in_cents"]


def test_rentvine_takes_payments_of_primary_residents_into_bank_accounts(
    every: Callable[..., list[Record]], propexo: Any, issues: Issues
) -> None:
    resident = every("residents", "RENTVINE")[0]
    links = resident["leases_meta_data"]
    with propexo.world() as world:
        values = [{**each, "resident_type_normalized": "SECONDARY"} for each in links]
        kept = propexo.api.records(world, "residents")
        kept.patch(resident["id"], {"leases_meta_data": values})
    income = next(
        each
        for each in every("financial_accounts", "RENTVINE")
        if each["property_id"] == resident["property_id"] and each["name"] == "Rental income"
    )
    body = {
        "integration_id": resident["integration_id"],
        "lease_id": resident["lease_id"],
        "resident_id": resident["id"],
        "financial_account_id": income["id"],
        "amount_in_cents": 100,
        "payment_type": "CHECK",
        "transaction_date": "2026-03-01",
        "send_email_receipt": False,
    }
    payer, account = issues(propexo.refused("POST /v1/resident-payments/rentvine/", body))
    assert payer == ("resident_id", "must be the primary resident of the lease")
    assert account[0] == "financial_account_id"
    assert account[1].startswith("must be a bank account, not 'Rental income'; the property has ")


def test_the_source_of_an_entrata_lead_is_set_once(
    every: Callable[..., list[Record]], propexo: Any, landed: Callable[[Any], Any], issues: Issues
) -> None:
    sources = every("lead_sources", "ENTRATA")
    lead, other = next(
        (lead, source["id"])
        for lead in every("leads", "ENTRATA")
        for source in sources
        if lead["lead_source_id"] not in {None, source["id"]}
        and lead["integration_id"] == source["integration_id"]
    )
    known = lead["lead_source_id"]
    key, path = "PUT /v1/leads/entrata/{lead_id}", {"lead_id": lead["id"]}
    refused = issues(propexo.refused(key, {"lead_source_id": other}, **path))
    advice = f"can only be set while the lead has none; it has '{known}'"
    assert refused == [("lead_source_id", advice)]
    with propexo.world() as world:
        propexo.api.records(world, "leads").patch(lead["id"], {"lead_source_id": None})
    landed(propexo.get(key, {"lead_source_id": other}, **path))


def test_rent_manager_takes_vendors_of_the_property(
    every: Callable[..., list[Record]], propexo: Any, issues: Issues
) -> None:
    request = every("service_requests", "RENTMANAGER")[0]
    far = next(
        each
        for each in every("vendors", "RENTMANAGER")
        if each["property_id"] != request["property_id"]
    )
    key = "PUT /v1/service-requests/rentmanager/{service_request_id}"
    said = {"service_description": "Tap", "service_details": "Drips"}
    body = {**said, "vendor_id": far["id"]}
    refused = issues(propexo.refused(key, body, service_request_id=request["id"]))
    advice = f"must be a vendor of the property '{request['property_id']}'"
    assert refused == [("vendor_id", advice)]
