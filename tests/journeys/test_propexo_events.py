"""What a leasing team notes of its contacts: calls, emails and visits, written to Entrata."""

from typing import Any

ENTRATA, LEAD = "intg-987654321", "lead-123456789"
OUTGOING_CALL, NOTE = "clr9k7a2d000608jqt1f4b6se", "clr9k7a2d000808jqk7v9p0di"
CALL = {
    "integration_id": ENTRATA,
    "lead_id": LEAD,
    "event_type_id": OUTGOING_CALL,
    "event_datetime": "2026-02-27T09:30:00-07:00",
    "notes": "Asked for the deposit.",
    "employee_id": "emp-456789123",
    "call_phone_number_from": "+13035550164",
    "call_phone_number_to": "+17205550187",
    "call_status": "ANSWER",
    "call_duration": 300,
    "call_audio_link": "https://recordings.example.com/call12345.mp3",
}


def test_a_phone_call_with_a_lead_is_noted_and_read_back(propexo: Any) -> None:
    accepted = propexo.ok("POST", "/v1/events/leads/entrata/", CALL)
    assert {name: accepted["result"][name] for name in CALL} == CALL
    [event] = propexo.ok("GET", f"/v1/events/?lead_id={LEAD}")["results"]
    assert event["event_name"] == "Outgoing Call"
    assert event["event_datetime"] == "2026-02-27T16:30:00.000Z"
    assert (event["agent_name"], event["notes"]) == ("Morgan Tate", "Asked for the deposit.")
    assert event["associated_lead_ids"] == [LEAD]
    assert propexo.ok("GET", f"/v1/events/{event['id']}")["results"] == event
    assert propexo.ok("GET", f"/v1/appointments/?lead_id={LEAD}")["results"] == []


def test_a_phone_call_without_its_details_is_refused_with_all_that_lacks(propexo: Any) -> None:
    bare = {name: value for name, value in CALL.items() if not name.startswith("call_")}
    refused = propexo("POST", "/v1/events/leads/entrata/", bare)
    assert refused.status == 400
    issues = refused.json["error"]["details"]["details"]["issues"]
    assert [each["path"] for each in issues] == [
        [name] for name in CALL if name.startswith("call_")
    ]
    assert propexo.ok("GET", f"/v1/events/?lead_id={LEAD}")["results"] == []


def test_a_note_is_corrected(propexo: Any) -> None:
    note = {**CALL, "event_type_id": NOTE}
    for name in [name for name in note if name.startswith("call_")]:
        del note[name]
    propexo.ok("POST", "/v1/events/leads", note)
    [event] = propexo.ok("GET", f"/v1/events/?lead_id={LEAD}")["results"]
    propexo.ok("PUT", f"/v1/events/leads/{event['id']}", {"notes": "Paid the deposit."})
    changed = propexo.ok("GET", f"/v1/events/{event['id']}")["results"]
    assert (changed["notes"], changed["event_name"]) == ("Paid the deposit.", "Note")
