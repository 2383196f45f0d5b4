"""Does a lead go to the office it names, else to the most specific patch, else to the nearest?"""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_server.apis.leadpro.account import LEAD_TYPES, account
from mock_server.apis.leadpro.office_routing import distance_in_metres, route
from mock_server.apis.leadpro.postcodes import Area, areas

AREA_CODES = sorted(areas())


def office(number: int, *patches: str, **changes: Any) -> dict[str, Any]:
    """Make an office in the middle of England that takes every lead."""
    return {
        "id": number,
        "name": f"Office {number}",
        "latitude": 52.0,
        "longitude": -1.0,
        "lead_types": LEAD_TYPES,
        "patches": list(patches),
        **changes,
    }


UNIT, SECTOR = office(4, "SW6 3AZ"), office(3, "SW6 3")
DISTRICT, AREA = office(2, "SW6"), office(1, "SW")
LADDER = [AREA, DISTRICT, SECTOR, UNIT]


@pytest.mark.parametrize(
    ("postcode", "winner"),
    [("sw63az", 4), ("SW6 3BB", 3), ("SW6 4AZ", 2), ("SW7 3AZ", 1), ("SW6 3", 3), ("SW6", 2)],
)
def test_the_most_specific_patch_wins(postcode: str, winner: int) -> None:
    for offices in (LADDER, LADDER[::-1]):
        routed = route({"type": "vendor", "postcode": postcode}, offices)
        assert routed == {
            "office_id": winner,
            "office_name": f"Office {winner}",
            "out_of_area_distance": None,
        }


def test_a_named_office_wins_over_every_patch() -> None:
    lead = {"type": "vendor", "postcode": "SW6 3AZ", "office_id": 1}
    assert route(lead, LADDER)["office_id"] == 1
    assert route(lead, LADDER)["out_of_area_distance"] is None


@pytest.mark.parametrize("kind", ["sale", "let"])
def test_a_buyer_is_routed_by_the_home_on_the_market(kind: str) -> None:
    lead = {"type": kind, "postcode": "SW6 3AZ", "advert_postcode": "SW7 1AA"}
    assert route(lead, LADDER)["office_id"] == 1


@pytest.mark.parametrize("kind", ["vendor", "landlord", "mortgage_request"])
def test_an_owner_is_routed_by_their_own_home(kind: str) -> None:
    lead = {"type": kind, "postcode": "SW6 3AZ", "advert_postcode": "SW7 1AA"}
    assert route(lead, LADDER)["office_id"] == 4


def test_an_office_that_does_not_take_the_type_is_passed_over() -> None:
    offices = [office(1, "SW6", lead_types=("sale", "let")), office(2, "SW")]
    assert route({"type": "vendor", "postcode": "SW6 3AZ"}, offices)["office_id"] == 2
    assert route({"type": "sale", "advert_postcode": "SW6 3AZ"}, offices)["office_id"] == 1


@pytest.mark.parametrize("postcode", [None, "", "nowhere", "ZZ9 9ZZ"])
def test_a_lead_from_no_known_place_goes_to_the_first_office(postcode: str | None) -> None:
    routed = route({"type": "vendor", "postcode": postcode}, LADDER)
    assert (routed["office_id"], routed["out_of_area_distance"]) == (1, None)


@pytest.mark.parametrize("postcode", [None, "N/A", "ZZ1 1ZZ"])
def test_a_lead_from_no_known_place_passes_over_who_does_not_take_its_type(
    postcode: str | None,
) -> None:
    offices = [office(1, lead_types=("sale", "let")), office(2), office(3)]
    routed = route({"type": "mortgage_request", "postcode": postcode}, offices)
    assert (routed["office_id"], routed["out_of_area_distance"]) == (2, None)


def test_a_degree_of_latitude_is_about_111_kilometres() -> None:
    place = Area("XX", "Somewhere", 51.0, -1.0, 1, 1)
    assert distance_in_metres(place, office(1)) == pytest.approx(111_195, abs=1)
    assert distance_in_metres(place, office(1, latitude=51.0)) == 0


@pytest.mark.parametrize(
    ("lead", "name", "metres"),
    [
        ({"type": "sale", "advert_postcode": "DE1 1JX"}, "Nottingham", 5947.12),
        ({"type": "vendor", "postcode": "De1 1JX"}, "Banbury", 22259.9),
        ({"type": "mortgage_request", "postcode": "OX3 9NX"}, "Oxford", None),
    ],
)
def test_the_documented_leads_go_where_the_guide_says(
    lead: dict[str, Any], name: str, metres: float | None
) -> None:
    routed = route(lead, account().offices)
    assert (routed["office_name"], routed["out_of_area_distance"]) == (name, metres)


@given(st.sampled_from(AREA_CODES), st.sampled_from(LEAD_TYPES))
def test_an_uncovered_lead_goes_to_the_nearest_office(area: str, kind: str) -> None:
    near, far = office(1, latitude=50.0), office(2, latitude=57.0)
    lead = {"type": kind, "postcode": f"{area}1 1AA", "advert_postcode": f"{area}1 1AA"}
    place = areas()[area]
    distances = {each["id"]: distance_in_metres(place, each) for each in (near, far)}
    routed = route(lead, [far, near])
    assert routed["office_id"] == min(distances, key=lambda each: distances[each])
    assert routed["out_of_area_distance"] == round(min(distances.values()), 2)
