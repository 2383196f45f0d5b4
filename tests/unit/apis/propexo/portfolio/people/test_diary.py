"""Are events what an office would note, and appointments what it could keep?"""

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.unit.apis.propexo.portfolio.conftest import NOW, Build, Portfolio


def appointments(portfolio: Portfolio) -> list[dict[str, Any]]:
    return [event for event in portfolio["events"] if event["is_appointment"]]


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_some_appointments_are_still_to_come_but_none_is_far_off(portfolio: Portfolio) -> None:
    times = [moment(one["appointment_datetime"]) for one in appointments(portfolio)]
    assert any(time > NOW for time in times)
    assert any(time < NOW for time in times)
    assert max(times) < NOW + timedelta(days=10)


def test_nothing_else_happens_after_now(portfolio: Portfolio) -> None:
    for event in portfolio["events"]:
        assert moment(event["event_datetime"]) <= moment(event["created_at"]) <= NOW
        if not event["is_appointment"]:
            assert event["appointment_datetime"] is None


def test_appointments_begin_on_the_half_hour_and_end_before_closing_time(
    portfolio: Portfolio,
) -> None:
    zones = {one["id"]: ZoneInfo(one["time_zone"]) for one in portfolio["properties"]}
    for one in appointments(portfolio):
        start = moment(one["appointment_datetime"]).astimezone(zones[one["property_id"]])
        end = start + timedelta(minutes=one["duration_minutes"])
        opens, closes = (10, 17) if start.weekday() == 5 else (9, 18)
        assert start.weekday() != 6
        assert (start.minute % 30, start.second, start.microsecond) == (0, 0, 0)
        assert opens <= start.hour
        assert end.hour * 60 + end.minute <= closes * 60


@pytest.mark.parametrize("leads", [200, 700])
def test_nobody_is_in_two_appointments_at_once(build: Build, leads: int) -> None:
    busy: dict[str, set[datetime]] = defaultdict(set)
    for resource, one in build(leads=leads):
        if resource == "events" and one["is_appointment"]:
            start = moment(one["appointment_datetime"])
            for half in range(one["duration_minutes"] // 30):
                time = start + half * timedelta(minutes=30)
                assert time not in busy[one["employee_id"]]
                busy[one["employee_id"]].add(time)


def test_an_appointment_is_booked_after_the_person_is_known_and_before_it_begins(
    portfolio: Portfolio,
) -> None:
    created = {
        one["id"]: one["created_at"]
        for resource in ("leads", "applicants", "residents")
        for one in portfolio[resource]
    }
    for one in appointments(portfolio):
        (person,) = (
            one["associated_lead_ids"]
            + one["associated_applicant_ids"]
            + one["associated_resident_ids"]
        )
        assert created[person] <= one["created_at"] < one["appointment_datetime"]


def test_appointments_are_kept_by_leasing_agents_of_the_property(portfolio: Portfolio) -> None:
    staff = {one["id"]: one for one in portfolio["employees"]}
    for one in appointments(portfolio):
        agent = staff[one["employee_id"]]
        assert "LEASING_AGENT" in agent["roles"]
        assert agent["property_id"] == one["property_id"]
        assert agent["name"] == one["agent_name"]


def test_upcoming_appointments_are_open_and_past_ones_done(portfolio: Portfolio) -> None:
    for one in appointments(portfolio):
        upcoming = moment(one["appointment_datetime"]) > NOW
        assert one["status"] == "OPEN" or not upcoming
        assert one["title"]


def test_event_types_may_be_used_for_the_people_they_are_used_for(portfolio: Portfolio) -> None:
    kinds = {(one["property_id"], one["x_id"]): one for one in portfolio["event_types"]}
    for event in portfolio["events"]:
        models = kinds[event["property_id"], event["x_type_id"]]["models"]
        for model, field in (
            ("leads", "associated_lead_ids"),
            ("applicants", "associated_applicant_ids"),
            ("residents", "associated_resident_ids"),
        ):
            assert model in models or not event[field]
