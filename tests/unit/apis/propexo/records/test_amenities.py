"""Does a place offer what is added, and nothing but a set that replaces what it had?"""

from collections.abc import Callable
from typing import Any

import pytest

Record = dict[str, Any]
ADD, REPLACE = "POST /v1/amenities/units/{id}", "PUT /v1/amenities/units/{id}"
OF_PROPERTY = "PUT /v1/amenities/properties/{id}"


@pytest.fixture
def offered(propexo: Any) -> Callable[[str], list[str]]:
    """Return the names of what a unit offers."""

    def offered(unit_id: str) -> list[str]:
        found = propexo.get("GET /v1/amenities/", query=f"unit_id={unit_id}&limit=250")["results"]
        return sorted(each["name"] for each in found)

    return offered


def test_one_is_added_and_a_known_one_is_linked(
    home: Callable[..., Record], write: Callable[..., Any], offered: Callable[[str], list[str]]
) -> None:
    lease = home()
    body = {
        "integration_id": lease["integration_id"],
        "vendor": lease["integration_vendor"],
        "amenity": "Tile flooring",
    }
    before = offered(lease["unit_id"])
    (new,) = write(ADD, body, id=lease["unit_id"])["amenities"]
    assert (new["name_normalized"], new["is_unit_amenity"]) == ("TILE_FLOORING", True)
    assert write(ADD, {**body, "amenity": "tile  FLOORING"}, id=lease["unit_id"]) == {}
    assert offered(lease["unit_id"]) == sorted([*before, "Tile flooring"])


def test_a_set_replaces_what_a_unit_offered(
    home: Callable[..., Record], write: Callable[..., Any], offered: Callable[[str], list[str]]
) -> None:
    unit_id = home()["unit_id"]
    write(REPLACE, {"features": ["Microwave", "Skylight"]}, id=unit_id)
    assert offered(unit_id) == ["Microwave", "Skylight"]
    write(REPLACE, {"features": ["Skylight"]}, id=unit_id)
    assert offered(unit_id) == ["Skylight"]


def test_what_the_rent_includes_is_a_set_beside_the_features(
    home: Callable[..., Record], write: Callable[..., Any], propexo: Any
) -> None:
    place = home()["property_id"]
    write(OF_PROPERTY, {"features": ["Pool"], "included_in_rent": ["Gas"]}, id=place)
    write(OF_PROPERTY, {"features": ["Elevator"]}, id=place)
    query = f"property_id={place}&limit=250"
    found = propexo.get("GET /v1/amenities/", query=query)["results"]
    names = sorted(each["name"] for each in found if not each["is_unit_amenity"])
    assert names == ["Elevator", "Gas"]


def test_all_that_does_not_fit_is_told_at_once(
    home: Callable[..., Record], propexo: Any, issues: Callable[[Any], Any]
) -> None:
    lease, stranger = home(), home("MRI")
    body = {"integration_id": stranger["integration_id"], "vendor": "YARDI", "amenity": "Pool"}
    refused = issues(propexo.refused(ADD, body, id=lease["unit_id"]))
    assert [path for path, _ in refused] == ["integration_id", "vendor"]
    assert propexo.ask(ADD, body, id="cnothing")[0] == 404
