"""Does a generic write keep the rules of the PMS that it is for, and the generic ones elsewhere?"""

from collections.abc import Callable
from typing import Any

import pytest

CREATE, UPDATE = "POST /v1/leads/", "PUT /v1/leads/{id}"
READ, LIST = "GET /v1/leads/{id}", "GET /v1/leads/"
PERSON = {"first_name": "Ada", "last_name": "Okafor"}
First, Issues = Callable[..., Any], Callable[[Any], Any]


def person_at(first: First, vendor: str, **more: Any) -> dict[str, Any]:
    """Make the body of a lead for a seeded integration of a PMS."""
    return {"integration_id": first("integrations", vendor)["id"], **PERSON, **more}


def total(propexo: Any) -> int:
    """Return how many leads there are."""
    return int(propexo.get(LIST, query="limit=0")["meta"]["total"])


def test_a_field_that_the_pms_does_not_take_is_an_unrecognized_key(
    propexo: Any, first: First
) -> None:
    body = person_at(first, "REALPAGE", notes="Likes light.", city="Reno", has_cats=True)
    assert {"notes", "has_cats"} < set(propexo.api.catalogue[CREATE].body["properties"])
    refused = propexo.refused(CREATE, body)
    assert refused["error"]["code"] == "invalid_request"
    assert refused["error"]["details"]["details"]["issues"] == [
        {
            "code": "unrecognized_keys",
            "keys": ["notes", "has_cats"],
            "path": [],
            "message": "Unrecognized key(s) in object: 'notes', 'has_cats'",
        }
    ]


def test_unknown_fields_are_dropped_where_the_call_asks_for_it(
    propexo: Any, first: First, landed: Callable[[Any], Any]
) -> None:
    body = person_at(first, "REALPAGE", notes="Likes light.", city="Reno", colour="green")
    accepted = propexo.get(CREATE, body, query="ignore_unknown_fields=true")
    assert (accepted["data"]["city"], accepted["data"]["notes"]) == ("Reno", None)
    assert "colour" not in accepted["data"]
    lead = propexo.get(READ, id=landed(accepted)["created_record_id"])["results"]
    assert (lead["city"], lead["notes"]) == ("Reno", None)


@pytest.mark.parametrize("query", ["ignore_unknown_fields=false", ""])
def test_unknown_fields_are_refused_unless_the_call_says_otherwise(
    query: str, propexo: Any, first: First
) -> None:
    propexo.refused(CREATE, person_at(first, "REALPAGE", notes="Likes light."), query=query)


def test_dropping_unknown_fields_forgives_nothing_else(
    propexo: Any, first: First, issues: Issues
) -> None:
    body = person_at(first, "REALPAGE", notes="Likes light.", lead_source_id="cnothing")
    del body["last_name"]
    refused = propexo.refused(CREATE, body, query="ignore_unknown_fields=true")
    assert issues(refused) == [
        ("last_name", "Required"),
        ("lead_source_id", "no lead source has the id 'cnothing'"),
    ]


def test_what_the_pms_demands_is_required(propexo: Any, first: First, issues: Issues) -> None:
    body = person_at(first, "MRI")
    assert issues(propexo.refused(CREATE, body)) == [("property_id", "Required")]
    assert propexo.get(CREATE, {**body, "property_id": first("properties", "MRI")["id"]})


@pytest.mark.parametrize("vendor", ["RENTVINE", "PROPERTYWARE_REST"])
def test_a_pms_of_no_documented_rules_takes_what_the_generic_operation_takes(
    vendor: str, propexo: Any, first: First, issues: Issues
) -> None:
    integration_id = first("integrations", vendor)["id"]
    assert propexo.get(CREATE, {"integration_id": integration_id, "notes": "x", "has_cats": True})
    refused = propexo.refused(CREATE, {"integration_id": integration_id, "colour": "green"})
    assert issues(refused) == [("", "Unrecognized key(s) in object: 'colour'")]


@pytest.mark.parametrize("key", [CREATE, "POST /v1/leads/buildium/"])
def test_what_the_pms_cannot_do_is_not_allowed(key: str, propexo: Any, first: First) -> None:
    before = total(propexo)
    status, told = propexo.ask(key, person_at(first, "BUILDIUM"))
    assert status == 405
    message = f"BUILDIUM does not support {key}"
    assert told["error"] == {"code": "method_not_allowed", "message": message}
    propexo.machine.advance(seconds=2)
    assert total(propexo) == before


def test_an_update_keeps_the_rules_of_the_records_pms(
    propexo: Any, first: First, issues: Issues
) -> None:
    changes = {"city": "Reno"}
    refused = propexo.refused(UPDATE, changes, id=first("leads", "YARDI")["id"])
    assert issues(refused) == [("first_name", "Required"), ("last_name", "Required")]
    refused = propexo.refused(UPDATE, {"notes": "x"}, id=first("leads", "RESMAN")["id"])
    assert issues(refused) == [("", "Unrecognized key(s) in object: 'notes'")]
    status, told = propexo.ask(UPDATE, changes, id=first("leads", "BUILDIUM")["id"])
    assert (status, told["error"]["code"]) == (405, "method_not_allowed")
    assert propexo.get(UPDATE, changes, id=first("leads", "RENTVINE")["id"])


def test_an_update_of_nothing_is_not_found(propexo: Any) -> None:
    status, told = propexo.ask(UPDATE, {"city": "Reno"}, id="cnothing")
    assert (status, told["error"]["code"]) == (404, "not_found")


@pytest.mark.parametrize("integration_id", ["intg-of-nobody", 7, None, [], {"id": "x"}, True])
def test_no_integration_id_is_a_fault_of_ours(integration_id: Any, propexo: Any) -> None:
    refused = propexo.refused(CREATE, {"integration_id": integration_id, **PERSON})
    assert refused["error"]["details"]["details"]["issues"][0]["path"] == ["integration_id"]


def test_the_particular_and_the_generic_write_refuse_alike(
    propexo: Any, first: First, issues: Issues
) -> None:
    body = person_at(first, "MRI", colour="green")
    told = [issues(propexo.refused(key, body)) for key in (CREATE, "POST /v1/leads/mri/")]
    assert told[0] == told[1] != []
