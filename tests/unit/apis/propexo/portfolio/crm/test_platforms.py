"""Do the leasing platforms hang together: communities, their people, and what they agreed?"""

from collections import Counter
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from mock_server.apis.propexo.interfaces import CRM_INTERFACES
from mock_server.apis.propexo.portfolio.crm.platforms import TOLD
from tests.unit.apis.propexo.portfolio.conftest import Build, Portfolio

# Where a field points; a list points with each of its items.
POINTERS = {
    "integration_id": "integrations",
    "community_id": "crm_communities",
    "community_ids": "crm_communities",
    "agent_id": "crm_agents",
    "attribution_id": "crm_attributions",
    "prospect_id": "crm_prospects",
}
HISTORY = ("crm_events", "crm_communications", "crm_appointments")


def targets(value: Any) -> list[Any]:
    """Give what a pointer points at: nothing, one id or several."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def test_every_reference_points_within_its_integration_at_something_yielded(build: Build) -> None:
    home: dict[tuple[str, Any], Any] = {}
    for resource, record in build():
        home[resource, record["id"]] = record.get("integration_id", record["id"])
        for name in POINTERS.keys() & record.keys() if resource in TOLD else ():
            for target in targets(record[name]):
                assert home[POINTERS[name], target] == record["integration_id"], (resource, name)


def test_every_platform_has_two_communities_and_their_people(portfolio: Portfolio) -> None:
    counts = {
        resource: Counter(one["integration_vendor"] for one in portfolio[resource])
        for resource in TOLD
    }
    for vendor in CRM_INTERFACES:
        assert counts["crm_communities"][vendor] == 2
        assert 4 <= counts["crm_agents"][vendor] <= 6
        assert counts["crm_attributions"][vendor] == 5
        assert counts["crm_prospects"][vendor] == 12
        assert all(counts[resource][vendor] for resource in TOLD)


@pytest.mark.parametrize("resource", sorted(TOLD))
def test_external_ids_are_unique_within_an_integration(portfolio: Portfolio, resource: str) -> None:
    ids = [(one["integration_id"], one["x_id"]) for one in portfolio[resource]]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("resource", HISTORY)
def test_history_stays_in_the_community_of_the_prospect(
    portfolio: Portfolio, resource: str
) -> None:
    prospects = {one["id"]: one for one in portfolio["crm_prospects"]}
    for record in portfolio[resource]:
        prospect = prospects[record["prospect_id"]]
        assert record["community_id"] == prospect["community_id"]
        assert record["created_at"] >= prospect["created_at"]


def test_agents_work_at_the_community_of_their_prospects(portfolio: Portfolio) -> None:
    agents = {one["id"]: one["community_ids"] for one in portfolio["crm_agents"]}
    for resource in ("crm_prospects", "crm_events", "crm_appointments"):
        for record in portfolio[resource]:
            assert record["community_id"] in agents[record["agent_id"]]


def test_records_are_changed_after_they_were_made_and_seen_after_that(portfolio: Portfolio) -> None:
    for resource in TOLD:
        for record in portfolio[resource]:
            assert record["created_at"] <= record["updated_at"] <= record["last_seen"]


def test_visits_are_within_office_hours_of_the_community(portfolio: Portfolio) -> None:
    communities = {one["id"]: one for one in portfolio["crm_communities"]}
    for visit in portfolio["crm_appointments"]:
        community = communities[visit["community_id"]]
        start = datetime.fromisoformat(visit["appointment_datetime"])
        local = start.astimezone(ZoneInfo(community["time_zone"]))
        hours = {one["day_of_week"]: one for one in community["office_hours"]}
        that_day = hours[local.strftime("%A").upper()]
        assert that_day["open_time"] <= local.strftime("%H:%M:%S") < that_day["close_time"]
        assert local.minute % 30 == 0


def test_an_agent_keeps_one_visit_at_a_time(portfolio: Portfolio) -> None:
    visits = Counter(
        (one["agent_id"], one["appointment_datetime"]) for one in portfolio["crm_appointments"]
    )
    assert set(visits.values()) == {1}


def test_visits_to_come_are_scheduled_and_past_ones_have_an_outcome(portfolio: Portfolio) -> None:
    statuses = Counter(one["status"] for one in portfolio["crm_appointments"])
    assert set(statuses) == {"SCHEDULED", "COMPLETE", "NO_SHOW"}
    for visit in portfolio["crm_appointments"]:
        is_ahead = visit["appointment_datetime"] > visit["last_seen"]
        assert (visit["status"] == "SCHEDULED") is is_ahead
        assert (visit["outcome_time"] is None) is is_ahead


def test_a_prospect_stands_where_the_visit_has_left_it(portfolio: Portfolio) -> None:
    stands = {"SCHEDULED": "Tour scheduled", "COMPLETE": "Toured", "NO_SHOW": "Contacted"}
    prospects = {one["id"]: one for one in portfolio["crm_prospects"]}
    for visit in portfolio["crm_appointments"]:
        assert prospects[visit["prospect_id"]]["status"] == stands[visit["status"]]


def test_every_visit_is_told_by_an_event_too(portfolio: Portfolio) -> None:
    told = Counter(
        (one["prospect_id"], one["appointment_datetime"])
        for one in portfolio["crm_events"]
        if one["event_name"] == "Appointment"
    )
    kept = Counter(
        (one["prospect_id"], one["appointment_datetime"]) for one in portfolio["crm_appointments"]
    )
    assert told == kept


def test_prospects_look_for_a_rent_within_a_span(portfolio: Portfolio) -> None:
    for prospect in portfolio["crm_prospects"]:
        assert 0 < prospect["rent_minimum_in_cents"] < prospect["rent_maximum_in_cents"]
        assert prospect["move_in_date"] > prospect["created_at"]
        assert prospect["x_created_at"] <= prospect["created_at"]


def test_knock_keeps_no_middle_names(portfolio: Portfolio) -> None:
    for prospect in portfolio["crm_prospects"]:
        assert (prospect["middle_name"] is None) is (prospect["integration_vendor"] == "KNOCK")
