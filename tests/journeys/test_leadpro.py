"""What an estate agent's website does with LeadPro, from the first enquiry on."""

from typing import Any

import pytest

BUYER = {
    "type": "sale",
    "first_name": "Ada",
    "last_name": "Okafor",
    "email": "ada.okafor@example.com",
    "phone": "+44 7700 900123",
    "advert_postcode": "NG1 5FS",
    "meta": {"Property ID": "7362"},
}
SELLER = {
    "type": "vendor",
    "first_name": "Tom",
    "last_name": "Hale",
    "email": "tom.hale@example.com",
    "phone": "07700 900456",
    "postcode": "OX4 1AA",
    "property_bedrooms": 3,
    "property_type": "terraced",
}


def test_a_website_posts_a_lead_and_reads_it_back(leadpro: Any) -> None:
    lead = leadpro.ok("POST", "/api/v103/leads", BUYER)
    assert len(lead) == 58
    assert {name: lead[name] for name in BUYER} == BUYER
    assert (lead["full_name"], lead["source"]) == ("Ada Okafor", "homepage")
    assert (lead["status"], lead["stage"]) == ("New", "Unread")
    assert (lead["office_name"], lead["out_of_area_distance"]) == ("Nottingham", None)
    read = leadpro("GET", f"/api/v103/leads/{lead['id']}")
    assert read.json == lead
    assert list(read.json) == list(lead)


def test_a_home_owner_asks_for_an_instant_valuation(leadpro: Any) -> None:
    lead = leadpro.ok("POST", "/api/v103/leads/valuation", SELLER)
    assert (lead["source"], lead["valuation_status"]) == ("ivt", "Success")
    assert (lead["office_name"], lead["out_of_area_distance"]) == ("Oxford", None)
    for market in ("sale", "rent"):
        low, middle, high = (
            lead[f"{end}_{market}_estimation"] for end in ("minimum", "average", "maximum")
        )
        assert 0 < low < middle < high
    assert leadpro.ok("GET", f"/api/v103/leads/{lead['id']}") == lead


def test_a_negotiator_takes_a_lead_through_its_statuses(leadpro: Any) -> None:
    lead = leadpro.ok("POST", "/api/v103/leads", BUYER)
    path = f"/api/v103/leads/{lead['id']}"
    statuses = {each["name"]: each for each in leadpro.ok("GET", "/api/v103/statuses")}
    contacted = leadpro.ok("PATCH", path, {"status": "Contacted"})
    assert (contacted["status"], contacted["stage"]) == ("Contacted", "In progress")
    instructed = leadpro.ok("PATCH", path, {"status": statuses["Instructed"]["id"]})
    assert (instructed["status"], instructed["stage"]) == ("Instructed", "Business")
    assert leadpro.ok("GET", path) == {**lead, "status": "Instructed", "stage": "Business"}


def test_a_negotiator_adds_what_the_buyer_answers(leadpro: Any) -> None:
    lead = leadpro.ok("POST", "/api/v103/leads", BUYER)
    path = f"/api/v103/leads/{lead['id']}"
    pets, chain = ["Do you have pets?", "Yes"], ["Are you in a chain?", "No"]
    leadpro.ok("PATCH", path, {"questionnaire": [pets], "meta": {"Caller": "Kim"}})
    changed = leadpro.ok("PATCH", path, {"questionnaire": {"2": chain}})
    assert changed["questionnaire"] == [pets, chain]
    assert changed["meta"] == {"Property ID": "7362", "Caller": "Kim"}


def test_a_lead_is_handed_to_another_office_with_a_reminder(leadpro: Any) -> None:
    offices = leadpro.ok("GET", "/api/v103/offices")["data"]
    leeds = next(each for each in offices if each["name"] == "Leeds")
    lead = leadpro.ok("POST", "/api/v103/leads", BUYER)
    due = "2026-07-12T10:00:00Z"
    body = {"office_id": leeds["id"], "next_action_date": due}
    changed = leadpro.ok("PATCH", f"/api/v103/leads/{lead['id']}", body)
    assert (changed["office_id"], changed["office_name"]) == (leeds["id"], "Leeds")
    assert list(changed) == [*lead, "next_action_date"]
    assert changed["next_action_date"] == due


@pytest.mark.parametrize(
    "query",
    [
        "email=ADA.OKAFOR@example.com",
        "phone=07700900123",
        "phone=%2B44+7700+900123",
        "email=ada.okafor@example.com&phone=07700900123&firstName=Ada&lastName=Okafor",
    ],
)
def test_a_caller_is_recognised_by_email_or_phone(query: str, leadpro: Any) -> None:
    first = leadpro.ok("POST", "/api/v103/leads", BUYER)
    second = leadpro.ok("POST", "/api/v103/leads", {**BUYER, "type": "let"})
    leadpro.ok("POST", "/api/v103/leads", SELLER)
    found = leadpro.ok("GET", f"/api/v103/person/leads?{query}")
    assert sorted(each["id"] for each in found) == [first["id"], second["id"]]


def test_a_stranger_has_no_leads(leadpro: Any) -> None:
    assert leadpro.ok("GET", "/api/v103/person/leads?email=nobody@example.com") == []
    assert leadpro("GET", "/api/v103/person/leads?firstName=Ada").status == 400


BAD_CHANGES: dict[str, Any] = {
    "an unknown status": {"status": "Abducted", "first_name": "Eve"},
    "an office of others": {"office_id": 1, "first_name": "Eve"},
    "a name that is too long": {"first_name": "E" * 51, "last_name": "Moved"},
    "a questionnaire of one": {"questionnaire": [["Only a question"]], "first_name": "Eve"},
    "no object": ["first_name", "Eve"],
    "no JSON": b'{"first_name": "Eve"',
}


@pytest.mark.parametrize("bad", BAD_CHANGES.values(), ids=list(BAD_CHANGES))
def test_a_bad_call_changes_nothing(bad: Any, leadpro: Any) -> None:
    lead = leadpro.ok("POST", "/api/v103/leads", BUYER)
    path = f"/api/v103/leads/{lead['id']}"
    refused = leadpro("PATCH", path, bad)
    assert refused.status == 400
    assert refused.json["error"] == "Bad Request"
    assert leadpro.ok("GET", path) == lead
    assert leadpro("POST", "/api/v103/leads", {**BUYER, "email": "none"}).status == 400
    found = leadpro.ok("GET", "/api/v103/person/leads?phone=07700900123")
    assert found == [lead]
