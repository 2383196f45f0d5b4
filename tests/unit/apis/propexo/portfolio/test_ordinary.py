"""Are the records that no story tells planned from the contract alone, and linked by name?"""

from typing import Any
from zoneinfo import ZoneInfo

import pytest

from mock_server.apis.propexo.portfolio.ordinary import RecordPlan, plans, records_of, target_of
from mock_server.apis.propexo.portfolio.places import City, Place
from mock_server.apis.propexo.portfolio.site import Site
from mock_server.apis.propexo.portfolio.systems import ExternalIds, System
from mock_server.contract.resource import Resource
from mock_server.world.fakes import Fakes

TEXT, NUMBER = {"type": ["string", "null"]}, {"type": ["number", "null"]}


def toys() -> dict[str, Resource]:
    boxes = {"id": TEXT, "x_id": TEXT, "name": TEXT}
    toys = {
        "id": TEXT, "x_id": TEXT, "box_id": TEXT, "x_box_id": TEXT, "box": TEXT,
        "price_in_cents": NUMBER, "price_raw": TEXT,
        "state_normalized": {"type": "string", "enum": ["AS_NEW"]}, "state_raw": TEXT,
        "associated_box_ids": {"type": "array", "items": {"type": "string"}},
    }  # fmt: skip
    return {"toys": Resource("toys", toys), "boxes": Resource("boxes", boxes)}


@pytest.fixture
def site() -> Site:
    system = System("ENTRATA", Fakes(3), opened=10**11, synced=10**12)
    city = City("Elm", "MA", ("02108",), ("617",), ZoneInfo("America/New_York"), 200_000)
    place = Place(
        system, Fakes(4), city, "Elm Court", "1 Elm St", "02108", 10**11,
        ExternalIds(system, 0), toys(),
    )  # fmt: skip
    return Site(place)


def told(site: Site, planned: list[RecordPlan]) -> list[tuple[str, Any]]:
    found = []
    for resource, record in records_of(site, planned):
        site.note(resource, record)
        found.append((resource, record))
    return found


def test_what_is_pointed_at_comes_before_what_points() -> None:
    assert [one.resource for one in plans(toys(), frozenset())] == ["boxes", "toys"]


def test_what_a_story_tells_is_not_planned() -> None:
    assert [one.resource for one in plans(toys(), frozenset({"toys"}))] == ["boxes"]


def test_a_record_names_others_by_both_ids_and_by_name(site: Site) -> None:
    records = told(site, plans(toys(), frozenset()))
    boxes = {one["id"]: one for resource, one in records if resource == "boxes"}
    linked = [one for resource, one in records if resource == "toys"]
    assert linked
    for toy in linked:
        box = boxes[toy["box_id"]]
        assert (toy["x_box_id"], toy["box"]) == (box["x_id"], box["name"])
        (other,) = toy["associated_box_ids"]
        assert other in boxes


def test_without_anything_to_point_at_a_link_is_empty(site: Site) -> None:
    for _, toy in told(site, plans(toys(), frozenset({"boxes"}))):
        assert toy["box_id"] is toy["x_box_id"] is toy["box"] is None
        assert toy["associated_box_ids"] == []


def test_the_systems_own_words_agree(site: Site) -> None:
    for resource, toy in told(site, plans(toys(), frozenset())):
        if resource == "toys":
            assert toy["price_raw"] == f"{toy['price_in_cents'] / 100:.2f}"
            assert toy["state_raw"] == "As new"


@pytest.mark.parametrize(
    ("field", "target"),
    [("toy_id", "toys"), ("associated_toy_ids", "toys"), ("box_id", None), ("x_toy_id", None),
     ("company_id", "companies"), ("toy", None)],
)  # fmt: skip
def test_a_field_names_records_by_its_ending(field: str, target: str | None) -> None:
    assert target_of(field, dict.fromkeys(("toys", "companies"))) == target  # type: ignore[arg-type]
