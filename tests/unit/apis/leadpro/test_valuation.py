"""Are the estimates those of the guide's sample, believable, and always the same?"""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_server.apis.leadpro.postcodes import areas
from mock_server.apis.leadpro.valuation import estimate

TYPES = ("detached", "semi-detached", "terraced", "flat-maisonette")
POSTCODES = st.sampled_from(sorted(areas())).map(lambda area: f"{area}1 1AA") | st.sampled_from(
    ["", "nonsense", "ZZ1 1AA"]
)
HOMES = st.fixed_dictionaries(
    {"postcode": POSTCODES},
    optional={
        "property_bedrooms": st.integers(0, 40) | st.none(),
        "property_type": st.sampled_from([*TYPES, None]),
    },
)


def figures(home: dict[str, Any], market: str) -> list[int]:
    """Return minimum, average and maximum of a home."""
    found = estimate(home)
    return [found[f"{end}_{market}_estimation"] for end in ("minimum", "average", "maximum")]


def test_the_guides_sample_is_valued_as_printed() -> None:
    assert estimate({"postcode": "De1 1JX", "property_bedrooms": 4}) == {
        "minimum_sale_estimation": 290_000,
        "average_sale_estimation": 360_000,
        "maximum_sale_estimation": 440_000,
        "minimum_rent_estimation": 1_000,
        "average_rent_estimation": 1_200,
        "maximum_rent_estimation": 1_500,
        "valuation_status": "Not Enough Comparable Properties",
    }


@pytest.mark.parametrize(
    ("home", "status"),
    [
        ({"property_bedrooms": 3, "property_type": "terraced"}, "Success"),
        ({"property_bedrooms": 0, "property_type": "terraced"}, "Success"),
        ({"property_bedrooms": 3}, "Not Enough Comparable Properties"),
        ({"property_type": "terraced"}, "Not Enough Comparable Properties"),
        ({}, "Not Enough Comparable Properties"),
    ],
)
def test_a_home_is_compared_when_its_size_and_kind_are_known(
    home: dict[str, Any], status: str
) -> None:
    assert estimate({"postcode": "DE1 1JX", **home})["valuation_status"] == status


@given(HOMES)
def test_minimum_average_and_maximum_are_in_order_everywhere(home: dict[str, Any]) -> None:
    for market in ("sale", "rent"):
        low, middle, high = figures(home, market)
        assert all(type(each) is int for each in (low, middle, high))
        assert 0 < low <= middle <= high


@given(HOMES, st.integers(0, 6))
def test_a_bedroom_more_never_makes_a_home_cheaper(home: dict[str, Any], bedrooms: int) -> None:
    for market in ("sale", "rent"):
        smaller = figures({**home, "property_bedrooms": bedrooms}, market)
        larger = figures({**home, "property_bedrooms": bedrooms + 1}, market)
        assert all(less <= more for less, more in zip(smaller, larger, strict=True))


@given(HOMES.filter(lambda home: home.get("property_bedrooms") is not None))
def test_a_detached_house_is_dearer_than_a_flat(home: dict[str, Any]) -> None:
    for market in ("sale", "rent"):
        flat, house = (
            figures({**home, "property_type": kind}, market)
            for kind in ("flat-maisonette", "detached")
        )
        assert all(less < more for less, more in zip(flat, house, strict=True))


@given(HOMES)
def test_a_sale_average_is_rounded_to_ten_thousand_pounds(home: dict[str, Any]) -> None:
    assert figures(home, "sale")[1] % 10_000 == 0


def test_five_bedrooms_stand_for_all_that_are_more() -> None:
    five, forty = (
        estimate({"postcode": "DE1 1JX", "property_bedrooms": count, "property_type": "detached"})
        for count in (5, 40)
    )
    assert five == forty


def test_a_postcode_is_valued_by_its_area_in_any_spelling() -> None:
    first, second, third = (estimate({"postcode": each}) for each in ("DE1 1JX", "de11jx", "DE22"))
    assert first == second == third
    assert estimate({"postcode": "SW6 3AZ"}) != first
