"""Does a service request show names for ids, and its history?"""

from collections.abc import Callable
from typing import Any

Record = dict[str, Any]
Write = Callable[..., dict[str, list[Record]]]
CREATE, HISTORY = "POST /v1/service-requests/", "POST /v1/service-request-history/"


def test_ids_are_shown_as_names_and_the_unit_is_the_residents(
    home: Callable[..., Record], other: Callable[..., Record], write: Write, propexo: Any
) -> None:
    lease = home()
    category, vendor = other("service_request_categories", lease), other("vendors", lease)
    employee = other("employees", lease)
    body = {
        "integration_id": lease["integration_id"],
        "resident_id": lease["resident_id"],
        "service_request_category_id": category["id"],
        "vendor_id": vendor["id"],
        "employee_id": employee["id"],
        "service_status": "InProgress",
        "due_date": "2026-03-09T00:00:00.000Z",
    }
    (asked,) = write(CREATE, body)["service_requests"]
    assert (asked["service_category"], asked["status_raw"]) == (category["name"], "In Progress")
    assert (asked["unit_id"], asked["unit_number"]) == (lease["unit_id"], lease["unit_number"])
    assert asked["date_due"] == "2026-03-09T00:00:00.000Z"
    assert [each["name"] for each in asked["employees"]] == [employee["name"]]
    query = f"vendor_id={vendor['id']}&limit=250"
    found = propexo.get("GET /v1/service-requests/", query=query)["results"]
    assert asked["id"] in [each["id"] for each in found]


def test_history_shows_in_the_request_and_moves_its_status(
    home: Callable[..., Record],
    other: Callable[..., Record],
    write: Write,
    stored: Callable[[str, str], Record],
) -> None:
    asked = other("service_requests", home())
    body = {
        "integration_id": asked["integration_id"],
        "service_request_id": asked["id"],
        "status_raw": "On Hold",
        "notes": "Waiting for a part.",
    }
    (entry,) = write(HISTORY, body)["service_request_history"]
    after = stored("service_requests", asked["id"])
    shown = after["history"][-1]
    assert after["status_raw"] == "On Hold"
    assert {name: entry[name] for name in shown} == shown


def test_history_of_nothing_is_refused(
    home: Callable[..., Record], propexo: Any, issues: Callable[[Any], Any]
) -> None:
    refused = propexo.refused(HISTORY, {"integration_id": home()["integration_id"]})
    assert [path for path, _ in issues(refused)] == ["service_request_id"]


def test_an_update_at_realpage_exchange_makes_history(
    home: Callable[..., Record],
    other: Callable[..., Record],
    write: Write,
    stored: Callable[[str, str], Record],
) -> None:
    asked = other("service_requests", home("REALPAGE_RPX"))
    key = "PUT /v1/service-requests/realpage_rpx/{service_request_id}"
    body = {"status_raw": "Complete", "completion_notes": "Tap replaced."}
    (entry,) = write(key, body, service_request_id=asked["id"])["service_request_history"]
    assert (entry["status_raw"], entry["notes"]) == ("Complete", "Tap replaced.")
    after = stored("service_requests", asked["id"])
    assert after["status_raw"] == "Complete"
    assert after["history"][-1]["id"] == entry["id"]
