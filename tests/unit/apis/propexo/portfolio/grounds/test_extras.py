"""Do amenities, fees and things to rent fit the flats and people of their property?"""

from tests.unit.apis.propexo.portfolio.conftest import Portfolio


def test_a_unit_amenity_names_its_units_and_a_property_amenity_none(portfolio: Portfolio) -> None:
    assert {one["is_unit_amenity"] for one in portfolio["amenities"]} == {True, False}
    for one in portfolio["amenities"]:
        parts = one["units"]
        assert bool(parts) is one["is_unit_amenity"] is (one["cost_in_cents"] is not None)
        assert {part["amenity_id"] for part in parts} <= {one["id"]}
        assert {part["cost_in_cents"] for part in parts} <= {one["cost_in_cents"]}
        assert [part["unit_id"] for part in parts] == (one["associated_unit_ids"] or [])


def test_fees_are_named_as_their_charge_codes(portfolio: Portfolio) -> None:
    codes = {one["id"]: one["name"] for one in portfolio["charge_codes"]}
    for one in portfolio["fees"]:
        assert one["name"] == one["charge_code_name"] == codes[one["charge_code_id"]]


def test_what_is_rented_is_not_available_and_what_is_available_has_no_resident(
    portfolio: Portfolio,
) -> None:
    assert {one["is_available"] for one in portfolio["rentable_items"]} == {True, False}
    for one in portfolio["rentable_items"]:
        is_reserved = one["reserved_until_date"] is not None
        assert one["is_available"] is (one["resident_id"] is None and not is_reserved)
        assert (one["lead_id"] is None) is (one["applicant_id"] is None) is not is_reserved
