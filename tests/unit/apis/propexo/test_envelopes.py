"""Is an ordering read as the guide writes it, and all that is wrong with one told at once?"""

from typing import Any

import pytest

from mock_server.apis.propexo.envelopes import order
from mock_server.world.queries import Order

LIST = "GET /v1/leads/"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("name", [Order("name")]),
        ("name:asc", [Order("name")]),
        ("updated_at:desc, name", [Order("updated_at", descending=True), Order("name")]),
    ],
)
def test_a_field_may_have_a_direction(text: str, read: list[Order]) -> None:
    assert list(order(text)) == read


def test_every_unknown_field_and_direction_is_told_at_once(propexo: Any) -> None:
    refused = propexo.refused(LIST, query="order-by=foo:up,first_name:asc,bar:asc,baz")
    issues = refused["error"]["details"]["details"]["issues"]
    assert [(each["path"], each["received"]) for each in issues] == [
        (["order-by"], "up"),
        (["order-by"], "foo"),
        (["order-by"], "bar"),
        (["order-by"], "baz"),
    ]
    assert issues[0]["options"] == ["asc", "desc"]
    assert "first_name" in issues[1]["options"]
