"""Do charges and payments wait for the property manager where a PMS wants that, and what then?"""

from typing import Any

import pytest

RESMAN, ENTRATA, YARDI = "RESMAN", "ENTRATA", "YARDI"


@pytest.fixture
def resident(sandbox: Any) -> Any:
    """Return a resident of a PMS with a lease, and where approvals are decided there."""

    def resident(vendor: str) -> tuple[dict[str, Any], str]:
        found = sandbox.get(f"GET /v1/residents/?integration_vendor={vendor}&limit=250")["results"]
        one = next(each for each in found if each["leases_meta_data"])
        lease = sandbox.get(f"GET /v1/leases/{one['leases_meta_data'][0]['lease_id']}")["results"]
        one = {**one, "lease_id": lease["id"], "unit_id": lease["unit_id"]}
        return one, f"/sandbox/pms/{one['integration_id']}/approvals"

    return resident


def charge(sandbox: Any, resident: dict[str, Any], **more: Any) -> None:
    """Charge a resident 10 dollars, with what the operation of the PMS requires."""
    vendor = resident["integration_vendor"]
    shape = {
        "integration_id": resident["integration_id"],
        "resident_id": resident["id"],
        "lease_id": resident["lease_id"],
        "property_id": resident["property_id"],
        "amount_in_cents": 1000,
        "transaction_date": "2026-03-01T00:00:00.000Z",
        "description": "A key",
        "notes": "For the cellar",
        "batch_id": "B-1",
    }
    for name in ("charge_code", "financial_account"):
        query = f"integration_id={resident['integration_id']}&limit=1"
        found = sandbox.get(f"GET /v1/{name.replace('_', '-')}s/?{query}")["results"]
        shape[f"{name}_id"] = found[0]["id"]
    shape["reference_number"], shape["unit_id"] = "R-1", resident["unit_id"]
    path = "POST /v1/resident-charges/?ignore_unknown_fields=true"
    job_id = sandbox.get(path, {**shape, **more})["job_id"]
    sandbox.machine.advance(seconds=2)
    status = sandbox.get(f"GET /v1/admin/write-status/{job_id}")
    assert (status["write_status"], vendor) == ("SUCCESS", vendor), status


def balance(sandbox: Any, resident: dict[str, Any]) -> float:
    """Return what a resident owes as the PMS has it."""
    place = f"/sandbox/pms/{resident['integration_id']}/residents/{resident['id']}"
    return float(sandbox.get(f"GET {place}")["balance_in_cents"])


@pytest.mark.parametrize(
    ("vendor", "more"), [(RESMAN, {}), (ENTRATA, {"is_approval_required": True})]
)
def test_a_charge_waits_until_it_is_approved(
    vendor: str, more: dict[str, Any], sandbox: Any, resident: Any
) -> None:
    one, approvals = resident(vendor)
    owed = balance(sandbox, one)
    assert sandbox.get(f"PUT {approvals}", {"automatic": False})["automatic"] is False
    charge(sandbox, one, **more)
    (waiting,) = sandbox.get(f"GET {approvals}")["waiting"]
    assert (waiting["amount_in_cents"], waiting["resident_id"]) == (1000, one["id"])
    assert balance(sandbox, one) == owed
    decided = sandbox.get(f"POST {approvals}", {"approve": True})
    assert decided == {"automatic": False, "waiting": []}
    assert balance(sandbox, one) == owed + 1000


def test_what_is_rejected_never_arrives(sandbox: Any, resident: Any) -> None:
    one, approvals = resident(RESMAN)
    owed = balance(sandbox, one)
    sandbox.get(f"PUT {approvals}", {"automatic": False})
    charge(sandbox, one)
    assert len(sandbox.get(f"GET {approvals}")["waiting"]) == 1
    assert sandbox.get(f"POST {approvals}", {"approve": False})["waiting"] == []
    assert balance(sandbox, one) == owed


@pytest.mark.parametrize("vendor", [ENTRATA, YARDI])
def test_a_charge_that_needs_no_approval_never_waits(
    vendor: str, sandbox: Any, resident: Any
) -> None:
    one, approvals = resident(vendor)
    owed = balance(sandbox, one)
    sandbox.get(f"PUT {approvals}", {"automatic": False})
    charge(sandbox, one)
    assert sandbox.get(f"GET {approvals}")["waiting"] == []
    assert balance(sandbox, one) == owed + 1000


def test_automatic_approves_what_waits_and_what_comes(sandbox: Any, resident: Any) -> None:
    one, approvals = resident(RESMAN)
    owed = balance(sandbox, one)
    sandbox.get(f"PUT {approvals}", {"automatic": False})
    charge(sandbox, one)
    decided = sandbox.get(f"PUT {approvals}", {"automatic": True})
    assert decided == {"automatic": True, "waiting": []}
    charge(sandbox, one)
    assert balance(sandbox, one) == owed + 2000
