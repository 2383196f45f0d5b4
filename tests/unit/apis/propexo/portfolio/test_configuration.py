"""Do the seeded configurations, schedules and logs speak of what has been seeded, in order?"""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from mock_server.apis.propexo.portfolio.configuration import TOLD

Portfolio = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def ids(portfolio: Portfolio) -> dict[str, set[str]]:
    return {name: {each["id"] for each in records} for name, records in portfolio.items()}


def test_everything_that_is_to_be_told_is_told(portfolio: Portfolio) -> None:
    assert portfolio.keys() >= TOLD


def test_every_property_and_list_has_one_configuration(
    portfolio: Portfolio, ids: dict[str, set[str]]
) -> None:
    configured = [each["property_id"] for each in portfolio["property_configurations"]]
    assert sorted(configured) == sorted(ids["properties"])
    lists = [each["property_list_id"] for each in portfolio["property_list_configurations"]]
    assert sorted(lists) == sorted(ids["property_lists"])


def test_a_configured_list_is_called_as_its_system_calls_it(portfolio: Portfolio) -> None:
    names = {each["id"]: each["x_id"] for each in portfolio["property_lists"]}
    for each in portfolio["property_list_configurations"]:
        assert each["x_property_list_id"] == names[each["property_list_id"]]


def test_every_integration_has_one_schedule_that_ran_with_its_last_sync(
    portfolio: Portfolio,
) -> None:
    synced = {each["id"]: each["last_completed_sync"] for each in portfolio["integrations"]}
    ran = {each["integration_id"]: each["last_run"] for each in portfolio["job_schedules"]}
    assert ran == synced
    assert len(portfolio["job_schedules"]) == len(synced)


def test_every_read_belongs_to_a_sync_that_ended_after_it(portfolio: Portfolio) -> None:
    logs = {each["job_id"]: each for each in portfolio["job_logs"]}
    roots = [each for each in logs.values() if each["job_type"] == "SYNC"]
    assert set(Counter(each["integration_id"] for each in roots).values()) == {3}
    for each in logs.values():
        root = logs[each["root_job_id"]]
        assert root["job_type"] == "SYNC"
        assert root["integration_id"] == each["integration_id"]
        assert each["created_at"] <= root["created_at"]


def test_the_syncs_in_the_logs_were_scheduled(
    portfolio: Portfolio, ids: dict[str, set[str]]
) -> None:
    scheduled = {each["job_schedule_id"] for each in portfolio["job_logs"]} - {None}
    assert scheduled == ids["job_schedules"]


def test_a_change_is_of_a_record_and_of_its_time(portfolio: Portfolio) -> None:
    assert {each["event_type"] for each in portfolio["data_diffs"]} == {"NEW", "UPDATE"}
    for each in portfolio["data_diffs"]:
        (record,) = (
            one for one in portfolio[each["model"]] if one["id"] == each["model_record_id"]
        )
        assert record["integration_id"] == each["integration_id"]
        field = "created_at" if each["event_type"] == "NEW" else "updated_at"
        assert each["created_at"] == record[field]


def test_a_change_tells_values_that_the_record_has(portfolio: Portfolio) -> None:
    for each in portfolio["data_diffs"]:
        (record,) = (
            one for one in portfolio[each["model"]] if one["id"] == each["model_record_id"]
        )
        told = each["data_diff"] if each["event_type"] == "NEW" else each["data_diff"]["new"]
        assert {name: record[name] for name in told} == told


def test_users_can_be_told_apart(portfolio: Portfolio) -> None:
    assert len({each["email"] for each in portfolio["users"]}) == 4


def test_the_seeded_webhook_is_switched_off(portfolio: Portfolio) -> None:
    assert [each["active"] for each in portfolio["webhooks"]] == [False]


def test_what_changes_are_told_of_does_not_grow_with_the_portfolio(
    build: Callable[..., Any],
) -> None:
    few = Counter(name for name, _ in build(leads=200))
    many = Counter(name for name, _ in build(leads=700))
    assert many["job_logs"] == few["job_logs"]
    assert many["data_diffs"] <= few["data_diffs"] + 6 * few["integrations"]
