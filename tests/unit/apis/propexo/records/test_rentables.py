"""Is a rentable item its applicant's once it is assigned, and nobody else's?"""

from collections.abc import Callable
from typing import Any

Record = dict[str, Any]
ASSIGN = "POST /v1/rentable-items/applicants/assign"


def test_an_assigned_item_is_no_longer_to_be_had(
    home: Callable[..., Record],
    other: Callable[..., Record],
    write: Callable[..., Any],
    propexo: Any,
    issues: Callable[[Any], Any],
) -> None:
    lease = home()
    item = available(propexo, lease)
    applicant = other("applicants", lease)
    body = {
        "integration_id": lease["integration_id"],
        "rentable_item_id": item["id"],
        "applicant_id": applicant["id"],
    }
    write(ASSIGN, body)
    path = {"rentable_item_id": item["id"]}
    after = propexo.get("GET /v1/rentable-items/{rentable_item_id}", **path)["results"]
    assert (after["applicant_id"], after["x_applicant_id"]) == (applicant["id"], applicant["x_id"])
    assert after["is_available"] is False
    refused = propexo.refused(ASSIGN, body)
    assert issues(refused) == [("rentable_item_id", f"{item['id']!r} is not available")]


def available(propexo: Any, lease: Record) -> Record:
    """Return a rentable item of a lease's integration that nobody has."""
    query = f"limit=250&integration_id={lease['integration_id']}"
    found = propexo.get("GET /v1/rentable-items/", query=query)["results"]
    return next(each for each in found if each["is_available"])


def test_it_takes_an_item_and_an_applicant(
    home: Callable[..., Record], propexo: Any, issues: Callable[[Any], Any]
) -> None:
    refused = propexo.refused(ASSIGN, {"integration_id": home()["integration_id"]})
    assert [path for path, _ in issues(refused)] == ["rentable_item_id", "applicant_id"]
