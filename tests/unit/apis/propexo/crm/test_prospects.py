"""Can a CRM reach the prospects it is told of, and is what is noted of them kept?"""

from collections.abc import Callable
from typing import Any

import pytest

CREATE, UPDATE = "POST /crm/v1/prospects/", "PUT /crm/v1/prospects/{prospect_id}"
READ = "GET /crm/v1/prospects/{prospect_id}"
PERSON = {"first_name": "Ada", "last_name": "Okafor"}


def test_a_new_prospect_belongs_to_its_community(
    home: Callable[..., Any], made: Callable[..., Any]
) -> None:
    body = {**home("FUNNEL"), **PERSON, "email_1": "ada@example.com", "move_in_date": "2026-05-01"}
    [prospect] = made("POST /crm/v1/prospects/funnel", body)["prospects"]
    assert {name: prospect[name] for name in home("FUNNEL")} == home("FUNNEL")
    assert prospect["integration_vendor"] == "FUNNEL"
    assert prospect["move_in_date"] == "2026-05-01T00:00:00.000Z"
    assert (prospect["status"], prospect["created_at"]) == ("New", "2026-03-01T09:00:02.000Z")


def test_nothing_of_a_property_is_kept_with_a_prospect(
    home: Callable[..., Any], made: Callable[..., Any], propexo: Any
) -> None:
    body = {**home("FUNNEL"), "email_1": "ada@example.com"}
    [prospect] = made(CREATE, body)["prospects"]
    with propexo.world() as world:
        whole = world.collection("propexo_crm_prospects").get(prospect["id"])
    assert {name for name in whole if "property" in name or "location" in name} == set()


@pytest.mark.parametrize("vendor", ["KNOCK", "ELISEAI"])
def test_knock_and_eliseai_want_to_reach_the_prospect(
    vendor: str,
    home: Callable[..., Any],
    records: Callable[..., Any],
    propexo: Any,
    issues: Callable[[Any], Any],
) -> None:
    body = {**home(vendor), "prospect_source": "Zillow"}
    body["attribution_id"] = records("attributions", vendor)[0]["id"]
    advice = [("email_1", "is required unless phone_1 is sent")]
    for key in (CREATE, f"{CREATE}{vendor.lower()}"):
        assert issues(propexo.refused(key, body)) == advice
        propexo.get(key, {**body, "phone_1": "7035550123"})
        propexo.get(key, {**body, "email_1": "ada@example.com"})


def test_funnel_needs_no_phone_number_beside_the_address(
    home: Callable[..., Any], propexo: Any, issues: Callable[[Any], Any]
) -> None:
    refused = propexo.refused("POST /crm/v1/prospects/funnel", {**home("FUNNEL"), "phone_1": "703"})
    assert issues(refused) == [("email_1", "Required")]


def test_the_source_of_a_prospect_is_called_like_its_attribution(
    home: Callable[..., Any], made: Callable[..., Any], records: Callable[..., Any]
) -> None:
    attribution = records("attributions", "KNOCK")[0]
    body = {**home("KNOCK"), "attribution_id": attribution["id"], "phone_1": "7035550123"}
    [prospect] = made("POST /crm/v1/prospects/knock", body)["prospects"]
    assert prospect["prospect_source"] == attribution["name"]
    assert prospect["subscribe"] is True


def test_rentcafe_reads_the_first_number_of_bedrooms(
    home: Callable[..., Any], made: Callable[..., Any]
) -> None:
    body = {
        **home("RENTCAFE"),
        **PERSON,
        "email_1": "a@example.com",
        "desired_num_bedrooms": [2, 3],
    }
    [prospect] = made("POST /crm/v1/prospects/rentcafe", body)["prospects"]
    assert prospect["desired_num_bedrooms"] == [2]


def test_notes_are_added_to_those_there_are(
    records: Callable[..., Any], landed: Callable[[Any], Any], propexo: Any
) -> None:
    key = "PUT /crm/v1/prospects/knock/{prospect_id}"
    prospect = next(each for each in records("prospects", "KNOCK") if each["notes"] is None)
    path = {"prospect_id": prospect["id"]}
    for note in ("Called back", "Has a cat"):
        landed(propexo.get(key, {"notes": note}, **path))
    after = propexo.get(READ, **path)["results"]
    assert after["notes"] == "Called back\nHas a cat"
    unchanged = {"notes", "updated_at", "last_seen"}
    assert {k: v for k, v in after.items() if k not in unchanged} == {
        k: v for k, v in prospect.items() if k not in unchanged
    }


def test_a_specific_update_echoes_the_id_of_its_path(
    records: Callable[..., Any], propexo: Any
) -> None:
    prospect_id = records("prospects", "KNOCK")[0]["id"]
    accepted = propexo.get(
        "PUT /crm/v1/prospects/knock/{prospect_id}", {"city": "Ames"}, prospect_id=prospect_id
    )
    sent = {name: value for name, value in accepted["result"].items() if value is not None}
    assert sent == {"prospect_id": prospect_id, "city": "Ames"}


def test_a_generic_update_echoes_the_body_alone(records: Callable[..., Any], propexo: Any) -> None:
    prospect_id = records("prospects", "RENTCAFE")[0]["id"]
    body = {"lease_id": "1", "city": "Ames"}
    accepted = propexo.get(UPDATE, body, prospect_id=prospect_id)
    assert {name: value for name, value in accepted["data"].items() if value is not None} == body
    assert "prospect_id" not in accepted["data"]
