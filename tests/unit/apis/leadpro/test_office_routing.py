"""Does a lead go to the office it names, else to the most specific patch, else to the nearest?"""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_server.apis.leadpro.account import LEAD_TYPES, Office, Patch, account
from mock_server.apis.leadpro.office_routing import COVERED, NAMED, NEAREST, route, route_of
from mock_server.apis.leadpro.positions import (
    Position,
    distance_in_metres,
    outward_codes,
    position_of,
)
from mock_server.apis.leadpro.postcodes import areas

CODES = sorted(outward_codes())


def office(number: int, *postcodes: str, lead_types: tuple[str, ...] = LEAD_TYPES) -> Office:
    """Make an office with these patches."""
    patches = [Patch(each, lead_types) for each in postcodes]
    return Office(number, f"Office {number}", Position(52.0, -1.0), patches)


def routed(lead: dict[str, Any], offices: Sequence[Office]) -> tuple[int, float | None]:
    """Route a lead, and return the number of its office with its distance."""
    found = route(lead, offices).fields
    return found["office_id"], found["out_of_area_distance"]


UNIT, SECTOR = office(4, "SW6 3AZ"), office(3, "SW6 3")
DISTRICT, AREA = office(2, "SW6"), office(1, "SW")
LADDER = [AREA, DISTRICT, SECTOR, UNIT]


@pytest.mark.parametrize(
    ("postcode", "winner"),
    [("sw63az", 4), ("SW6 3BB", 3), ("SW6 4AZ", 2), ("SW7 3AZ", 1), ("SW6 3", 3), ("SW6", 2)],
)
def test_the_most_specific_patch_wins(postcode: str, winner: int) -> None:
    for offices in (LADDER, LADDER[::-1]):
        found = route({"type": "vendor", "postcode": postcode}, offices)
        assert found.fields == {
            "office_id": winner,
            "office_name": f"Office {winner}",
            "out_of_area_distance": None,
        }


def test_a_named_office_wins_over_every_patch() -> None:
    lead = {"type": "vendor", "postcode": "SW6 3AZ", "office_id": 1}
    assert routed(lead, LADDER) == (1, None)


@pytest.mark.parametrize("kind", ["sale", "let"])
def test_a_buyer_is_routed_by_the_home_on_the_market(kind: str) -> None:
    lead = {"type": kind, "postcode": "SW6 3AZ", "advert_postcode": "SW7 1AA"}
    assert routed(lead, LADDER)[0] == 1


@pytest.mark.parametrize("kind", ["vendor", "landlord", "mortgage_request"])
def test_an_owner_is_routed_by_their_own_home(kind: str) -> None:
    lead = {"type": kind, "postcode": "SW6 3AZ", "advert_postcode": "SW7 1AA"}
    assert routed(lead, LADDER)[0] == 4


def test_a_patch_counts_for_the_types_it_is_covered_for() -> None:
    offices = [office(1, "SW6", lead_types=("sale", "let")), office(2, "SW")]
    assert routed({"type": "vendor", "postcode": "SW6 3AZ"}, offices)[0] == 2
    assert routed({"type": "sale", "advert_postcode": "SW6 3AZ"}, offices)[0] == 1


@pytest.mark.parametrize("postcode", [None, "", "nowhere", "ZZ9 9ZZ"])
def test_a_lead_from_no_known_place_goes_to_the_first_office(postcode: str | None) -> None:
    assert routed({"type": "vendor", "postcode": postcode}, LADDER) == (1, None)


@pytest.mark.parametrize("postcode", [None, "N/A", "ZZ1 1ZZ"])
def test_a_lead_from_no_known_place_passes_over_who_does_not_take_its_type(
    postcode: str | None,
) -> None:
    offices = [office(1, "NG", lead_types=("sale", "let")), office(2, "DE"), office(3, "OX")]
    assert routed({"type": "mortgage_request", "postcode": postcode}, offices) == (2, None)


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
    found = route(lead, account().offices)
    assert (found.office.name, found.distance_in_metres) == (name, metres)


@pytest.mark.parametrize("kind", LEAD_TYPES)
@pytest.mark.parametrize("postcode", ["NG1 5FS", "NG2 6AA"])
def test_a_town_belongs_to_its_own_office(postcode: str, kind: str) -> None:
    lead = {"type": kind, "postcode": postcode, "advert_postcode": postcode}
    found = route(lead, account().offices)
    assert (found.office.name, found.reason) == ("Nottingham", COVERED)


@pytest.mark.parametrize("office", account().offices, ids=lambda each: each.name)
def test_offices_stand_within_what_they_cover(office: Office) -> None:
    centres = [centre for each in office.covers("sale") for centre in each.centres]
    assert min(distance_in_metres(office.position, each) for each in centres) < 3_000


@given(st.sampled_from(CODES), st.sampled_from(LEAD_TYPES))
def test_an_uncovered_lead_goes_to_the_nearest_patch(code: str, kind: str) -> None:
    near, far = office(1, "TR18 4AA", "ZE1 0AA"), office(2, "IM1 1AA")
    lead = {"type": kind, "postcode": f"{code} 9ZZ", "advert_postcode": f"{code} 9ZZ"}
    here, found = position_of(f"{code} 9ZZ"), route(lead, [far, near])
    distances = {
        patch.postcode: distance_in_metres(here or Position(0, 0), patch.centres[0])
        for each in (near, far)
        for patch in each.patches
    }
    assert found.patch is not None
    assert found.patch.postcode == min(distances, key=lambda each: distances[each])
    assert found.distance_in_metres == round(min(distances.values()), 2)


def test_an_area_is_as_near_as_the_nearest_of_its_districts() -> None:
    lead = {"type": "vendor", "postcode": "OX3 9NX"}
    by_area = route(lead, [office(1, "RG")]).distance_in_metres
    districts = [code for code in CODES if code.startswith("RG")]
    assert by_area == route(lead, [office(1, *districts)]).distance_in_metres


@pytest.mark.parametrize("area", sorted(areas()))
def test_every_area_has_a_nearest_office_for_every_type(area: str) -> None:
    lead = {"postcode": f"{area}1 1AA", "advert_postcode": f"{area}1 1AA"}
    for kind in LEAD_TYPES:
        found = route({**lead, "type": kind}, account().offices)
        assert (found.reason == NEAREST) == (found.distance_in_metres is not None)


def test_a_stored_lead_that_was_handed_on_says_so() -> None:
    lead = {"type": "vendor", "postcode": "SW6 3AZ"}
    stored = {**lead, **route(lead, LADDER).fields}
    assert route_of(stored, LADDER).reason == COVERED
    handed = route_of({**stored, "office_id": 1, "office_name": "Office 1"}, LADDER)
    assert (handed.reason, handed.office, handed.patch) == (NAMED, AREA, None)
