"""Does a postcode lie where its district does, always at the same point?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_server.apis.leadpro.positions import (
    Position,
    centres_of,
    distance_in_metres,
    outward_codes,
    position_of,
)
from mock_server.apis.leadpro.postcodes import areas, levels

ELSEWHERE = Position(0.0, 0.0)


def test_a_degree_of_latitude_is_about_111_kilometres() -> None:
    south, north = Position(51.0, -1.0), Position(52.0, -1.0)
    assert distance_in_metres(south, north) == pytest.approx(111_195, abs=1)
    assert distance_in_metres(north, north) == 0


def test_every_area_has_districts_within_the_british_isles() -> None:
    assert sum(len(centres_of(each)) for each in areas()) == len(outward_codes()) > 2_800
    for code, (latitude, longitude) in outward_codes().items():
        assert levels(code)[0] == code
        assert (49 < latitude < 61, -8.5 < longitude < 2) == (True, True), code


@given(st.sampled_from(sorted(outward_codes())), st.from_regex(r"\A[0-9]([A-Z]{2})?\Z"))
def test_a_postcode_lies_near_the_centre_of_its_district(outward: str, inward: str) -> None:
    found, centre = position_of(f"{outward.lower()} {inward}"), outward_codes()[outward]
    assert found is not None
    assert 199 < distance_in_metres(found, centre) < 401


def test_sectors_and_units_of_a_district_lie_at_points_of_their_own() -> None:
    told = ("DE1", "DE1 1", "DE1 2", "DE1 1JX", "DE1 1JY", "DE1 1KX")
    assert len({position_of(each) for each in told}) == len(told)
    assert position_of("de11jx") == position_of("DE1 1JX")


def test_what_the_table_does_not_have_lies_in_the_district_or_area_around_it() -> None:
    assert position_of("W1A 1HQ") is not None
    assert position_of("W1A") == outward_codes()["W1"]
    derby = position_of("DE99")
    assert derby is not None
    assert distance_in_metres(derby, position_of("DE1") or ELSEWHERE) < 20_000


@pytest.mark.parametrize("text", ["", "nowhere", "ZZ1 1ZZ", "B33 33"])
def test_what_is_no_postcode_lies_nowhere(text: str) -> None:
    assert position_of(text) is None
