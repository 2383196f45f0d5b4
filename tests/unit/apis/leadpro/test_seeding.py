"""Are the invented leads the same people on every day, and would an agent believe them?"""

import json
import re
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from mock_server import shipped
from mock_server.apis.leadpro import enquiries, seeding
from mock_server.apis.leadpro.account import account
from mock_server.apis.leadpro.neighbourhoods import neighbourhoods
from mock_server.apis.leadpro.office_routing import route
from mock_server.apis.leadpro.positions import outward_codes
from mock_server.engine.api import Planting
from mock_server.world.fakes import uk_first_names

DAYS = ("2026-03-01", "2026-03-29", "2026-10-25", "2027-01-01", "2028-02-29")


def leads(day: str, seed: str = "1") -> str:
    """Seed an account on that day, and return its leads without what is a date."""
    now = datetime.fromisoformat(day).replace(tzinfo=UTC)
    planting = Planting(200, now, seed, shipped.folder("fixtures"), {})
    told = [list(each) for table, each in seeding.records(planting) if table == "leadpro_leads"]
    return re.sub(r"\d{4}-\d\d-\d\dT[\d:.]+Z", "date", json.dumps(told))


@pytest.mark.parametrize("day", DAYS[1:])
def test_another_day_moves_dates_and_nothing_else(day: str) -> None:
    assert leads(day) == leads(DAYS[0])


def test_another_seed_invents_others() -> None:
    assert leads(DAYS[0], "1") != leads(DAYS[0], "2")


@pytest.fixture(scope="module", params=["20260225:leadpro", "2", "3"])
def invented(request: pytest.FixtureRequest) -> list[dict[str, Any]]:
    """Return the invented leads of a seed, as they are planted."""
    now = datetime(2026, 3, 29, tzinfo=UTC)
    planting = Planting(200, now, request.param, shipped.folder("fixtures"), {})
    told = [list(each) for table, each in seeding.records(planting) if table == "leadpro_leads"]
    return told[1]


def test_titles_agree_with_names(invented: list[dict[str, Any]]) -> None:
    women, men = (uk_first_names(is_woman=each) for each in (True, False))
    for lead in invented:
        if lead["title"] == "Mr":
            assert lead["first_name"] in men
        elif lead["title"] in {"Mrs", "Miss", "Ms"}:
            assert lead["first_name"] in women


def test_portal_leads_tell_which_advert_they_are_about(invented: list[dict[str, Any]]) -> None:
    buyers = [each for each in invented if each["type"] in {"sale", "let"}]
    assert len(buyers) > 20
    for lead in buyers:
        assert lead["advert_postcode"]
        assert lead["property_reference"] in lead["raw_property_reference"]
        if lead["source"] in enquiries.facts()["portals"]:
            assert f"{lead['source']}" in lead["advert_url"].replace("s1homes", "s1")
            assert lead["gdpr_checkbox"] is None
        else:
            assert "demobrand.example" in lead["advert_url"]


def test_postcodes_and_towns_agree(invented: list[dict[str, Any]]) -> None:
    towns = {each.outward_code: [] for each in neighbourhoods()}
    for each in neighbourhoods():
        assert each.outward_code in outward_codes()
        towns[each.outward_code].append((each.locality, each.post_town))
    for lead in invented:
        for kind in ("", "advert_"):
            if lead.get(f"{kind}postcode"):
                outward = lead[f"{kind}postcode"].split()[0]
                address = lead[f"{kind}address"]
                assert any(place in address and town in address for place, town in towns[outward])


def test_most_leads_are_covered_and_the_others_go_to_the_nearest_patch(
    invented: list[dict[str, Any]],
) -> None:
    ways = [route(each | {"office_id": None}, account().offices) for each in invented]
    assert [each.office.id for each in ways] == [each["office_id"] for each in invented]
    nearest = [each for each in ways if each.reason == "nearest"]
    assert 1 <= len(nearest) < len(ways) / 5
    assert max(each.distance_in_metres or 0 for each in nearest) < 60_000


def test_people_ask_by_day_and_in_the_evening(invented: list[dict[str, Any]]) -> None:
    asked = [datetime.fromisoformat(each["created_at"]) for each in invented]
    hours = {each.astimezone(ZoneInfo("Europe/London")).hour for each in asked}
    assert min(hours) >= 7
    assert max(hours) >= 20
    assert asked == sorted(asked)


def test_statuses_fit_the_type(invented: list[dict[str, Any]]) -> None:
    statuses = enquiries.facts()["statuses"]
    for lead in invented:
        assert lead["status"] in {"New", *statuses[lead["type"]]}
    assert len({each["status"] for each in invented}) >= 8
    assert any(each.get("valuation_status") == "Success" for each in invented)


def test_a_buyer_with_a_home_to_sell_has_a_second_lead(invented: list[dict[str, Any]]) -> None:
    by_id = {each["id"]: each for each in invented}
    children = [each for each in invented if not each["is_parent"]]
    assert children
    for child in children:
        parent = by_id[child["parent_id"]]
        assert (child["type"], parent["type"]) == ("vendor", "sale")
        assert child["email"] == parent["email"]
        assert child["referred_by_office_id"] == parent["office_id"]
        assert child["created_at"] > parent["created_at"]


def test_every_kind_of_enquiry_is_a_text_that_the_api_would_take() -> None:
    for words in (each for told in enquiries.facts()["enquiries"].values() for each in told):
        assert len(words["message"] or "") < 200
        for question, answer in (words["answers"] or {}).items():
            assert isinstance(question, str)
            assert isinstance(answer, str)
