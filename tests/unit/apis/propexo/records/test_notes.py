"""Does a note become an event, a request's history, or stay with its unit?"""

from collections.abc import Callable
from typing import Any

import pytest

Record = dict[str, Any]
AT_REQUEST = "POST /v1/service-requests/rentmanager/{service_request_id}/notes/"
AT_UNIT = "POST /v1/units/rentmanager/{unit_id}/notes/"
AT_MRI = "POST /v1/residents/mri/{resident_id}/notes/"
FILE = {"file_data": "<pdf>", "file_name": "a.pdf", "mime_type": "application/pdf"}


@pytest.mark.parametrize("person", ["resident", "applicant"])
def test_a_note_on_a_person_is_one_of_their_events(
    person: str,
    home: Callable[..., Record],
    other: Callable[..., Record],
    write: Callable[..., Any],
) -> None:
    whose = other(f"{person}s", home("RENTMANAGER"))
    body = {"integration_id": whose["integration_id"], "notes": "Has moved the car."}
    slash = "/" if person == "resident" else ""
    key = f"POST /v1/{person}s/rentmanager/{{{person}_id}}/notes{slash}"
    (event,) = write(key, body, **{f"{person}_id": whose["id"]})["events"]
    assert (event["event_name"], event["notes"]) == ("Note", "Has moved the car.")
    assert event[f"associated_{person}_ids"] == [whose["id"]]
    assert event["associated_lead_ids"] == []


def test_a_note_on_a_service_request_is_its_history(
    home: Callable[..., Record],
    other: Callable[..., Record],
    write: Callable[..., Any],
    stored: Callable[[str, str], Record],
) -> None:
    request = other("service_requests", home("RENTMANAGER"))
    body = {"integration_id": request["integration_id"], "notes": "Parts are on their way."}
    new = write(AT_REQUEST, body, service_request_id=request["id"])
    (entry,) = new["service_request_history"]
    assert (entry["notes"], entry["service_request_id"]) == (body["notes"], request["id"])
    shown = stored("service_requests", request["id"])["history"]
    assert len(shown) == len(request["history"]) + 1


def test_a_note_on_a_unit_stays_with_it(
    home: Callable[..., Record], write: Callable[..., Any], stored: Callable[[str, str], Record]
) -> None:
    lease = home("RENTMANAGER")
    body = {"integration_id": lease["integration_id"], "notes": "Paint in May."}
    assert write(AT_UNIT, body, unit_id=lease["unit_id"]) == {}
    (note,) = stored("units", lease["unit_id"])["notes_written"]
    assert note["notes"] == "Paint in May."


def test_mri_takes_one_note_of_a_category_a_day(
    home: Callable[..., Record],
    other: Callable[..., Record],
    write: Callable[..., Any],
    propexo: Any,
    issues: Callable[[Any], Any],
) -> None:
    lease = home("MRI")
    category = other("note_categories", lease)
    body = {"integration_id": lease["integration_id"], "note_category_id": category["id"]}
    body["notes"] = "Called."
    path = {"resident_id": lease["resident_id"]}
    write(AT_MRI, body, **path)
    advice = "the resident has a note of this category today; MRI takes one a day"
    assert issues(propexo.refused(AT_MRI, body, **path)) == [("note_category_id", advice)]
    propexo.machine.advance(days=1)
    write(AT_MRI, body, **path)


def test_a_note_whose_file_cannot_be_read_is_refused(
    home: Callable[..., Record], propexo: Any, issues: Callable[[Any], Any]
) -> None:
    lease = home("RENTMANAGER")
    body = {"integration_id": lease["integration_id"], "notes": "x", "attachment": FILE}
    refused = propexo.refused(AT_UNIT, body, unit_id=lease["unit_id"])
    assert issues(refused) == [
        ("attachment.file_data", "must be the file's content in base64"),
    ]
