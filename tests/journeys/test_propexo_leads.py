"""What a leasing product does with a prospect: written to the PMS, followed, read back, updated."""

import json
from collections.abc import Callable
from typing import Any

PERSON = {
    "first_name": "Grace",
    "last_name": "Paulsen",
    "email_1": "grace.paulsen@example.com",
    "phone_1": "(614) 555-0139",
    "phone_1_type": "MOBILE",
}


def prospect_of(propexo: Any) -> dict[str, Any]:
    """Return somebody who is interested in the first property of Rent Manager."""
    listed = propexo.ok("GET", "/v1/properties/?integration_vendor=RENTMANAGER&limit=1")
    [place] = listed["results"]
    return {"integration_id": place["integration_id"], "property_id": place["id"], **PERSON}


def test_a_prospect_is_written_read_back_listed_and_updated(propexo: Any) -> None:
    prospect = prospect_of(propexo)
    accepted = propexo.ok("POST", "/v1/leads/", prospect)
    assert {name: accepted["data"][name] for name in prospect} == prospect
    status = propexo.ok("GET", f"/v1/admin/write-status/{accepted['job_id']}")
    assert (status["write_status"], status["errors"]) == ("SUCCESS", [])
    path = f"/v1/leads/{status['created_record_id']}"
    lead = propexo.ok("GET", path)["results"]
    assert {name: lead[name] for name in prospect} == prospect
    assert lead["integration_vendor"] == "RENTMANAGER"
    assert propexo.ok("GET", "/v1/leads/?phone_1=6145550139")["results"] == [lead]
    propexo.ok("PUT", path, {"last_name": "Okoro"})
    changed = propexo.ok("GET", path)["results"]
    assert changed["last_name"] == "Okoro"
    assert {name for name in lead if lead[name] != changed[name]} <= {
        "last_name",
        "updated_at",
        "last_seen",
    }


def test_a_slow_write_is_followed_from_pending_to_success(
    serve: Callable[..., Any], connect: Callable[[str], Any]
) -> None:
    propexo = connect(serve("--write-seconds", "1").url).propexo()
    job_id = propexo.ok("POST", "/v1/leads/", prospect_of(propexo))["job_id"]
    path = f"/v1/admin/write-status/{job_id}"
    assert propexo.ok("GET", path)["write_status"] == "PENDING"
    while (status := propexo.ok("GET", path))["write_status"] == "PENDING":
        assert status["created_record_id"] is None
    assert status["write_status"] == "SUCCESS"
    lead = propexo.ok("GET", f"/v1/leads/{status['created_record_id']}")["results"]
    assert lead["first_name"] == "Grace"


def test_a_bad_write_changes_nothing(propexo: Any) -> None:
    prospect, before = prospect_of(propexo), propexo("GET", "/v1/leads/?limit=250").content
    for bad in (
        {**prospect, "integration_id": "intg-of-nobody"},
        {**prospect, "property_id": "clr9k2vxo000108jq5m3w7t4e"},
        {**prospect, "phone_1_type": "PIGEON"},
        {**prospect, "favourite_colour": "green"},
        b"{",
    ):
        refused = propexo("POST", "/v1/leads/", bad)
        assert refused.status == 400
        assert refused.json["error"]["code"] == "invalid_request"
    assert propexo("GET", "/v1/leads/?limit=250").content == before


def test_an_unknown_job_is_not_found(propexo: Any) -> None:
    answer = propexo("GET", "/v1/admin/write-status/cnothing")
    assert (answer.status, answer.json["error"]["code"]) == (404, "not_found")


def test_a_whole_number_stays_whole_in_the_echo_and_the_record(propexo: Any) -> None:
    prospect = {
        **prospect_of(propexo),
        "number_of_occupants": 2,
        "desired_max_rent_in_cents": 150_000,
    }
    content = json.dumps(prospect).replace(": 2,", ": 2.0,").replace("150000", "1.5e5").encode()
    assert b"2.0" in content
    answer = propexo("POST", "/v1/leads/", content)
    for part in (b'"number_of_occupants":2,', b'"desired_max_rent_in_cents":150000'):
        assert part in answer.content
    status = propexo.ok("GET", f"/v1/admin/write-status/{answer.json['job_id']}")
    lead = propexo("GET", f"/v1/leads/{status['created_record_id']}")
    assert b'"number_of_occupants":2,' in lead.content
