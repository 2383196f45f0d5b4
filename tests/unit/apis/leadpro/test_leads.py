"""What happens to a lead's fields when it is created and changed?"""

import json
from typing import Any

import pytest

CREATE, VALUE = "POST /api/v103/leads", "POST /api/v103/leads/valuation"
CHANGE, READ = "PATCH /api/v103/leads/{id}", "GET /api/v103/leads/{id}"
FIND = "GET /api/v103/person/leads"
OWNER = {
    "type": "vendor",
    "first_name": "Ada",
    "last_name": "Okafor",
    "email": "ada@example.com",
    "phone": "07700900123",
    "postcode": "OX4 1AA",
}
PETS, CHAIN = ["Pets?", "Yes"], ["In a chain?", "No"]


@pytest.mark.parametrize(
    ("operation", "sent", "shown"),
    [
        (CREATE, None, "homepage"),
        (CREATE, "zoopla", "zoopla"),
        (CREATE, "ivt", "ivt"),
        (CREATE, "carrier pigeon", "homepage"),
        (VALUE, None, "ivt"),
        (VALUE, "zoopla", "zoopla"),
        (VALUE, "homepage", "homepage"),
        (VALUE, "carrier pigeon", "ivt"),
    ],
)
def test_an_unknown_source_falls_back_without_an_error(
    operation: str, sent: str | None, shown: str, leadpro: Any
) -> None:
    assert leadpro.get(operation, {**OWNER, "source": sent})["source"] == shown
    if sent is None:
        assert leadpro.get(operation, OWNER)["source"] == shown


@pytest.mark.parametrize("operation", [CREATE, VALUE])
@pytest.mark.parametrize("kind", ["vendor", "landlord"])
def test_a_home_owner_has_to_say_where_unless_an_office_is_named(
    operation: str, kind: str, leadpro: Any
) -> None:
    homeless = {**OWNER, "type": kind, "postcode": None}
    said = leadpro.refused(operation, homeless)["message"]
    assert said == [f"postcode: is required for a {kind} lead unless office_id is given"]
    lead = leadpro.get(operation, {**homeless, "office_id": 388})
    assert (lead["office_name"], lead["postcode"]) == ("Leeds", None)


@pytest.mark.parametrize("operation", [CREATE, VALUE])
def test_a_lacking_postcode_is_told_with_all_else_that_is_wrong(
    operation: str, leadpro: Any
) -> None:
    sent = {**OWNER, "email": "nobody", "postcode": None, "office_id": None}
    email, postcode = leadpro.refused(operation, sent)["message"]
    assert email.startswith("email must be a valid email")
    assert postcode == "postcode: is required for a vendor lead unless office_id is given"


@pytest.mark.parametrize("wrong", [{"postcode": 5}, {"type": "ghost", "postcode": None}])
def test_no_postcode_is_asked_of_whom_another_mistake_keeps_from_having_one(
    wrong: dict[str, Any], leadpro: Any
) -> None:
    [said] = leadpro.refused(CREATE, {**OWNER, **wrong})["message"]
    assert "is required" not in said


@pytest.mark.parametrize("kind", ["sale", "let", "mortgage_request"])
def test_others_need_no_postcode(kind: str, leadpro: Any) -> None:
    lead = leadpro.get(CREATE, {**OWNER, "type": kind, "postcode": None})
    assert (lead["office_id"], lead["out_of_area_distance"]) == (375, None)


@pytest.mark.parametrize("kind", ["sale", "let", "mortgage_request"])
def test_only_homes_of_their_owners_are_valued(kind: str, leadpro: Any) -> None:
    [said] = leadpro.refused(VALUE, {**OWNER, "type": kind})["message"]
    assert said.startswith("type must be one of vendor, landlord")


@pytest.mark.parametrize("status", ["Contacted", 21, "21"])
def test_a_status_is_set_by_its_name_or_its_id(status: str | int, leadpro: Any) -> None:
    lead = leadpro.get(CREATE, OWNER)
    changed = leadpro.get(CHANGE, {"status": status}, id=lead["id"])
    assert (changed["status"], changed["stage"]) == ("Contacted", "In progress")


@pytest.mark.parametrize("status", ["contacted", "Abducted", 7, "7", ""])
def test_an_unknown_status_is_refused_with_the_known_ones(status: Any, leadpro: Any) -> None:
    lead = leadpro.get(CREATE, OWNER)
    said = leadpro.refused(CHANGE, {"status": status}, id=lead["id"])["message"]
    assert any("Contacted" in each for each in said) or status == ""
    assert leadpro.get(READ, id=lead["id"]) == lead


@pytest.mark.parametrize(
    ("wrong", "field"), [({"first_name": ""}, "first_name"), ({"office_id": 1}, "office_id")]
)
def test_an_unknown_status_is_told_with_all_else_that_is_wrong(
    wrong: dict[str, Any], field: str, leadpro: Any
) -> None:
    lead = leadpro.get(CREATE, OWNER)
    said = leadpro.refused(CHANGE, {"status": "Abducted", **wrong}, id=lead["id"])["message"]
    assert [each.split(" ")[0].strip(":") for each in said] == [field, "status"]
    assert leadpro.get(READ, id=lead["id"]) == lead


def test_of_a_lead_that_is_unknown_nothing_else_is_told(leadpro: Any) -> None:
    assert leadpro.ask(CHANGE, {"status": "Abducted"}, id=1)[0] == 404


@pytest.mark.parametrize("sent", [[CHAIN], {"1": CHAIN}], ids=["pairs", "object"])
@pytest.mark.parametrize("known", [[PETS], {"x": PETS}], ids=["on pairs", "on object"])
def test_answers_are_added_to_those_already_there(known: Any, sent: Any, leadpro: Any) -> None:
    lead = leadpro.get(CREATE, {**OWNER, "questionnaire": known})
    assert lead["questionnaire"] == known
    changed = leadpro.get(CHANGE, {"questionnaire": sent}, id=lead["id"])
    assert changed["questionnaire"] == [PETS, CHAIN]


def test_meta_is_merged_key_by_key(leadpro: Any) -> None:
    lead = leadpro.get(CREATE, {**OWNER, "meta": {"a": "1", "b": "2"}})
    changed = leadpro.get(CHANGE, {"meta": {"b": "3", "c": "4"}}, id=lead["id"])
    assert changed["meta"] == {"a": "1", "b": "3", "c": "4"}


@pytest.mark.parametrize(
    ("field", "set_to"),
    [
        ("meta", {"a": "1"}),
        ("questionnaire", [PETS]),
        ("address", "1 High St"),
        ("postcode", "OX4 1AA"),
        ("advert_address", "2 High St"),
        ("advert_postcode", "OX4 1AB"),
        ("gdpr_checkbox", True),
        ("next_action_date", "2027-07-12"),
        ("utm_source", "x"),
        ("utm_gclid", "x"),
    ],
)
def test_null_takes_away_what_is_there(field: str, set_to: Any, leadpro: Any) -> None:
    lead = leadpro.get(CREATE, OWNER)
    assert leadpro.get(CHANGE, {field: set_to}, id=lead["id"])[field] == set_to
    changed = leadpro.get(CHANGE, {field: None}, id=lead["id"])
    assert changed.get(field) is None
    assert leadpro.get(CHANGE, {field: set_to}, id=lead["id"])[field] == set_to


@pytest.mark.parametrize("field", ["first_name", "last_name", "status", "office_id"])
def test_null_is_refused_for_what_a_lead_must_have(field: str, leadpro: Any) -> None:
    lead = leadpro.get(CREATE, OWNER)
    assert field in leadpro.refused(CHANGE, {field: None}, id=lead["id"])["message"][0]
    assert leadpro.get(READ, id=lead["id"]) == lead


def test_what_grows_by_changes_stays_within_its_limit(leadpro: Any) -> None:
    lead = leadpro.get(CREATE, {**OWNER, "meta": {"a": "v" * 900}})
    lead = leadpro.get(CHANGE, {"questionnaire": [["q", "a" * 1_500]]}, id=lead["id"])
    more = {"meta": {"b": "v" * 900}, "questionnaire": {"x": ["q", "a" * 1_500]}, "address": "x"}
    said = leadpro.refused(CHANGE, more, id=lead["id"])["message"]
    assert said == [
        "questionnaire: would have 3,019 bytes with what is stored; the limit is 2,048",
        "meta: would have 1,815 bytes with what is stored; the limit is 1,024",
    ]
    assert leadpro.get(READ, id=lead["id"]) == lead
    assert leadpro.get(CHANGE, {"meta": {"a": "v" * 1_016}}, id=lead["id"])["meta"]["a"][1_015]


def test_meta_grows_again_once_it_has_been_taken_away(leadpro: Any) -> None:
    lead = leadpro.get(CREATE, {**OWNER, "meta": {"a": "v" * 900}})
    leadpro.get(CHANGE, {"meta": None}, id=lead["id"])
    assert leadpro.get(CHANGE, {"meta": {"b": "v" * 900}}, id=lead["id"])["meta"].keys() == {"b"}


@pytest.mark.parametrize(
    "when",
    ["2027-07-12", "2027-07-12T10:00", "20270712T100000Z", "2027-W28-1", "2027-07-12T10:00:00"],
)
def test_the_next_action_may_be_in_any_form_of_iso_8601(when: str, leadpro: Any) -> None:
    lead = leadpro.get(CREATE, OWNER)
    changed = leadpro.get(CHANGE, {"next_action_date": when}, id=lead["id"])
    assert changed["next_action_date"] == when


@pytest.mark.parametrize(
    "email", ["una@localhost", "una@[127.0.0.1]", "a@b", "a@1.2.3.4", "a@b.co."]
)
def test_nobody_of_the_public_has_an_address_of_a_machine(email: str, leadpro: Any) -> None:
    [said] = leadpro.refused(CREATE, {**OWNER, "email": email})["message"]
    assert said == "email must be a valid email, like ada@example.com"


def test_a_new_name_makes_a_new_full_name(leadpro: Any) -> None:
    lead = leadpro.get(CREATE, OWNER)
    assert lead["full_name"] == "Ada Okafor"
    assert leadpro.get(CHANGE, {"last_name": "Hale"}, id=lead["id"])["full_name"] == "Ada Hale"


def test_naming_an_office_ends_the_distance(leadpro: Any) -> None:
    lead = leadpro.get(CREATE, {**OWNER, "postcode": "DE1 1JX"})
    assert lead["out_of_area_distance"] == 22259.9
    changed = leadpro.get(CHANGE, {"office_id": 388}, id=lead["id"])
    assert (changed["office_name"], changed["out_of_area_distance"]) == ("Leeds", None)


def test_the_next_action_stands_beside_the_keys_once_it_is_set(leadpro: Any) -> None:
    lead = leadpro.get(CREATE, OWNER)
    assert list(leadpro.get(CHANGE, {"address": "1 High St"}, id=lead["id"])) == list(lead)
    due = {"next_action_date": "2026-07-12T10:00:00Z"}
    assert list(leadpro.get(CHANGE, due, id=lead["id"])) == [*lead, "next_action_date"]
    later = leadpro.get(CHANGE, {"address": "2 High St"}, id=lead["id"])
    assert later["next_action_date"] == "2026-07-12T10:00:00Z"


@pytest.mark.parametrize(("field", "most"), [("meta", 1024), ("appointment_availability", 1024)])
def test_an_object_may_have_so_many_bytes_and_no_more(field: str, most: int, leadpro: Any) -> None:
    empty = len(json.dumps({"k": ""}, separators=(",", ":")))
    full = {"k": "é" * ((most - empty) // 2) + "x" * ((most - empty) % 2)}
    assert leadpro.get(CREATE, {**OWNER, field: full})[field] == full
    [said] = leadpro.refused(CREATE, {**OWNER, field: {"k": full["k"] + "x"}})["message"]
    assert said == f"{field} must have at most {most} bytes as JSON"


def test_answers_may_have_2048_bytes_and_no_more(leadpro: Any) -> None:
    full = [["q", "a" * (2048 - len('[["q",""]]'))]]
    assert leadpro.get(CREATE, {**OWNER, "questionnaire": full})["questionnaire"] == full
    longer = [["q", full[0][1] + "a"]]
    [said] = leadpro.refused(CREATE, {**OWNER, "questionnaire": longer})["message"]
    assert "2048 bytes" in said


def test_ids_go_up_and_times_are_those_of_the_call(leadpro: Any) -> None:
    first = leadpro.get(CREATE, OWNER)
    leadpro.machine.advance(minutes=5)
    second = leadpro.get(CREATE, OWNER)
    assert (first["id"], second["id"]) == (18382, 18383)
    assert second["created_at"] == "2026-03-01T09:05:00.000Z"
    assert [each["id"] for each in leadpro.get(FIND, query="email=ADA@example.com")] == [
        second["id"],
        first["id"],
    ]


@pytest.mark.parametrize("query", ["", "firstName=Ada", "email=", "email=&phone=+"])
def test_a_search_needs_an_email_or_a_phone(query: str, leadpro: Any) -> None:
    assert leadpro.refused(FIND, query=query)["message"] == ["phone: email or phone must be given"]


@pytest.mark.parametrize(
    "query", ["phone=xyz", "phone=%2B", "email=&phone=-", "email=ada@example.com&phone=x"]
)
def test_a_phone_number_has_digits(query: str, leadpro: Any) -> None:
    assert leadpro.refused(FIND, query=query)["message"] == ["phone must be like 07700 900123"]


def test_a_search_for_nobody_is_told_with_all_else_that_is_wrong(leadpro: Any) -> None:
    said = leadpro.refused(FIND, query="firstname=Ada")["message"]
    assert [each.split(" ")[0].strip(":") for each in said] == ["firstname", "phone"]


def test_all_that_is_given_has_to_match(leadpro: Any) -> None:
    lead = leadpro.get(CREATE, OWNER)
    for query, found in (
        ("email=ada@example.com&firstName=Ada", [lead]),
        ("email=ada@example.com&firstName=Eve", []),
        ("phone=%2B447700900123", [lead]),
        ("phone=07700+900+123&email=eve@example.com", []),
        ("phone=07700+900+123&email=", [lead]),
        ("phone=&email=ada@example.com&firstName=&lastName=+", [lead]),
    ):
        assert leadpro.get(FIND, query=query) == found
