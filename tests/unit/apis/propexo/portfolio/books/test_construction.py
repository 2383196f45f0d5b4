"""Do the parts of a construction job add up to its budget, and its contract's to the contract?"""

from typing import Any

from tests.unit.apis.propexo.portfolio.conftest import NOW, Portfolio


def parts(portfolio: Portfolio, resource: str, name: str, owner: dict[str, Any]) -> list[Any]:
    found = [one for one in portfolio[resource] if one[name] == owner["id"]]
    assert found
    return found


def test_the_details_add_up_to_the_budget(portfolio: Portfolio) -> None:
    for job in portfolio["construction_jobs"]:
        details = parts(portfolio, "construction_job_details", "construction_job_id", job)
        budget = sum(one["revised_budget_in_cents"] for one in details)
        assert budget == job["total_budget_in_cents"]


def test_the_parts_of_a_contract_add_up_to_it(portfolio: Portfolio) -> None:
    for contract in portfolio["contracts"]:
        details = parts(portfolio, "contract_details", "contract_id", contract)
        for name in ("total_amount_in_cents", "invoiced_total_in_cents"):
            assert sum(one[name] for one in details) == contract[name]


def test_a_contract_stays_within_the_budget_and_its_invoices_within_it(
    portfolio: Portfolio,
) -> None:
    jobs = {one["id"]: one for one in portfolio["construction_jobs"]}
    for contract in portfolio["contracts"]:
        job = jobs[contract["construction_job_id"]]
        assert contract["total_amount_in_cents"] <= job["total_budget_in_cents"]
        assert contract["invoiced_total_in_cents"] <= contract["total_amount_in_cents"]
        assert contract["status_raw"] == job["status_raw"]
        details = parts(portfolio, "construction_job_details", "construction_job_id", job)
        invoiced = sum(one["invoiced_total_in_cents"] for one in details)
        assert invoiced == contract["invoiced_total_in_cents"]


def test_a_job_is_completed_once_its_end_is_past(portfolio: Portfolio) -> None:
    assert {one["status_raw"] for one in portfolio["construction_jobs"]} == {
        "Completed",
        "In progress",
    }
    for one in portfolio["construction_jobs"]:
        is_done = one["status_raw"] == "Completed"
        assert (one["actual_end_date"] is not None) is is_done
        assert one["planned_start_date"] == one["actual_start_date"] < one["planned_end_date"]
        if is_done:
            assert one["actual_end_date"] <= NOW.isoformat()
