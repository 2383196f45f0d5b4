"""Is what is owed always the sum of the open charges, whatever is charged, credited and paid?"""

import itertools
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mock_server.world.queries import where

Record = dict[str, Any]
CHARGE, PAYMENT = "POST /v1/resident-charges/", "POST /v1/resident-payments/"
CREDIT = "POST /v1/resident-credits/rentvine/"
DAY = "2026-03-01T00:00:00.000Z"

_numbers = itertools.count(1)


def account(desk: Any, vendor: str) -> Record:
    """Return the resident of a PMS who owes most."""
    with desk.world() as world:
        found = desk.api.records(world, "residents").all(where(integration_vendor=vendor))
    return dict(max(found, key=lambda each: each["balance_in_cents"]))


def first_id(desk: Any, resource: str, resident: Record) -> str:
    with desk.world() as world:
        mine = where(integration_id=resident["integration_id"])
        found = desk.api.records(world, resource).all(mine)
    # Rentvine takes payments into bank accounts alone.
    return str(next(each["id"] for each in found if "income" not in each["name"]))


def body(desk: Any, resident: Record, cents: int, **more: Any) -> Record:
    """Return what a charge and a payment say alike."""
    said = {
        "integration_id": resident["integration_id"],
        "lease_id": resident["lease_id"],
        "financial_account_id": first_id(desk, "financial_accounts", resident),
        "amount_in_cents": cents,
        "transaction_date": DAY,
    }
    return {**said, **more}


def paying(resident: Record) -> Record:
    return {
        "resident_id": resident["id"],
        "payment_type": "CHECK",
        "send_email_receipt": False,
    }


def land(desk: Any, key: str, sent: Record) -> None:
    accepted = desk.get(key, sent)
    desk.machine.advance(seconds=2)
    job_id = accepted.get("job_id") or accepted["meta"]["job_id"]
    status = desk.get("GET /v1/admin/write-status/{root_job_id}", root_job_id=job_id)
    assert status["write_status"] == "SUCCESS"


def read(desk: Any, resource: str, record_id: str) -> Record:
    with desk.world() as world:
        return dict(desk.api.records(world, resource).get(record_id))


def charges_of(desk: Any, resident: Record) -> list[Record]:
    with desk.world() as world:
        found: list[Record] = desk.api.records(world, "resident_charges").all(
            where(resident_id=resident["id"])
        )
    return found


def balances(desk: Any, resident: Record) -> tuple[int, int]:
    owed = read(desk, "residents", resident["id"])["balance_in_cents"]
    return owed, read(desk, "leases", resident["lease_id"])["balance_amount_in_cents"]


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    writes=st.lists(
        st.tuples(st.sampled_from([CHARGE, PAYMENT, CREDIT]), st.integers(1, 400_000)), max_size=5
    )
)
def test_a_balance_is_the_sum_of_the_open_charges(
    propexo: Any, writes: list[tuple[str, int]]
) -> None:
    desk = replace(propexo, name=f"{propexo.name}-{next(_numbers)}")
    resident = account(desk, "RENTVINE")
    expected = resident["balance_in_cents"]
    for key, cents in writes:
        more = paying(resident) if key == PAYMENT else {"description": "Key"}
        land(desk, key, body(desk, resident, cents, **more))
        expected += cents if key == CHARGE else -cents
        open_ones = [each for each in charges_of(desk, resident) if each["is_open"]]
        assert sum(each["amount_open_in_cents"] for each in open_ones) == expected
        assert balances(desk, resident) == (expected, expected)


def test_a_payment_pays_the_oldest_charges_and_says_which(propexo: Any) -> None:
    resident = account(propexo, "RENTVINE")
    owed = resident["balance_in_cents"]
    land(propexo, CHARGE, body(propexo, resident, 5_000, description="Key"))
    land(propexo, PAYMENT, body(propexo, resident, owed + 2_000, **paying(resident)))
    charges = charges_of(propexo, resident)
    key = next(each for each in charges if each["description"] == "Key")
    assert (key["amount_open_in_cents"], key["amount_paid_raw"]) == (3_000, "20.00")
    assert [each for each in charges if each["is_open"]] == [key]
    with propexo.world() as world:
        payment = propexo.api.records(world, "resident_payments").all()[-1]
    assert sum(each["amount_in_cents"] for each in payment["allocations"]) == owed + 2_000
    assert payment["allocations"][-1] == key["allocations"][-1]
    assert not payment["is_open"]


@pytest.mark.parametrize("vendor", ["APPFOLIO", "YARDI"])
def test_a_negative_charge_lowers_the_balance(vendor: str, propexo: Any) -> None:
    resident = account(propexo, vendor)
    sent = body(propexo, resident, -1_500, description="Refund")
    if vendor == "YARDI":
        lease = read(propexo, "leases", resident["lease_id"])
        sent |= {name: lease[name] for name in ("property_id", "unit_id", "resident_id")}
        sent |= {"charge_code_id": first_id(propexo, "charge_codes", resident)}
        del sent["lease_id"]
    land(propexo, CHARGE, sent)
    owed = resident["balance_in_cents"] - 1_500
    assert balances(propexo, resident) == (owed, owed)


def test_what_is_owed_shows_with_the_charge_after_the_next_sync(documented: Any) -> None:
    resident = account(documented, "BUILDIUM")
    sent = body(documented, resident, 700)
    for _ in range(2):
        land(documented, CHARGE, sent)
    owed = resident["balance_in_cents"]
    assert balances(documented, resident) == (owed, owed)
    # A payment is read at once, and with it whatever it changes.
    paid = {**paying(resident), "payment_type": "Check"}
    land(documented, PAYMENT, body(documented, resident, owed + 1_000, **paid))
    assert balances(documented, resident) == (400, 400)
    documented.machine.advance(hours=25)
    assert balances(documented, resident) == (400, 400)
    charges = charges_of(documented, resident)
    assert sum(each["amount_open_in_cents"] for each in charges) == 400
