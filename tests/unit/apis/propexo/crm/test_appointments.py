"""Is a visit booked at the right instant, for the right prospect, and does it turn out as told?"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

CREATE, READ = "POST /crm/v1/appointments", "GET /crm/v1/appointments/{appointment_id}"
CANCEL = "POST /crm/v1/appointments/cancel/funnel"
OUTCOME = "PUT /crm/v1/appointments/{appointment_id}"
TIME = {"appointment_date": "2026-03-04", "appointment_time": "16:30:00"}
Made, Home, Records = Callable[..., Any], Callable[..., Any], Callable[..., Any]
Issues = Callable[[Any], Any]


def test_a_visit_of_a_known_prospect_is_booked_in_utc(records: Records, made: Made) -> None:
    prospect = records("prospects", "ELISEAI")[0]
    body = {"integration_id": prospect["integration_id"], "prospect_id": prospect["id"], **TIME}
    new = made("POST /crm/v1/appointments/eliseai", {**body, "notes": "By the side door"})
    [appointment], [event] = new["appointments"], new["events"]
    assert appointment["appointment_datetime"] == "2026-03-04T16:30:00.000Z"
    assert (appointment["status"], appointment["outcome_time"]) == ("SCHEDULED", None)
    assert (appointment["notes"], event["notes"]) == ("By the side door", None)
    for each in (appointment, event):
        assert each["prospect_id"] == prospect["id"]
        assert each["community_id"] == prospect["community_id"]
        assert each["agent_id"] == prospect["agent_id"]
        assert each["attribution_id"] == prospect["attribution_id"]
    assert (event["event_name"], event["type_raw"]) == ("Appointment", "Appointment")
    assert event["appointment_datetime"] == appointment["appointment_datetime"]
    assert new["prospects"] == []


def test_a_visit_of_nobody_known_brings_the_prospect_along(home: Home, made: Made) -> None:
    # Nothing that is seeded is so far ahead.
    time = {"appointment_date": "2026-08-05", "appointment_time": "17:30:00"}
    body = {**home("FUNNEL"), **time, "email_1": "ada@example.com", "first_name": "Ada"}
    new = made("POST /crm/v1/appointments/funnel", {**body, "tour_type": "GUIDED"})
    [prospect], [appointment], [event] = new["prospects"], new["appointments"], new["events"]
    assert (prospect["first_name"], prospect["email_1"]) == ("Ada", "ada@example.com")
    assert prospect["status"] == "Tour scheduled"
    assert appointment["prospect_id"] == event["prospect_id"] == prospect["id"]
    assert appointment["tour_type"] == "GUIDED"
    for each in (prospect, appointment, event):
        assert {name: each[name] for name in home("FUNNEL")} == home("FUNNEL")
        assert each["created_at"] == "2026-03-01T09:00:02.000Z"


@pytest.mark.parametrize("key", [CREATE, "POST /crm/v1/appointments/eliseai"])
def test_a_new_prospect_of_eliseai_needs_a_contact_and_a_community(
    key: str, home: Home, propexo: Any, issues: Issues
) -> None:
    body = {"integration_id": home("ELISEAI")["integration_id"], **TIME}
    assert issues(propexo.refused(key, body)) == [
        ("email_1", "is required unless phone_1 is sent"),
        ("community_id", "is required without prospect_id"),
    ]
    propexo.get(key, {**body, **home("ELISEAI"), "phone_1": "7035550123"})


def test_knock_needs_a_contact_of_known_prospects_too(
    records: Records, home: Home, propexo: Any, issues: Issues
) -> None:
    body = {
        **home("KNOCK"),
        **TIME,
        "attribution_id": records("attributions", "KNOCK")[0]["id"],
        "last_name": "Okafor",
        "prospect_id": records("prospects", "KNOCK")[0]["id"],
    }
    refused = propexo.refused("POST /crm/v1/appointments/knock", body)
    assert issues(refused) == [("email_1", "is required unless phone_1 is sent")]


@pytest.mark.parametrize(
    ("time", "instant"),
    [("21:00:00", "2026-08-03T21:00:00.000Z"), ("18:00:00", "2026-08-04T18:00:00.000Z")],
)
def test_a_time_without_a_date_is_the_next_such_time(
    time: str, instant: str, home: Home, propexo: Any, landed: Callable[[Any], Any]
) -> None:
    propexo.machine.now = datetime(2026, 8, 3, 19, tzinfo=UTC)
    place = home("RENTCAFE")
    body = {**place, "phone_1": "7035550123", "appointment_time": time}
    landed(propexo.get(CREATE, body))
    query = f"integration_id={place['integration_id']}&order-by=created_at:desc&limit=1"
    [newest] = propexo.get("GET /crm/v1/appointments", query=query)["results"]
    assert newest["appointment_datetime"] == instant


def test_a_cancelled_appointment_stays_and_says_so(
    records: Records, propexo: Any, landed: Callable[[Any], Any]
) -> None:
    appointment = next(
        each for each in records("appointments", "FUNNEL") if each["status"] == "SCHEDULED"
    )
    body = {"integration_id": appointment["integration_id"], "appointment_id": appointment["id"]}
    accepted = propexo.get(CANCEL, body)
    assert accepted["result"] == body
    assert propexo.get(READ, appointment_id=appointment["id"])["results"] == appointment
    landed(accepted)
    after = propexo.get(READ, appointment_id=appointment["id"])["results"]
    assert after["status"] == "CANCELLED"
    assert after["appointment_datetime"] == appointment["appointment_datetime"]


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"status": "NO_SHOW"}, ("NO_SHOW", "2026-03-01T09:00:00.000Z")),
        (
            {"status": "COMPLETE", "outcome_time": "2026-02-27T10:00:00-05:00"},
            ("COMPLETE", "2026-02-27T15:00:00.000Z"),
        ),
    ],
)
def test_an_outcome_is_of_now_unless_said(
    sent: Any, told: Any, records: Records, propexo: Any, landed: Callable[[Any], Any]
) -> None:
    appointment = records("appointments", "RENTCAFE")[0]
    body = {"integration_id": appointment["integration_id"], **sent}
    landed(propexo.get(OUTCOME, body, appointment_id=appointment["id"]))
    after = propexo.get(READ, appointment_id=appointment["id"])["results"]
    assert (after["status"], after["outcome_time"]) == told


def test_an_outcome_cannot_name_another_integration(
    records: Records, home: Home, propexo: Any, issues: Issues
) -> None:
    appointment = records("appointments", "FUNNEL")[0]
    body = {"integration_id": home("KNOCK")["integration_id"], "status": "NO_SHOW"}
    [(path, said)] = issues(propexo.refused(OUTCOME, body, appointment_id=appointment["id"]))
    assert path == "integration_id"
    assert said.endswith(f"belongs to integration_id {appointment['integration_id']!r}")
