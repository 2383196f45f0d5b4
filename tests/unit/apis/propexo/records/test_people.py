"""Does somebody who applies become an applicant with an application, each telling of the other?"""

from collections.abc import Callable
from typing import Any

Record = dict[str, Any]
Write = Callable[..., dict[str, list[Record]]]
PERSON = {"first_name": "Ada", "last_name": "Okafor"}


def test_an_application_brings_its_applicant(
    home: Callable[..., Record], other: Callable[..., Record], write: Write
) -> None:
    lease = home()
    unit = other("units", lease)
    body = {"integration_id": lease["integration_id"], "unit_id": unit["id"], **PERSON}
    new = write("POST /v1/applications/", {**body, "application_status": "COMPLETED"})
    (application,), (applicant,) = new["applications"], new["applicants"]
    assert application["applicants"] == applicant["applications"]
    (link,) = applicant["applications"]
    assert (link["applicant_id"], link["application_id"]) == (applicant["id"], application["id"])
    assert (link["status_raw"], link["status_normalized"]) == ("Completed", "PENDING")
    assert (applicant["first_name"], applicant["x_unit_id"]) == ("Ada", unit["x_id"])
    assert (application["x_unit_id"], application["property_id"]) == (
        unit["x_id"],
        unit["property_id"],
    )


def test_an_applicant_brings_an_application_only_where_one_is_told_of(
    home: Callable[..., Record], write: Write
) -> None:
    body = {"integration_id": home()["integration_id"], **PERSON}
    assert set(write("POST /v1/applicants/", body)) == {"applicants"}
    new = write("POST /v1/applicants/", {**body, "application_date": "2026-03-01"})
    assert set(new) == {"applicants", "applications"}


def test_a_pet_an_income_and_an_event_come_along_with_an_applicant(
    home: Callable[..., Record], other: Callable[..., Record], write: Write
) -> None:
    lease = home()
    event = {
        "employee_id": other("employees", lease)["id"],
        "event_name": "WalkIn",
        "event_datetime": "2026-02-28T10:00:00-05:00",
    }
    body = {
        "integration_id": lease["integration_id"],
        **PERSON,
        "type": "CO_APPLICANT",
        "pets": [{"type": "Cat", "name": "Luna", "gender": "FEMALE"}],
        "other_income": [{"source": "Royalties", "monthly_income_in_cents": 125000}],
        "events": [event],
    }
    new = write("POST /v1/applicants/", body)
    (applicant,), (visit,) = new["applicants"], new["events"]
    (pet,), (income,) = applicant["pets"], applicant["self_reported_income"]
    assert (pet["name"], pet["gender_raw"], pet["id"][0]) == ("Luna", "Female", "c")
    assert (income["amount_raw"], income["type_raw"]) == ("1250.00", "Royalties")
    assert (applicant["type_raw"], applicant["type_normalized"]) == ("Co-applicant", "SECONDARY")
    assert visit["associated_applicant_ids"] == [applicant["id"]]
    assert visit["associated_lead_ids"] == []


def test_a_decision_on_an_application_shows_with_its_applicants(
    home: Callable[..., Record],
    other: Callable[..., Record],
    write: Write,
    stored: Callable[[str, str], Record],
) -> None:
    applicant = other("applicants", home())
    (link,) = applicant["applications"]
    write("PUT /v1/applications/{id}", {"status": "DENIED"}, id=link["application_id"])
    assert stored("applications", link["application_id"])["status"] == "DENIED"
    (shown,) = stored("applicants", applicant["id"])["applications"]
    assert (shown["status"], shown["status_normalized"]) == ("DENIED", "DENIED")


def test_an_applicants_new_status_is_their_applications(
    home: Callable[..., Record],
    other: Callable[..., Record],
    write: Write,
    stored: Callable[[str, str], Record],
) -> None:
    applicant = other("applicants", home())
    (link,) = applicant["applications"]
    write("PUT /v1/applicants/{id}", {"application_status": "APPROVED"}, id=applicant["id"])
    assert stored("applications", link["application_id"])["status"] == "APPROVED"
