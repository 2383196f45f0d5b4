"""Does each lease have its deposit, and does a policy that is shown still run?"""

from tests.unit.apis.propexo.portfolio.conftest import NOW, Portfolio


def test_each_resident_has_paid_the_deposit_of_the_lease(portfolio: Portfolio) -> None:
    leases = {one["id"]: one for one in portfolio["leases"]}
    for resource in ("deposits", "deposit_summaries"):
        assert {one["resident_id"] for one in portfolio[resource]} == {
            one["id"] for one in portfolio["residents"]
        }
        for one in portfolio[resource]:
            cents = leases[one["lease_id"]]["deposit_amount_in_cents"]
            assert one["amount_charged_in_cents"] == one["amount_paid_in_cents"] == cents
            assert one["refund_is_due"] is False


def test_a_policy_runs_today_and_began_no_earlier_than_the_lease(portfolio: Portfolio) -> None:
    leases = {one["id"]: one for one in portfolio["leases"]}
    today = NOW.strftime("%Y-%m-%d")
    assert 0 < len(portfolio["resident_insurance"]) < len(portfolio["residents"])
    for policy in portfolio["resident_insurance"]:
        lease = leases[policy["lease_id"]]
        assert lease["realized_move_in_date"] <= policy["effective_date"]
        assert policy["effective_date"][:10] <= today < policy["expiration_date"][:10]
        assert policy["unit_id"] == lease["unit_id"]


def test_policy_numbers_differ(portfolio: Portfolio) -> None:
    numbers = [one["policy_number"] for one in portfolio["resident_insurance"]]
    assert len(set(numbers)) == len(numbers)
