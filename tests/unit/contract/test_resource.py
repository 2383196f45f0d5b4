"""Does a record begin with every field at its emptiest, and which fields can order a list?"""

from typing import Any

import pytest

from mock_server.contract.resource import Resource, types_of


@pytest.mark.parametrize(
    ("schema", "empty"),
    [
        ({}, None),
        ({"type": ["string", "null"]}, None),
        ({"type": ["array", "null"]}, None),
        ({"type": "string"}, ""),
        ({"type": "integer"}, 0),
        ({"type": "number"}, 0),
        ({"type": "boolean"}, False),
        ({"type": "array"}, []),
        ({"type": "object"}, {}),
        ({"anyOf": [{"type": "string"}, {"type": "null"}]}, None),
    ],
)
def test_an_unset_field_stands_at_its_emptiest_value(schema: Any, empty: Any) -> None:
    blank = Resource("things", {"field": schema}).blank
    assert blank == {"field": empty}
    assert type(blank["field"]) is type(empty)


def test_types_are_those_of_every_alternative() -> None:
    schema = {"anyOf": [{"type": "string"}, {"anyOf": [{"type": ["integer", "null"]}]}]}
    assert types_of(schema) == {"string", "integer", "null"}


def test_a_list_is_ordered_by_fields_that_hold_one_plain_value() -> None:
    fields = {
        "name": {"type": "string"},
        "tags": {"type": ["array", "null"]},
        "age": {"type": ["integer", "null"]},
        "home": {"type": "object"},
    }
    assert Resource("things", fields).orderable == ("name", "age")
