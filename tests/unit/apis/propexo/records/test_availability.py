"""Are the free slots the office hours, less what is past and what is booked?"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

PROPERTYWARE, LEAD = "intg_9f8b7c6d5e4a3b2c1d0e", "clvt4c7we000a08l4g9k2m5ra"
PROPERTY, AGENT = "clui8s0dq000208l4b6y1n9zk", "clui92e8v000608l4p2s4f7yt"
ASK, BOOK = "POST /v1/appointment-availability/", "POST /v1/events/appointments/leads"
MONDAY = "2026-03-02"
# PMSs that read times in the property's own zone, and of whose appointments no page demands more.
OWN_ZONE = {"BUILDIUM", "PROPERTYWARE", "RENTVINE"}
SIXTEEN = [f"{hour:02}:{minute:02}:00" for hour in range(9, 17) for minute in (0, 30)]
Land = Callable[[Any], Any]


def ask(propexo: Any, **more: Any) -> list[dict[str, Any]]:
    """Ask for the Monday's calendars of the property, or for others."""
    body = {
        "integration_id": PROPERTYWARE,
        "property_id": PROPERTY,
        "availability_start_date": MONDAY,
        "availability_duration_days": 1,
        **more,
    }
    sent = {name: value for name, value in body.items() if value is not None}
    return list(propexo.get(ASK, sent)["result"])


def slots(propexo: Any, **more: Any) -> list[str]:
    """Return when the free slots of the only calendar's only day begin."""
    [calendar] = ask(propexo, **more)
    [day] = calendar["calendar_days"]
    return [each["start"] for each in day["available_slots"]]


def book(propexo: Any, landed: Land, **more: Any) -> str:
    """Book a tour on Monday at ten with the agent, and return the event's id."""
    body = {
        "integration_id": PROPERTYWARE,
        "lead_id": LEAD,
        "employee_id": AGENT,
        "appointment_date": MONDAY,
        "appointment_time": "10:00:00",
        **more,
    }
    sent = {name: value for name, value in body.items() if value is not None}
    landed(propexo.get(BOOK, sent))
    [event] = propexo.get("GET /v1/appointments/", query=f"lead_id={LEAD}")["results"]
    return str(event["id"])


def test_a_free_day_is_the_office_hours_in_half_hours(propexo: Any) -> None:
    [calendar] = ask(propexo)
    assert (calendar["calendar_type"], calendar["timezone"]) == (
        "AGENT_CALENDAR",
        "America/New_York",
    )
    assert (calendar["agent_first_name"], calendar["agent_last_name"]) == ("Theo", "Barlow")
    [day] = calendar["calendar_days"]
    assert (day["date"], day["day_of_week"]) == (MONDAY, "MONDAY")
    assert (day["opening_time"], day["closing_time"]) == ("09:00:00", "17:00:00")
    assert [each["start"] for each in day["available_slots"]] == SIXTEEN
    assert day["available_slots"][-1] == {"start": "16:30:00", "end": "17:00:00"}


def test_a_closed_day_has_no_hours_and_no_slots(propexo: Any) -> None:
    [calendar] = ask(propexo, availability_start_date="2026-03-07")
    [day] = calendar["calendar_days"]
    assert (day["day_of_week"], day["opening_time"], day["closing_time"]) == (
        "SATURDAY",
        None,
        None,
    )
    assert day["available_slots"] == []


def test_seven_days_from_today_are_shown_unless_asked_otherwise(propexo: Any) -> None:
    [calendar] = ask(
        propexo, availability_start_date=None, availability_duration_days=None, property_id=None
    )
    dates = [each["date"] for each in calendar["calendar_days"]]
    assert dates == [f"2026-03-0{day}" for day in range(1, 8)]
    assert calendar["x_property_id"] == "57"


@pytest.mark.parametrize(
    ("minutes", "gone"),
    [(30, ["10:00:00"]), (60, ["10:00:00", "10:30:00"]), (None, ["10:00:00"])],
)
def test_a_booked_slot_is_gone(
    minutes: int | None, gone: list[str], propexo: Any, landed: Land
) -> None:
    book(propexo, landed, appointment_duration_minutes=minutes)
    assert slots(propexo) == [each for each in SIXTEEN if each not in gone]


def test_a_booking_that_only_touches_a_slot_takes_it(propexo: Any, landed: Land) -> None:
    book(propexo, landed, appointment_time="10:15:00")
    assert slots(propexo) == [each for each in SIXTEEN if each not in {"10:00:00", "10:30:00"}]


def test_a_booking_that_has_not_landed_takes_nothing_yet(propexo: Any) -> None:
    body = {
        "integration_id": PROPERTYWARE,
        "lead_id": LEAD,
        "appointment_date": MONDAY,
        "appointment_time": "10:00:00",
    }
    propexo.get(BOOK, body)
    assert slots(propexo) == SIXTEEN


def test_a_cancelled_booking_gives_its_slot_back(propexo: Any, landed: Land) -> None:
    event_id = book(propexo, landed)
    assert "10:00:00" not in slots(propexo)
    body = {"integration_id": PROPERTYWARE, "event_id": event_id}
    landed(propexo.get("POST /v1/events/appointments/leads/cancel", body))
    assert slots(propexo) == SIXTEEN


@pytest.mark.parametrize(
    ("day", "time", "reason"),
    [
        ("2026-02-27", "10:00:00", "in the past"),
        (MONDAY, "08:45:00", "outside the office hours"),
        (MONDAY, "16:45:00", "outside the office hours"),
        (MONDAY, "10:15:00", "already booked"),
    ],
)
def test_an_appointment_that_nobody_can_keep_fails(
    day: str, time: str, reason: str, propexo: Any, landed: Land
) -> None:
    book(propexo, landed)
    when = {"appointment_date": day, "appointment_time": time}
    accepted = propexo.get(BOOK, {"integration_id": PROPERTYWARE, "lead_id": LEAD, **when})
    propexo.machine.advance(seconds=2)
    status = propexo.get("GET /v1/admin/write-status/{root_job_id}", root_job_id=accepted["job_id"])
    said = f'{{"errorCode":409,"userMessage":"The time of the event is {reason}"}}'
    assert (status["write_status"], status["errors"]) == ("FAILURE", [said])
    [kept] = propexo.get("GET /v1/appointments/", query=f"lead_id={LEAD}")["results"]
    assert kept["appointment_datetime"] == f"{MONDAY}T15:00:00.000Z"


def test_a_slot_is_taken_and_free_again_before_any_sync(documented: Any) -> None:
    events = "GET /v1/appointments/"

    def land(key: str, body: Any) -> None:
        documented.get(key, body)
        documented.machine.advance(seconds=2)

    body = {"integration_id": PROPERTYWARE, "lead_id": LEAD}
    land(BOOK, {**body, "appointment_date": MONDAY, "appointment_time": "10:00:00"})
    assert documented.get(events, query=f"lead_id={LEAD}")["results"] == []
    assert "10:00:00" not in slots(documented)
    documented.machine.advance(hours=13)
    [event] = documented.get(events, query=f"lead_id={LEAD}")["results"]
    land(
        "POST /v1/events/appointments/leads/cancel",
        {"integration_id": PROPERTYWARE, "event_id": event["id"]},
    )
    assert "10:00:00" in slots(documented)


def test_longer_appointments_have_fewer_slots(propexo: Any, landed: Land) -> None:
    assert slots(propexo, appointment_duration_minutes=180) == ["09:00:00", "12:00:00"]
    book(propexo, landed, appointment_time="14:00:00")
    assert slots(propexo, appointment_duration_minutes=180) == ["09:00:00"]


def test_the_property_has_a_calendar_of_its_own_beside_its_agents(
    propexo: Any, landed: Land
) -> None:
    book(propexo, landed)
    kinds = ["GENERAL", "LEASING"]
    agent, office = ask(propexo, calendar_types=kinds)
    assert (agent["x_agent_id"], office["x_agent_id"]) == ("12", None)
    assert (office["calendar_type"], office["agent_first_name"]) == ("PROPERTY_CALENDAR", None)
    assert "10:00:00" not in slots(propexo, calendar_types=["MAINTENANCE"])


def test_another_agents_booking_takes_nothing_from_this_one(propexo: Any, landed: Land) -> None:
    place, busy, free = _two_agents_of_a_property(propexo)
    asked = {
        "integration_id": place["integration_id"],
        "property_id": place["id"],
        "availability_start_date": "2026-08-03",
    }
    was = {each["x_agent_id"]: each["calendar_days"][0] for each in ask(propexo, **asked)}
    appointment = {
        "integration_id": place["integration_id"],
        "employee_id": busy["id"],
        "appointment_date": "2026-08-03",
        "appointment_time": was[busy["x_id"]]["available_slots"][0]["start"],
    }
    landed(propexo.get(BOOK, appointment))
    now = {each["x_agent_id"]: each["calendar_days"][0] for each in ask(propexo, **asked)}
    assert now[busy["x_id"]]["available_slots"] == was[busy["x_id"]]["available_slots"][1:]
    assert now[free["x_id"]] == was[free["x_id"]]
    [only] = ask(propexo, **asked, employee_id=free["id"])
    assert only["x_agent_id"] == free["x_id"]


def test_what_is_past_cannot_be_booked(propexo: Any) -> None:
    propexo.machine.now = datetime(2026, 3, 2, 17, 10, tzinfo=UTC)
    assert slots(propexo) == [each for each in SIXTEEN if each >= "12:30:00"]
    propexo.machine.now = datetime(2026, 3, 2, 17, 30, tzinfo=UTC)
    assert slots(propexo)[0] == "12:30:00"
    propexo.machine.now = datetime(2026, 3, 3, 9, tzinfo=UTC)
    assert slots(propexo) == []


@pytest.mark.parametrize("days", [0, 8])
def test_one_to_seven_days_can_be_asked_for(
    days: int, propexo: Any, issues: Callable[[Any], Any]
) -> None:
    body = {"integration_id": PROPERTYWARE, "availability_duration_days": days}
    [(path, _)] = issues(propexo.refused(ASK, body))
    assert path == "availability_duration_days"


def test_an_integration_without_a_property_has_no_calendar(
    propexo: Any, issues: Callable[[Any], Any]
) -> None:
    with propexo.world() as world:
        propexo.api.records(world, "properties").remove(PROPERTY)
    [(path, said)] = issues(propexo.refused(ASK, {"integration_id": PROPERTYWARE}))
    assert path == "integration_id"
    assert "has no property" in said


def _two_agents_of_a_property(propexo: Any) -> tuple[Any, Any, Any]:
    """Return a property whose PMS takes times in the property's own zone, and two agents of it."""
    employees = propexo.get("GET /v1/employees/", query="limit=250")["results"]
    for place in propexo.get("GET /v1/properties/", query="limit=250")["results"]:
        agents = [
            each
            for each in employees
            if each["property_id"] == place["id"] and "LEASING_AGENT" in each["roles"]
        ]
        if len(agents) > 1 and place["integration_vendor"] in OWN_ZONE:
            return place, agents[0], agents[1]
    raise AssertionError("no property has two leasing agents")
