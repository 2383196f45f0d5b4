"""Does an event carry what its kind demands, and concern whom it says?"""

from collections.abc import Callable
from typing import Any

import pytest

ENTRATA, LEAD = "intg-987654321", "lead-123456789"
TYPES = {
    "Outgoing Call": "clr9k7a2d000608jqt1f4b6se",
    "Outgoing Email": "clr9k7a2d000708jq8x3n5ywc",
    "Note": "clr9k7a2d000808jqk7v9p0di",
    "Appointment": "evt-appointment",
}
WHEN = "2026-02-27T09:30:00-07:00"
CREATE, UPDATE = "POST /v1/events/leads", "PUT /v1/events/leads/{event_id}"
CALL = {
    "call_phone_number_from": "+13035550164",
    "call_phone_number_to": "+17205550187",
    "call_status": "NO_ANSWER",
    "call_duration": 0,
    "call_audio_link": "https://recordings.example.com/1.mp3",
}
Issues = Callable[[Any], list[tuple[str, str]]]
Landed = Callable[[Any], Any]


def event(kind: str, **more: Any) -> dict[str, Any]:
    """Make the body of an event of the documented lead."""
    who = {"integration_id": ENTRATA, "lead_id": LEAD}
    return {**who, "event_type_id": TYPES[kind], "event_datetime": WHEN, **more}


def only_event(propexo: Any) -> dict[str, Any]:
    """Return the one event of the documented lead."""
    [found] = propexo.get("GET /v1/events/", query=f"lead_id={LEAD}")["results"]
    return dict(found)


@pytest.mark.parametrize("missing", list(CALL))
def test_a_call_needs_each_of_its_fields(missing: str, propexo: Any, issues: Issues) -> None:
    sent = {name: value for name, value in CALL.items() if name != missing}
    refused = propexo.refused(CREATE, event("Outgoing Call", **sent))
    assert issues(refused) == [(missing, "is required for 'Outgoing Call' events")]


def test_a_whole_call_is_taken(propexo: Any, landed: Landed) -> None:
    landed(propexo.get(CREATE, event("Outgoing Call", **CALL)))
    assert only_event(propexo)["event_name"] == "Outgoing Call"


@pytest.mark.parametrize(
    ("name", "needs"),
    [
        ("Call to prospect", True),
        ("Call from prospect", True),
        ("Note", False),
        ("Walk-in", False),
        ("Show", False),
    ],
)
def test_it_is_the_kind_that_makes_it_a_call(
    name: str,
    needs: bool,  # noqa: FBT001 - a table's column
    propexo: Any,
    first: Callable[..., Any],
) -> None:
    lead = first("leads", "RENTVINE")
    kind = _type(propexo, lead["integration_id"], name)
    body = {"integration_id": lead["integration_id"], "lead_id": lead["id"], "event_type_id": kind}
    assert propexo.ask(CREATE, body)[0] == (400 if needs else 200)


def test_an_outgoing_email_needs_its_sender(propexo: Any, issues: Issues) -> None:
    refused = propexo.refused(CREATE, event("Outgoing Email"))
    assert issues(refused) == [("email_from", "is required for 'Outgoing Email' events")]
    assert propexo.get(CREATE, event("Outgoing Email", email_from="leasing@apartments.com"))


@pytest.mark.parametrize("operation", [CREATE, "POST /v1/events/leads/entrata/"])
def test_an_email_goes_to_the_leads_primary_address(
    operation: str, propexo: Any, issues: Issues
) -> None:
    body = event("Note")
    refused = propexo.refused(operation, {**body, "email_to": "else@example.com"})
    advice = "must be the primary email address of the lead, applicant@example.com"
    assert issues(refused) == [("email_to", advice)]
    assert propexo.get(operation, {**body, "email_to": "Applicant@Example.com"})


@pytest.mark.parametrize("person", ["lead", "applicant"])
def test_signing_a_lease_needs_the_rent(
    person: str, propexo: Any, first: Callable[..., Any], issues: Issues
) -> None:
    one = first(f"{person}s", "YARDI")
    body = {
        "integration_id": one["integration_id"],
        f"{person}_id": one["id"],
        "event_name": "LeaseSign",
        "event_datetime": WHEN,
        "agent_name": "Theo Barlow",
    }
    refused = propexo.refused(f"POST /v1/events/{person}s", body)
    assert issues(refused) == [("rent_amount_in_cents", "is required for 'LeaseSign' events")]
    assert propexo.get(f"POST /v1/events/{person}s", {**body, "rent_amount_in_cents": 178_500})


def test_a_resident_signs_without_a_rent(propexo: Any, first: Callable[..., Any]) -> None:
    one = first("residents", "YARDI")
    body = {
        "integration_id": one["integration_id"],
        "resident_id": one["id"],
        "event_type_id": _type(propexo, one["integration_id"], "LeaseSign"),
    }
    assert propexo.get("POST /v1/events/residents", body)


def test_an_applicants_event_needs_a_leasing_agent(
    propexo: Any, first: Callable[..., Any], issues: Issues
) -> None:
    one = first("applicants", "PROPERTYWARE")
    employees = propexo.get(
        "GET /v1/employees/", query=f"limit=250&integration_id={one['integration_id']}"
    )["results"]
    other = next(each for each in employees if "LEASING_AGENT" not in each["roles"])
    body = {
        "integration_id": one["integration_id"],
        "applicant_id": one["id"],
        "employee_id": other["id"],
    }
    [(path, said)] = issues(propexo.refused("POST /v1/events/applicants", body))
    assert path == "employee_id"
    assert "LEASING_AGENT" in said


def test_a_pms_that_takes_no_fields_of_a_call_is_not_asked_for_them(
    propexo: Any, first: Callable[..., Any]
) -> None:
    lead = first("leads", "RESMAN")
    body = {"integration_id": lead["integration_id"], "lead_id": lead["id"]}
    body |= {"event_name": "CallToProspect", "event_datetime": WHEN}
    assert propexo.get(CREATE, body)


def test_all_that_lacks_is_told_at_once(propexo: Any, issues: Issues) -> None:
    refused = propexo.refused(CREATE, event("Outgoing Call", email_to="else@example.com"))
    assert [path for path, _ in issues(refused)] == [*CALL, "email_to"]


def test_an_event_without_a_time_happens_now(
    propexo: Any, first: Callable[..., Any], landed: Landed
) -> None:
    lead = first("leads", "RENTVINE")
    body = {"integration_id": lead["integration_id"], "lead_id": lead["id"], "event_name": "WalkIn"}
    landed(propexo.get(CREATE, body))
    listed = f"limit=1&order-by=created_at:desc&lead_id={lead['id']}"
    [found] = propexo.get("GET /v1/events/", query=listed)["results"]
    assert (found["event_name"], found["event_datetime"]) == ("WalkIn", "2026-03-01T09:00:00.000Z")


def test_an_event_concerns_whom_it_names_and_nobody_else(propexo: Any, landed: Landed) -> None:
    landed(propexo.get(CREATE, event("Note", notes="Rang.")))
    found = only_event(propexo)
    assert found["event_datetime"] == "2026-02-27T16:30:00.000Z"
    assert (found["associated_lead_ids"], found["associated_resident_ids"]) == ([LEAD], [])
    assert (found["x_type_id"], found["appointment_datetime"]) == ("1", None)


@pytest.mark.parametrize(
    ("sent", "is_appointment"),
    [({}, False), ({"appointment_datetime": "2026-07-01T09:30:00-06:00"}, True)],
)
def test_an_event_with_a_time_in_the_diary_is_an_appointment(
    sent: dict[str, Any],
    is_appointment: bool,  # noqa: FBT001 - a table's column
    propexo: Any,
    landed: Landed,
) -> None:
    landed(propexo.get(CREATE, event("Appointment", **sent)))
    listed = propexo.get("GET /v1/appointments/", query=f"lead_id={LEAD}")["results"]
    assert listed == ([only_event(propexo)] if is_appointment else [])
    if is_appointment:
        assert listed[0]["appointment_datetime"] == "2026-07-01T15:30:00.000Z"


def test_a_leads_event_is_not_changed_as_a_residents(
    propexo: Any, landed: Landed, issues: Issues
) -> None:
    landed(propexo.get(CREATE, event("Note")))
    event_id = only_event(propexo)["id"]
    other = "PUT /v1/events/residents/{event_id}"
    refused = propexo.refused(other, {"notes": "x"}, event_id=event_id)
    assert issues(refused) == [
        ("event_id", f"the event {event_id!r} concerns leads, not residents")
    ]
    changes = {"notes": "x", "event_type_id": TYPES["Appointment"]}
    landed(propexo.get(UPDATE, changes, event_id=event_id))
    changed = only_event(propexo)
    assert (changed["notes"], changed["event_name"]) == ("x", "Appointment")


def _type(propexo: Any, integration_id: str, name: str) -> str:
    types = propexo.get("GET /v1/event-types/", query=f"limit=250&integration_id={integration_id}")[
        "results"
    ]
    return str(next(each["id"] for each in types if each["name"] == name))
