"""Is a file kept with whom it is uploaded for, and a note read back as an event?"""

from collections.abc import Callable
from typing import Any

Record = dict[str, Any]
UPLOAD = "POST /v1/applicants/rentvine/{applicant_id}/file-upload"
NOTE = "POST /v1/leads/rentmanager/{lead_id}/notes"
FILE = {"file_data": "aGVsbG8=", "file_name": "id.pdf", "mime_type": "application/pdf"}


def test_an_uploaded_file_is_kept_with_the_applicant(
    home: Callable[..., Record],
    other: Callable[..., Record],
    write: Callable[..., Any],
    stored: Callable[[str, str], Record],
) -> None:
    applicant = other("applicants", home("RENTVINE"))
    body = {"integration_id": applicant["integration_id"], "attachment": FILE}
    write(UPLOAD, body, applicant_id=applicant["id"])
    (kept,) = stored("applicants", applicant["id"])["files"]
    assert {name: kept[name] for name in FILE} == FILE


def test_what_is_not_base64_is_refused(
    home: Callable[..., Record],
    other: Callable[..., Record],
    propexo: Any,
    issues: Callable[[Any], Any],
) -> None:
    applicant = other("applicants", home("RENTVINE"))
    body = {
        "integration_id": applicant["integration_id"],
        "attachment": {**FILE, "file_data": "<pdf>"},
    }
    refused = propexo.refused(UPLOAD, body, applicant_id=applicant["id"])
    advice = "must be the file's content in base64"
    assert issues(refused) == [("attachment.file_data", advice)]
    assert propexo.ask(UPLOAD, body, applicant_id="cnobody")[0] == 404


def test_a_note_on_a_lead_is_one_of_its_events(
    home: Callable[..., Record], other: Callable[..., Record], write: Callable[..., Any]
) -> None:
    lead = other("leads", home("RENTMANAGER"))
    body = {"integration_id": lead["integration_id"], "notes": "Likes the balcony."}
    (event,) = write(NOTE, body, lead_id=lead["id"])["events"]
    assert (event["event_name"], event["notes"]) == ("Note", "Likes the balcony.")
    assert event["associated_lead_ids"] == [lead["id"]]
    assert event["property_id"] == lead["property_id"]


def test_a_file_type_is_for_the_model_that_is_named(
    home: Callable[..., Record], write: Callable[..., Any]
) -> None:
    body = {"integration_id": home()["integration_id"], "name": "Deed", "model": "properties"}
    (file_type,) = write("POST /v1/file-types/", body)["file_types"]
    assert (file_type["models"], file_type["type"]) == (["properties"], "Deed")
