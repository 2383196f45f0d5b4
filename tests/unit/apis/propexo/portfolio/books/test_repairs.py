"""Does a service request go its way in order, under words and people that its property has?"""

from collections import defaultdict

from tests.unit.apis.propexo.portfolio.conftest import Portfolio

STEPS = ["Open", "In progress", "Waiting for parts", "Completed"]


def test_the_history_goes_step_by_step_to_the_present_status(portfolio: Portfolio) -> None:
    told = defaultdict(list)
    for one in portfolio["service_request_history"]:
        told[one["service_request_id"]].append(one)
    for request in portfolio["service_requests"]:
        entries = told[request["id"]]
        assert [one["id"] for one in entries] == [one["id"] for one in request["history"]]
        statuses = [one["status_raw"] for one in entries]
        assert statuses == STEPS[: len(statuses)]
        assert statuses[-1] == request["status_raw"]
        moments = [one["created_at"] for one in entries]
        assert moments == sorted(set(moments))
        assert (request["created_at"], request["updated_at"]) == (moments[0], moments[-1])


def test_requests_of_every_status_are_seen(portfolio: Portfolio) -> None:
    assert {one["status_raw"] for one in portfolio["service_requests"]} == set(STEPS)


def test_what_is_completed_says_when_and_the_older_is_further(portfolio: Portfolio) -> None:
    for one in portfolio["service_requests"]:
        is_done = one["status_raw"] == "Completed"
        assert (one["date_completed"] is not None) is is_done
        assert one["date_created"][:10] < one["date_due"][:10]
        if is_done:
            assert one["date_created"] < one["date_scheduled"] < one["date_completed"]
    latest_done = max(
        one["date_created"] for one in portfolio["service_requests"] if one["date_completed"]
    )
    assert all(
        one["status_raw"] != "Open" or one["date_created"] > latest_done
        for one in portfolio["service_requests"]
    )


def test_a_request_uses_the_words_of_its_property(portfolio: Portfolio) -> None:
    for resource, name in (
        ("service_request_categories", "service_category"),
        ("service_request_priorities", "service_priority"),
        ("service_request_statuses", "status_raw"),
    ):
        words = {(one["property_id"], one["name"]) for one in portfolio[resource]}
        assert {(one["property_id"], one[name]) for one in portfolio["service_requests"]} <= words


def test_nobody_is_sent_before_somebody_has_looked_at_the_request(portfolio: Portfolio) -> None:
    for one in portfolio["service_requests"]:
        is_new = one["status_raw"] == "Open"
        assert (one["employee_id"] is None) is is_new
        assert [each["id"] for each in one["employees"]] == ([] if is_new else [one["employee_id"]])
        vendors = [each["vendor_id"] for each in one["vendors"]]
        assert vendors == (one["associated_vendor_ids"] or [])
        assert not (is_new and vendors)


def test_a_vendor_is_sent_to_its_own_trade(portfolio: Portfolio) -> None:
    trades = {one["id"]: one["type"] for one in portfolio["vendors"]}
    sent = [
        (trades[each["vendor_id"]], one["service_category"])
        for one in portfolio["service_requests"]
        for each in one["vendors"]
    ]
    assert sent
    assert all(trade == category for trade, category in sent)


def test_a_request_is_about_a_flat_and_a_problem_about_a_category(portfolio: Portfolio) -> None:
    units = {one["id"]: one for one in portfolio["units"]}
    for one in portfolio["service_requests"]:
        assert one["unit_number"] == units[one["unit_id"]]["number"]
    categories = {one["id"]: one["name"] for one in portfolio["service_request_categories"]}
    of = {one["name"]: categories[one["service_request_category_id"]]
          for one in portfolio["service_request_problems"]}  # fmt: skip
    assert of["Leak"] == "Plumbing"
    assert of["No power"] == "Electrical"


def test_each_property_counts_its_requests_from_a_number_of_its_own(portfolio: Portfolio) -> None:
    numbers: dict[str, list[tuple[str, int]]] = {}
    for one in portfolio["service_requests"]:
        told = (one["date_created"], int(one["order_number"].removeprefix("WO-")))
        numbers.setdefault(one["property_id"], []).append(told)
    for told in numbers.values():
        counted = [number for _, number in sorted(told)]
        assert counted == [*range(counted[0], counted[0] + len(counted))]
    assert len({each[0][1] for each in numbers.values()}) > 20
