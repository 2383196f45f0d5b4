"""Do applications and leases say of a person what the person's own record says?"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import pytest

from mock_server.apis.propexo.portfolio.people.papers import _months_after
from tests.unit.apis.propexo.portfolio.conftest import NOW, Build, Portfolio


def by_id(records: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {one["id"]: one for one in records}


def day(text: str) -> date:
    assert text.endswith("T00:00:00.000Z")
    return date.fromisoformat(text[:10])


def present(leases: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Leave out the leases of flats that somebody has moved out of."""
    return [one for one in leases if one["status_raw"] != "Past"]


def test_every_applicant_and_their_application_name_one_another(portfolio: Portfolio) -> None:
    applicants = by_id(portfolio["applicants"])
    assert len(portfolio["applications"]) == len(applicants)
    for application in portfolio["applications"]:
        (part,) = application["applicants"]
        applicant = applicants[part["applicant_id"]]
        assert applicant["applications"] == [part]
        assert part["application_id"] == application["id"]
        assert part["status"] == application["status"]
        assert application["unit_id"] in applicant["unit_id_preferred"]
        assert application["x_unit_id"] == applicant["x_unit_id"]


def test_every_resident_and_their_lease_name_one_another(portfolio: Portfolio) -> None:
    residents = by_id(portfolio["residents"])
    leases = present(portfolio["leases"])
    assert len(leases) == len(residents)
    for lease in leases:
        (part,) = lease["residents_meta_data"]
        resident = residents[part["resident_id"]]
        theirs = resident["leases_meta_data"][0]
        assert {**part, "lease_id": lease["id"]} == {**theirs, "resident_id": resident["id"]}
        assert resident["x_lease_id"] == lease["x_id"]
        assert resident["x_id"] == lease["x_resident_id"]
        assert resident["address_2"] == f"Apt {lease['unit_number']}"
        assert resident["balance_in_cents"] == lease["balance_amount_in_cents"]


def test_a_lease_costs_what_its_unit_costs(portfolio: Portfolio) -> None:
    units = by_id(portfolio["units"])
    for lease in portfolio["leases"]:
        unit = units[lease["unit_id"]]
        assert lease["unit_number"] == unit["number"]
        assert lease["rent_amount_in_cents"] == unit["rent_amount_market_in_cents"]
        assert lease["balance_amount_in_cents"] in {0, lease["rent_amount_in_cents"]}
        assert lease["past_due_balance_in_cents"] <= lease["balance_amount_in_cents"]
        assert lease["deposit_amount"] == f"{lease['deposit_amount_in_cents'] / 100:.2f}"


@pytest.mark.parametrize("seed", [1, 2])
def test_a_lease_is_signed_begins_and_is_still_running(build: Build, seed: int) -> None:
    today = NOW.date()
    for lease in present(one for resource, one in build(seed=seed) if resource == "leases"):
        signed, begins = (day(lease[name]) for name in ("signature_date", "start_date"))
        assert signed <= begins <= today
        if lease["end_date"] is None:
            assert lease["type"] == "Month-to-month"
        else:
            assert today <= day(lease["end_date"]) + timedelta(days=1)
        assert day(lease["realized_move_in_date"]) <= begins
        assert lease["realized_move_in_date"] <= lease["created_at"] <= lease["updated_at"]
        assert lease["signature_date"] <= lease["updated_at"] <= lease["last_seen"]
        if lease["application_date"]:
            assert day(lease["application_date"]) <= signed


def test_some_have_given_notice_and_all_of_them_still_live_there(portfolio: Portfolio) -> None:
    leases = present(portfolio["leases"])
    leaving = [one for one in leases if one["status_raw"] == "Notice"]
    assert 0 < len(leaving) < len(leases) / 4
    for lease in leases:
        (part,) = lease["residents_meta_data"]
        assert (lease in leaving) is (part["notice_date"] is not None)
        assert lease["has_no_move_out"] is (lease not in leaving)
        assert lease["scheduled_move_out_date"] == part["move_out_date"]
        assert lease["status_normalized"] == "ACTIVE"
    for lease in leaving:
        assert day(lease["scheduled_move_out_date"]) > NOW.date()
        assert lease["residents_meta_data"][0]["notice_date"] <= lease["updated_at"]
        assert lease["end_date"] == lease["move_out_date"]


@pytest.mark.parametrize(
    ("first", "months", "last"),
    [
        ("2025-01-31", 1, "2025-02-28"),
        ("2025-11-15", 2, "2026-01-15"),
        ("2024-02-29", 12, "2025-02-28"),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last(first: str, months: int, last: str) -> None:
    assert _months_after(date.fromisoformat(first), months) == date.fromisoformat(last)
