"""Is an ordering read as the guide writes it, and all that is wrong with one told at once?"""

import json
from typing import Any

import pytest

from mock_server.apis.propexo.envelopes import credential, order, refuse
from mock_server.engine.refusals import Forbidden, NoCredential, Unauthenticated
from mock_server.world.queries import OrderBy

LIST = "GET /v1/leads/"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("name", [OrderBy("name")]),
        ("name:asc", [OrderBy("name")]),
        ("updated_at:desc, name", [OrderBy("updated_at", descending=True), OrderBy("name")]),
    ],
)
def test_a_field_may_have_a_direction(text: str, read: list[OrderBy]) -> None:
    assert list(order(text)) == read


@pytest.mark.parametrize("header", ["Bearer abc", "bearer  abc ", "BEARER abc"])
def test_any_bearer_token_will_do(header: str) -> None:
    assert credential({"authorization": header}) == "abc"


@pytest.mark.parametrize(
    ("header", "why"),
    [
        ("", "does not use the scheme Bearer"),
        ("abc", "does not use the scheme Bearer"),
        ("Basic YTpi", "does not use the scheme Bearer"),
        ("Bearer", "is empty"),
        ("Bearer undefined", "unset"),
        ("Bearer null", "unset"),
        ("bearer None", "unset"),
        ("Bearer Bearer null", "unset"),
        ("Bearer a b", "has no spaces"),
        ("Bearer sandbox_café", "printable ASCII"),
        ("Bearer invalid", "invalid bearer token"),
    ],
)
def test_another_header_is_told_what_is_wrong_with_it(header: str, why: str) -> None:
    with pytest.raises(Unauthenticated, match=why):
        credential({"authorization": header})


def test_the_other_vendors_header_is_told_that_it_is_not_read_here() -> None:
    with pytest.raises(NoCredential, match=r"Bearer <token>; x-api-key is not read here$"):
        credential({"x-api-key": "abc"})
    with pytest.raises(NoCredential, match=r"Bearer <token>$"):
        credential({})


@pytest.mark.parametrize(
    ("refusal", "code", "challenge"),
    [
        (NoCredential("why"), "unauthorized", 'Bearer realm="propexo"'),
        (Unauthenticated("why"), "unauthorized", 'Bearer realm="propexo", error="invalid_token"'),
        (Forbidden("why"), "forbidden", None),
    ],
)
def test_a_401_says_how_to_identify_oneself(refusal: Any, code: str, challenge: str | None) -> None:
    reply = refuse(refusal)
    assert json.loads(reply.text) == {"error": {"code": code, "message": "why"}}
    assert reply.headers.get("WWW-Authenticate") == challenge


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
