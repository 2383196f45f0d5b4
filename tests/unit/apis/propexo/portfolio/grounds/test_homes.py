"""Do listings, their prices and the details of a flat say what its unit says?"""

from tests.unit.apis.propexo.portfolio.conftest import NOW, Portfolio


def test_every_available_unit_is_listed_and_no_other(portfolio: Portfolio) -> None:
    available = {one["id"] for one in portfolio["units"] if one["is_available"]}
    assert {one["unit_id"] for one in portfolio["listings"]} == available
    assert len(portfolio["listings"]) == len(available)


def test_a_listing_repeats_its_unit(portfolio: Portfolio) -> None:
    units = {one["id"]: one for one in portfolio["units"]}
    for one in portfolio["listings"]:
        unit = units[one["unit_id"]]
        assert one["rent_amount_in_cents"] == unit["rent_amount_market_in_cents"]
        for name in ("number", "bedrooms", "square_feet", "floor_plan_id", "unit_type_id"):
            assert one[name] == unit[name]
        assert one["available_date"] <= NOW.isoformat()


def test_a_price_begins_with_the_rent_and_takes_off_what_is_conceded(portfolio: Portfolio) -> None:
    listings = {one["id"]: one for one in portfolio["listings"]}
    plans = {one["floor_plan_id"] for one in portfolio["concessions"] if one["is_active"]}
    rebated = 0
    for one in portfolio["listing_pricing"]:
        listing = listings[one["listing_id"]]
        assert one["base_rent_in_cents"] == listing["rent_amount_in_cents"]
        rebate = one["base_rent_in_cents"] - one["effective_rent_in_cents"]
        assert one["concession_in_cents"] == rebate
        is_on_offer = listing["floor_plan_id"] in plans and one["lease_term_in_months"] == 12
        assert (rebate > 0) is is_on_offer
        rebated += is_on_offer
    assert rebated


def test_each_unit_has_its_details(portfolio: Portfolio) -> None:
    details = {(one["property_id"], one["x_id"]): one for one in portfolio["unit_details"]}
    listed = {one["unit_id"]: one for one in portfolio["listings"]}
    assert len(details) == len(portfolio["unit_details"]) == len(portfolio["units"])
    for unit in portfolio["units"]:
        one = details[unit["property_id"], unit["x_id"]]
        assert one["unit_number"] == unit["number"]
        assert one["unit_market_rent_in_cents"] == unit["rent_amount_market_in_cents"]
        assert one["is_available"] is unit["is_available"]
        expected = listed[unit["id"]]["available_date"] if unit["id"] in listed else None
        assert one["available_date"] == expected


def test_a_unit_type_counts_its_units(portfolio: Portfolio) -> None:
    for one in portfolio["unit_types"]:
        units = [unit for unit in portfolio["units"] if unit["unit_type_id"] == one["id"]]
        assert len(units) == one["unit_count"] > 0
        assert {unit["bedrooms"] for unit in units} == {str(one["bedrooms"])}


def test_an_offer_that_is_over_is_not_active(portfolio: Portfolio) -> None:
    assert {one["is_active"] for one in portfolio["concessions"]} == {True, False}
    for one in portfolio["concessions"]:
        assert one["is_active"] is (one["end_date"] is None)
        assert one["end_date"] is None or one["start_date"] < one["end_date"]
