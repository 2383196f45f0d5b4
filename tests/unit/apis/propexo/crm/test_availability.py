"""Are the free slots of a community its office hours, less what is past and what is booked?"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

ASK = "POST /crm/v1/appointment-availability/"
BOOK, CANCEL = "POST /crm/v1/appointments/funnel", "POST /crm/v1/appointments/cancel/funnel"
# Nothing that is seeded is so far ahead.
MONDAY = "2026-08-03"
Home, Issues, Landed = Callable[..., Any], Callable[[Any], Any], Callable[[Any], Any]


def ask(propexo: Any, key: str, body: Any) -> dict[str, Any]:
    """Return the only calendar that an integration answers."""
    answer = propexo.get(key, body)
    assert list(answer["meta"]) == ["job_id"]
    [calendar] = answer["result"]
    return dict(calendar)


def slots(calendar: dict[str, Any]) -> list[str]:
    """Return when the free slots of the first day begin."""
    return [each["start"] for each in calendar["calendar_days"][0]["available_slots"]]


def asked(home: Home, **more: Any) -> dict[str, Any]:
    """Return the question for the Monday in a community of Funnel."""
    body = {**home("FUNNEL"), "appointment_type": "GUIDED_TOUR", "start_date": MONDAY}
    return {**body, "days_to_query": 1, **more}


def in_utc(calendar: dict[str, Any], clock_face: str) -> dict[str, str]:
    """Return a local time of the Monday as a booking tells it."""
    local = datetime.fromisoformat(f"{MONDAY}T{clock_face}")
    instant = local.replace(tzinfo=ZoneInfo(calendar["timezone"])).astimezone(ZoneInfo("UTC"))
    day, clock = instant.isoformat()[:19].split("T")
    return {"appointment_date": day, "appointment_time": clock}


@pytest.mark.parametrize(
    ("vendor", "path", "more"),
    [
        ("FUNNEL", "", {"appointment_type": "VIDEO"}),
        ("FUNNEL", "funnel/", {"appointment_type": "VIDEO"}),
        ("KNOCK", "knock/", {"appointment_type": "APPOINTMENT"}),
        ("RENTCAFE", "rentcafe/", {}),
    ],
)
def test_two_days_from_today_are_shown_unless_asked_otherwise(
    vendor: str, path: str, more: Any, propexo: Any, home: Home
) -> None:
    calendar = ask(propexo, ASK + path, {**home(vendor), **more})
    days = calendar["calendar_days"]
    assert [(each["date"], each["day_of_week"]) for each in days] == [
        ("2026-03-01", "SUNDAY"),
        ("2026-03-02", "MONDAY"),
    ]
    community_id = home(vendor)["community_id"]
    key = "GET /crm/v1/communities/{community_id}"
    community = propexo.get(key, community_id=community_id)["results"]
    assert calendar["calendar_type"] == "PROPERTY_CALENDAR"
    assert calendar["x_property_id"] == community["x_id"]
    monday = next(each for each in community["office_hours"] if each["day_of_week"] == "MONDAY")
    assert days[1]["opening_time"] == monday["open_time"]


def test_a_booked_slot_is_gone_and_a_cancelled_one_is_back(
    propexo: Any, home: Home, landed: Landed, records: Callable[..., Any]
) -> None:
    calendar = ask(propexo, f"{ASK}funnel/", asked(home))
    free = slots(calendar)
    assert free[0] == calendar["calendar_days"][0]["opening_time"]
    body = {**home("FUNNEL"), "email_1": "ada@example.com", **in_utc(calendar, free[2])}
    landed(propexo.get(BOOK, body))
    assert slots(ask(propexo, f"{ASK}funnel/", asked(home))) == [*free[:2], *free[3:]]
    booked = records("appointments", "FUNNEL", community_id=body["community_id"])[-1]
    called_off = {"integration_id": body["integration_id"], "appointment_id": booked["id"]}
    landed(propexo.get(CANCEL, called_off))
    assert slots(ask(propexo, f"{ASK}funnel/", asked(home))) == free


def test_what_is_past_is_not_free(propexo: Any, home: Home) -> None:
    calendar = ask(propexo, f"{ASK}funnel/", asked(home))
    free = slots(calendar)
    told = in_utc(calendar, free[3])
    noon = f"{told['appointment_date']}T{told['appointment_time']}+00:00"
    propexo.machine.now = datetime.fromisoformat(noon) + timedelta(minutes=1)
    assert slots(ask(propexo, f"{ASK}funnel/", asked(home))) == free[4:]


def test_eliseai_asks_for_a_stretch_of_time(propexo: Any, home: Home) -> None:
    key = f"{ASK}eliseai/"
    body = home("ELISEAI")
    # Monday has begun by then, and its offices have not opened yet, from New York to Hawaii.
    whole = {"start_time": f"{MONDAY}T11:00:00Z", "end_time": "2026-08-04T06:00:00Z"}
    calendar = ask(propexo, key, {**body, **whole})
    free = slots(calendar)
    begins, ends = (in_utc(calendar, each) for each in (free[1], free[4]))
    stretch = {
        "start_time": f"{begins['appointment_date']}T{begins['appointment_time']}Z",
        "end_time": f"{ends['appointment_date']}T{ends['appointment_time']}Z",
    }
    only = ask(propexo, key, {**body, **stretch})
    assert [each["date"] for each in only["calendar_days"]] == [MONDAY]
    assert slots(only) == free[1:4]


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-08-03T10:00:00Z", "2026-08-03T09:00:00Z"),
        ("2026-08-03T10:00:00Z", "2026-09-02T10:00:01Z"),
    ],
)
def test_a_stretch_of_time_ends_within_thirty_days(
    start: str, end: str, propexo: Any, home: Home, issues: Issues
) -> None:
    body = {**home("ELISEAI"), "start_time": start, "end_time": end}
    refused = propexo.refused(f"{ASK}eliseai/", body)
    assert issues(refused) == [("end_time", "must be within 30 days after start_time")]


def test_an_instant_that_cannot_be_read_is_told_once(
    propexo: Any, home: Home, issues: Issues
) -> None:
    body = {**home("ELISEAI"), "start_time": "soon", "end_time": "2026-08-03T09:00:00Z"}
    ((field, told),) = issues(propexo.refused(ASK, body))
    assert (field, told.split(",")[0]) == ("start_time", "Invalid datetime")
