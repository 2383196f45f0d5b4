"""Does a transfer lead from a lease that is over to the one that the resident has now?"""

from datetime import date, timedelta

from tests.unit.apis.propexo.portfolio.conftest import Portfolio


def test_few_have_moved_within_their_property(portfolio: Portfolio) -> None:
    assert 0 < len(portfolio["lease_transfers"]) < len(portfolio["residents"]) / 5
    assert len(portfolio["leases"]) == len(portfolio["residents"]) + len(
        portfolio["lease_transfers"]
    )


def test_a_transfer_leads_from_one_lease_of_a_resident_to_the_next(portfolio: Portfolio) -> None:
    leases = {one["id"]: one for one in portfolio["leases"]}
    residents = {one["id"]: one for one in portfolio["residents"]}
    for one in portfolio["lease_transfers"]:
        former, present = leases[one["lease_id_previous"]], leases[one["lease_id_next"]]
        resident = residents[one["resident_id"]]
        assert resident["lease_id"] == present["id"]
        assert [part["lease_id"] for part in resident["leases_meta_data"]] == [
            present["id"],
            former["id"],
        ]
        assert one["unit_id_previous"] == former["unit_id"] != one["unit_id_next"]
        assert one["unit_id_next"] == present["unit_id"]
        assert one["x_lease_id_previous"] == former["x_id"] != present["x_id"]
        assert one["x_resident_id"] == resident["x_id"]


def test_the_former_lease_ended_the_day_before_the_move_with_nothing_owed(
    portfolio: Portfolio,
) -> None:
    leases = {one["id"]: one for one in portfolio["leases"]}
    for one in portfolio["lease_transfers"]:
        former = leases[one["lease_id_previous"]]
        left = date.fromisoformat(former["realized_move_out_date"][:10])
        assert left + timedelta(days=1) == date.fromisoformat(one["transfer_effective_date"][:10])
        assert former["signature_date"] <= former["start_date"] < former["end_date"]
        assert former["status_normalized"] == one["lease_status_previous"] == "INACTIVE"
        assert former["balance_amount_in_cents"] == former["past_due_balance_in_cents"] == 0
        (part,) = former["residents_meta_data"]
        assert part["resident_id"] == one["resident_id"]
        assert part["move_out_date"] == former["move_out_date"]
