"""What happens in a leasing agent's diary: tours booked, moved, called off, at the right time."""

from typing import Any

import pytest

PROPERTYWARE, LEAD = "intg_9f8b7c6d5e4a3b2c1d0e", "clvt4c7we000a08l4g9k2m5ra"
PROPERTY, AGENT = "clui8s0dq000208l4b6y1n9zk", "clui92e8v000608l4p2s4f7yt"
MONDAY, TUESDAY = "2031-03-03", "2031-03-04"
TOUR = {
    "integration_id": PROPERTYWARE,
    "lead_id": LEAD,
    "employee_id": AGENT,
    "appointment_type": "TOUR",
    "appointment_date": MONDAY,
    "appointment_time": "10:00:00",
    "appointment_duration_minutes": 60,
    "title": "See flat 2B",
}


def book(propexo: Any, **changes: Any) -> dict[str, Any]:
    """Book the tour and return its event."""
    propexo.ok("POST", "/v1/events/appointments/leads", {**TOUR, **changes})
    [event] = propexo.ok("GET", f"/v1/appointments/?lead_id={LEAD}")["results"]
    return dict(event)


def free(propexo: Any, day: str) -> list[str]:
    """Return when the agent's free half hours of a day begin."""
    query = {
        "integration_id": PROPERTYWARE,
        "property_id": PROPERTY,
        "availability_start_date": day,
        "availability_duration_days": 1,
    }
    [calendar] = propexo.ok("POST", "/v1/appointment-availability/", query)["result"]
    assert calendar["agent_first_name"] == "Theo"
    [asked] = calendar["calendar_days"]
    assert asked["date"] == day
    return [slot["start"] for slot in asked["available_slots"]]


def test_a_tour_is_booked_moved_and_called_off_and_the_diary_follows(propexo: Any) -> None:
    monday, tuesday = free(propexo, MONDAY), free(propexo, TUESDAY)
    taken = {"10:00:00", "10:30:00"}
    assert taken < set(monday)
    event = book(propexo)
    assert (event["event_name"], event["agent_name"]) == ("Tour", "Theo Barlow")
    assert event["appointment_datetime"] == f"{MONDAY}T15:00:00.000Z"
    assert free(propexo, MONDAY) == [each for each in monday if each not in taken]
    path = f"/v1/events/appointments/leads/{event['id']}"
    propexo.ok("PUT", path, {"appointment_date": TUESDAY})
    moved = propexo.ok("GET", f"/v1/events/{event['id']}")["results"]
    assert moved["appointment_datetime"] == f"{TUESDAY}T15:00:00.000Z"
    assert free(propexo, MONDAY) == monday
    assert free(propexo, TUESDAY) == [each for each in tuesday if each not in taken]
    cancellation = {"integration_id": PROPERTYWARE, "event_id": event["id"]}
    propexo.ok("POST", "/v1/events/appointments/leads/cancel", cancellation)
    assert free(propexo, TUESDAY) == tuesday
    left = propexo.ok("GET", f"/v1/appointments/?lead_id={LEAD}")["results"]
    assert [each["event_name"] for each in left] == ["CancelAppointment"]


@pytest.mark.parametrize(
    ("date", "instant"),
    [
        ("2031-01-15", "2031-01-15T16:30:00.000Z"),
        ("2031-07-15", "2031-07-15T15:30:00.000Z"),
    ],
    ids=["in winter", "in summer"],
)
def test_an_entrata_appointment_reads_back_at_the_right_instant(
    date: str, instant: str, propexo: Any
) -> None:
    appointment = {
        "integration_id": "intg-987654321",
        "lead_id": "lead-123456789",
        "appointment_date": date,
        "appointment_time": "09:30:00",
        "appointment_duration_minutes": 30,
        "appointment_type": "TOUR",
        "notes": "Wants to see the balcony.",
    }
    propexo.ok("POST", "/v1/events/appointments/leads", appointment)
    [event] = propexo.ok("GET", "/v1/appointments/?lead_id=lead-123456789")["results"]
    assert event["appointment_datetime"] == instant


def test_an_appointment_of_a_lead_is_not_called_off_as_that_of_a_resident(propexo: Any) -> None:
    event = book(propexo)
    cancellation = {"integration_id": PROPERTYWARE, "event_id": event["id"]}
    assert propexo("POST", "/v1/events/appointments/residents/cancel", cancellation).status == 400
    assert propexo.ok("GET", f"/v1/events/{event['id']}")["results"] == event
