"""Is a value drawn from what a field's name and schema say?"""

from types import SimpleNamespace
from typing import Any

import pytest

from mock_server.apis.propexo.portfolio.values import Draw, fitting, provider_of
from mock_server.world.fakes import Fakes


@pytest.fixture
def draw() -> Draw:
    fakes = Fakes(1)
    place: Any = SimpleNamespace(
        fakes=fakes, random=fakes.random, mail_domain="elm.example.com", phone=lambda: "555",
        system=SimpleNamespace(synced=1_772_000_000_000),
    )  # fmt: skip
    return Draw(place, "Elm Court", 0)


def drawn(draw: Draw, name: str, schema: dict[str, Any]) -> Any:
    provider = provider_of(name, schema)
    assert provider is not None
    return provider(draw)


@pytest.mark.parametrize(
    ("name", "schema", "value"),
    [
        ("name", {"type": "string"}, "Elm Court"),
        ("anything", {"type": "string"}, "Elm Court"),
        ("current_period", {"type": "string"}, "2026-02"),
        ("is_active", {"type": "boolean"}, True),
        ("origin_phone_number", {"type": ["string", "null"]}, "555"),
        ("code", {"type": "string"}, "ELMCOURT"),
        ("account_number", {"type": "string"}, "1000"),
        ("kind", {"type": "string", "enum": ["ONLY"]}, "ONLY"),
        ("kind", {"anyOf": [{"enum": ["ONLY", None]}, {"type": "string"}]}, "ONLY"),
    ],
)
def test_a_name_says_what_is_drawn(draw: Draw, name: str, schema: Any, value: Any) -> None:
    assert drawn(draw, name, schema) == value


@pytest.mark.parametrize(
    ("name", "schema"),
    [
        ("anything", {"type": ["string", "null"]}),
        ("anything", {}),
        ("some_id", {"type": "string"}),
        ("parts", {"type": "array"}),
        ("custom", {"type": "object"}),
    ],
)
def test_what_no_row_matches_is_left_empty(name: str, schema: Any) -> None:
    assert provider_of(name, schema) is None


def test_the_parts_of_an_object_are_drawn_by_their_names(draw: Draw) -> None:
    members = {"name": {"type": "string"}, "some_id": {"type": "string"}, "other": {}}
    schema = {"type": "object", "properties": members}
    assert drawn(draw, "whole", schema) == {"name": "Elm Court", "some_id": "", "other": None}


@pytest.mark.parametrize(
    ("value", "types", "fits"),
    [(5, {"string"}, "5"), (5, {"integer"}, 5), (True, {"string", "null"}, None), ("a", set(), "a"),
     ("a", {"boolean"}, False), ("a", {"number"}, 0), (["a"], {"array"}, ["a"]),
     (["a"], {"string"}, "")],
)  # fmt: skip
def test_a_value_is_made_to_fit(value: Any, types: set[str], fits: Any) -> None:
    assert fitting(value, frozenset(types)) == fits
