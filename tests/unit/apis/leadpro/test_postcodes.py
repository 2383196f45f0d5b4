"""Are postcodes read in every spelling, down to the level that they say?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_server.apis.leadpro.postcodes import area_of, areas, levels


@pytest.mark.parametrize(
    "text",
    ["SW6 3AZ", "sw6 3az", "Sw63aZ", "  SW6   3AZ ", "S W 6 3 A Z", "sw6\t3az"],
)
def test_case_and_spacing_do_not_matter(text: str) -> None:
    assert levels(text) == ("SW6 3AZ", "SW6 3", "SW6", "SW")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("M1 1AE", ("M1 1AE", "M1 1", "M1", "M")),
        ("B33 8TH", ("B33 8TH", "B33 8", "B33", "B")),
        ("CR2 6XH", ("CR2 6XH", "CR2 6", "CR2", "CR")),
        ("DN55 1PT", ("DN55 1PT", "DN55 1", "DN55", "DN")),
        ("W1A 1HQ", ("W1A 1HQ", "W1A 1", "W1A", "W")),
        ("EC1A 1BB", ("EC1A 1BB", "EC1A 1", "EC1A", "EC")),
        ("w1a1hq", ("W1A 1HQ", "W1A 1", "W1A", "W")),
    ],
)
def test_every_shape_of_a_whole_postcode_is_read(text: str, expected: tuple[str, ...]) -> None:
    assert levels(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SW6 3", ("SW6 3", "SW6", "SW")),
        ("sw1x 7", ("SW1X 7", "SW1X", "SW")),
        ("SW63", ("SW63", "SW")),
        ("sw6", ("SW6", "SW")),
        ("EC1A", ("EC1A", "EC")),
        ("SW", ("SW",)),
        ("m", ("M",)),
    ],
)
def test_a_part_of_a_postcode_gives_the_levels_it_has(text: str, expected: tuple[str, ...]) -> None:
    assert levels(text) == expected


@pytest.mark.parametrize(
    "text", ["", " ", "123", "SW6 3AZZ", "SW6 33", "ABC1 1AA", "SW6-3AZ", "?", "٣W6 3AZ", "SW٦ 3AZ"]
)
def test_what_is_no_postcode_has_no_levels(text: str) -> None:
    assert levels(text) == ()
    assert area_of(text) is None


def test_the_area_is_looked_up_by_the_letters() -> None:
    found = area_of("De1 1JX")
    assert found is not None
    assert (found.code, found.town) == ("DE", "Derby")
    assert area_of("ZZ1 1AA") is None


def test_there_are_124_areas_with_a_price_and_a_rent() -> None:
    assert len(areas()) == 124
    for area in areas().values():
        assert area.average_price_pounds > 50 * area.average_monthly_rent_pounds > 0


@given(st.text(max_size=12))
def test_no_text_breaks_the_reading(text: str) -> None:
    found = levels(text)
    assert len(found) <= 4
    assert all(found[index].startswith(found[index + 1]) for index in range(len(found) - 1))
