"""Can a caller draw a map of LeadPro's offices, their patches and their leads?"""

from typing import Any

import pytest

OFFICES, ROUTES = "GET /sandbox/leadpro/offices", "GET /sandbox/leadpro/routes"


def test_offices_say_where_they_stand_and_what_they_cover(sandbox: Any) -> None:
    found = sandbox.get(OFFICES)
    offices = {each["name"]: each for each in found["results"]}
    assert found["total"] == len(offices) == 12
    strays = {
        name: [each for each in offices[name]["patches"] if each["postcode"].startswith("DE")]
        for name in ("Nottingham", "Banbury")
    }
    assert [each["lead_types"] for each in strays["Nottingham"]] == [["sale", "let"]]
    assert [each["lead_types"] for each in strays["Banbury"]] == [["vendor"]]
    assert offices["Oxford"]["latitude"] == pytest.approx(51.75, abs=0.01)
    [area] = [each for each in offices["Oxford"]["patches"] if each["postcode"] == "OX"]
    assert len(area["centres"]) > 20


def test_each_lead_says_where_it_lies_and_why_its_office_has_it(sandbox: Any) -> None:
    found = sandbox.get(ROUTES)
    ways = {each["id"]: each for each in found["results"]}
    assert found["total"] == len(ways) > 40
    assert {each["reason"] for each in ways.values()} == {"covered", "nearest"}
    for each in ways.values():
        is_nearest = each["reason"] == "nearest"
        assert (each["measured_to"] is not None) == is_nearest
        assert (each["out_of_area_distance"] is not None) == is_nearest
        assert None not in (each["position"], each["patch"])
    assert ways[28512440]["patch"] == "OX"


def test_routes_come_by_page_in_the_order_of_the_leads(sandbox: Any) -> None:
    leads = sandbox.get("GET /sandbox/leadpro/leads?offset=1&limit=2")["results"]
    ways = sandbox.get(f"{ROUTES}?offset=1&limit=2")["results"]
    assert [each["id"] for each in ways] == [each["id"] for each in leads]
