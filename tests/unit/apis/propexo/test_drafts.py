"""Does a body become the record that the PMS would make of it?"""

from collections.abc import Callable
from typing import Any

import pytest

PROPERTYWARE, PROPERTY = "intg_9f8b7c6d5e4a3b2c1d0e", "clui8s0dq000208l4b6y1n9zk"
CREATE, UPDATE, READ = "POST /v1/leads/", "PUT /v1/leads/{id}", "GET /v1/leads/{id}"
PERSON = {"integration_id": PROPERTYWARE, "first_name": "Ada", "last_name": "Okafor"}
Write = Callable[..., dict[str, Any]]


@pytest.fixture
def write(propexo: Any, landed: Callable[[Any], Any]) -> Write:
    """Write a new lead and return it as it landed."""

    def write(**fields: Any) -> dict[str, Any]:
        said = {"property_id": PROPERTY, **PERSON, **fields}
        sent = {name: value for name, value in said.items() if value is not None}
        landed(propexo.get(CREATE, sent))
        newest = f"limit=1&order-by=created_at:desc&integration_id={PROPERTYWARE}"
        lead: dict[str, Any] = propexo.get("GET /v1/leads/", query=newest)["results"][0]
        return lead

    return write


def test_a_new_record_gets_ids_of_both_sides_and_its_property(write: Write) -> None:
    lead = write(property_id=PROPERTY)
    assert (len(lead["id"]), lead["id"][0]) == (25, "c")
    assert lead["x_id"].isdigit()
    assert (lead["property_id"], lead["x_property_id"]) == (PROPERTY, "57")
    assert lead["integration_vendor"] == "PROPERTYWARE_REST"
    assert lead["x_created_at"] == "2026-03-01T09:00:00.000Z"


@pytest.mark.parametrize(
    "witness",
    [
        {"unit_id": "clui8zq4h000508l4x7c0j6md"},
        {"employee_id": "clui92e8v000608l4p2s4f7yt"},
    ],
    ids=["the unit's", "the employee's"],
)
def test_the_property_is_found_by_what_the_body_names(
    witness: dict[str, str], write: Write
) -> None:
    assert write(property_id=None, **witness)["property_id"] == PROPERTY


def test_what_names_no_place_is_at_the_integrations_first_property(
    propexo: Any, first: Callable[..., Any], landed: Callable[[Any], Any]
) -> None:
    integration = first("integrations", "REALPAGE")
    accepted = propexo.get(CREATE, {**PERSON, "integration_id": integration["id"]})
    lead = propexo.get(READ, id=landed(accepted)["created_record_id"])["results"]
    query = f"integration_id={integration['id']}&order-by=created_at"
    known = propexo.get("GET /v1/properties/", query=query)["results"]
    assert lead["property_id"] in {each["id"] for each in known}


def test_what_is_wished_for_is_shown_under_the_records_own_names(write: Write) -> None:
    lead = write(
        desired_move_in_date="2026-06-01",
        desired_bedrooms=2,
        status_raw="Hot",
        unit_id="clui8zq4h000508l4x7c0j6md",
        employee_id="clui92e8v000608l4p2s4f7yt",
        lead_source_id="clui96t1m000708l4e3q5v2xo",
        has_cats=True,
        has_dogs=True,
    )
    assert lead["target_move_in_date"] == "2026-06-01T00:00:00.000Z"
    assert (lead["desired_num_bedrooms"], lead["status"]) == (2, "Hot")
    assert (lead["desired_unit_number"], lead["x_unit_id_preferred"]) == ("2B", ["612"])
    assert (lead["leasing_agent"], lead["x_leasing_agent_id"]) == ("Theo Barlow", "12")
    assert (lead["lead_source"], lead["x_lead_source_id"]) == ("Drive by", "4")
    assert lead["pet_details"] == "Cats, dogs"


def test_an_update_changes_what_is_sent_and_no_identity(
    propexo: Any, landed: Callable[[Any], Any], write: Write
) -> None:
    lead = write(zip="43206")
    landed(propexo.get(UPDATE, {"city": "Columbus"}, id=lead["id"]))
    changed = propexo.get(READ, id=lead["id"])["results"]
    different = {name for name in lead if lead[name] != changed[name]}
    assert different == {"city", "updated_at", "last_seen"}


def test_events_that_come_along_are_written_with_the_lead(propexo: Any, write: Write) -> None:
    visit = {
        "employee_id": "clui92e8v000608l4p2s4f7yt",
        "event_name": "WalkIn",
        "event_datetime": "2026-02-28T10:00:00-05:00",
        "notes": "Liked the balcony.",
    }
    lead = write(events=[visit])
    [event] = propexo.get("GET /v1/events/", query=f"lead_id={lead['id']}")["results"]
    assert (event["event_name"], event["type_raw"]) == ("WalkIn", "WalkIn")
    assert event["event_datetime"] == "2026-02-28T15:00:00.000Z"
    assert (event["agent_name"], event["notes"]) == ("Theo Barlow", "Liked the balcony.")
    assert (event["property_id"], event["associated_lead_ids"]) == (PROPERTY, [lead["id"]])
