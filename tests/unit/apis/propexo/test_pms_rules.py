"""Does a generic write keep the rules of the PMS that it is for, and the generic ones elsewhere?"""

from collections.abc import Callable
from dataclasses import replace
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
    place = first("properties", vendor)
    body = {**PERSON, "integration_id": place["integration_id"], "property_id": place["id"]}
    assert propexo.get(CREATE, {**body, "notes": "x", "has_cats": True})
    refused = propexo.refused(CREATE, {**body, "colour": "green"})
    assert issues(refused) == [("", "Unrecognized key(s) in object: 'colour'")]


def test_a_pms_of_no_documented_rules_demands_what_most_others_do(
    propexo: Any, first: First, issues: Issues
) -> None:
    said = "is required: most PMSs need it, and no rules of this one are known"
    body = {"integration_id": first("integrations", "RENTVINE")["id"]}
    assert issues(propexo.refused(CREATE, body)) == [
        ("property_id", said),
        ("first_name", said),
        ("last_name", said),
    ]
    told = propexo.refused(CREATE, {**body, **PERSON})
    assert issues(told) == [("property_id", said)]
    at_home = {**body, **PERSON, "unit_id": first("units", "RENTVINE")["id"]}
    assert propexo.get(CREATE, at_home)


def test_a_generic_write_tells_by_whose_rules_it_was_checked(propexo: Any, first: First) -> None:
    def told(key: str, body: dict[str, Any]) -> str | None:
        return propexo.answer(key, body).headers.get("x-mock-rules")

    lead = person_at(first, "RENTVINE", property_id=first("properties", "RENTVINE")["id"])
    assert told(CREATE, lead) == "none known"
    assert told(CREATE, person_at(first, "REALPAGE")) == "POST /v1/leads/realpage/"
    assert told("POST /v1/leads/realpage/", person_at(first, "REALPAGE")) is None
    assert told(LIST, {}) is None


def test_a_refused_generic_write_tells_whose_rules_it_broke(propexo: Any, first: First) -> None:
    def told(body: dict[str, Any]) -> tuple[int, str | None]:
        reply = propexo.answer(CREATE, body)
        return reply.status, reply.headers.get("x-mock-rules")

    assert told(person_at(first, "MRI")) == (400, "POST /v1/leads/mri/")
    assert told(person_at(first, "BUILDIUM")) == (405, "POST /v1/leads/buildium/")
    assert told(person_at(first, "RENTVINE")) == (400, "none known")
    assert told({**PERSON}) == (400, None)
    assert told({**PERSON, "integration_id": "cnothing"}) == (400, None)


def test_a_strict_sandbox_refuses_a_write_that_cannot_be_checked(
    propexo: Any, first: First, issues: Issues
) -> None:
    strict = replace(propexo, settings=replace(propexo.settings, strict=True))
    body = person_at(first, "RENTVINE", property_id=first("properties", "RENTVINE")["id"])
    [(path, message)] = issues(strict.refused(CREATE, body))
    assert path == "integration_id"
    assert message.startswith(f"no rules of RENTVINE are known for {CREATE}, and --strict refuses")
    assert "REALPAGE" in message
    assert strict.get(CREATE, person_at(first, "REALPAGE"))


@pytest.mark.parametrize("key", [CREATE, "POST /v1/leads/buildium/"])
def test_what_the_pms_cannot_do_is_not_allowed(key: str, propexo: Any, first: First) -> None:
    before = total(propexo)
    status, told = propexo.ask(key, person_at(first, "BUILDIUM"))
    assert status == 405
    message = f"BUILDIUM does not support {key}"
    assert told["error"] == {"code": "method_not_allowed", "message": message}
    propexo.machine.advance(seconds=2)
    assert total(propexo) == before


@pytest.mark.parametrize("vendor", ["APPFOLIO", "MRI", "YARDI"])
def test_only_some_pms_have_credits(vendor: str, propexo: Any, first: First) -> None:
    body = {"integration_id": first("integrations", vendor)["id"], "amount_in_cents": 100}
    status, refused = propexo.ask("POST /v1/resident-credits/", body)
    said = f"{vendor} does not support POST /v1/resident-credits/;"
    said += " PROPERTYWARE_REST, RENTMANAGER and RENTVINE do"
    assert (status, refused["error"]["message"]) == (405, said)


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
