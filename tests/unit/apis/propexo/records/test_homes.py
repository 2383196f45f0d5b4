"""Is a place shown as it was sent, and a listing like the unit that it offers?"""

from collections.abc import Callable
from typing import Any

Record = dict[str, Any]
Write = Callable[..., dict[str, list[Record]]]


def test_a_property_is_a_place_of_its_own(home: Callable[..., Record], write: Write) -> None:
    body = {
        "integration_id": home()["integration_id"],
        "square_footage": "12,400",
        "is_active": "true",
        "address_1": "1 Elm St",
        "type": "House",
    }
    (place,) = write("POST /v1/properties/", body)["properties"]
    assert (place["property_id"], place["x_property_id"]) == (place["id"], place["x_id"])
    assert place["square_footage"] == place["square_feet"] == 12400
    assert (place["is_active"], place["street_address_1"]) == (True, "1 Elm St")
    assert (place["type_raw"], place["type_normalized"]) == ("House", "SINGLE_FAMILY")


def test_a_listing_is_like_its_unit_and_of_the_units_integration(
    home: Callable[..., Record], other: Callable[..., Record], write: Write
) -> None:
    unit = other("units", home())
    body = {
        "unit_id": unit["id"],
        "rent_amount_in_cents": 150000,
        "deposit_amount_in_cents": 75000,
        "available_date": "2026-04-01",
        "contact_id": "7",
        "is_managed_external": False,
        "lease_terms": "12 months",
    }
    (listing,) = write("POST /v1/listings/", body)["listings"]
    alike = ("integration_id", "property_id", "number", "bedrooms", "address_1", "zip")
    assert [listing[name] for name in alike] == [unit[name] for name in alike]
    assert (listing["x_unit_id"], listing["is_unit"]) == (unit["x_id"], True)
    assert (listing["lease_term"], listing["rent_amount_in_cents"]) == ("12 months", 150000)
    assert listing["id"] != unit["id"]


def test_a_unit_is_called_by_its_name_where_it_has_no_number(
    home: Callable[..., Record], write: Write
) -> None:
    lease = home()
    body = {"integration_id": lease["integration_id"], "property_id": lease["property_id"]}
    (unit,) = write("POST /v1/units/", {**body, "name": "7B", "square_feet": 812.4})["units"]
    assert (unit["number"], unit["square_feet"]) == ("7B", 812)
