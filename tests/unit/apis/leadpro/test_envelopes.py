"""Does LeadPro take any token but a bad one, and refuse in one shape?"""

import json
from http import HTTPStatus
from typing import Any

import pytest

from mock_server.apis.leadpro.envelopes import credential, refuse
from mock_server.contract.problems import Problem
from mock_server.engine.refusals import (
    Forbidden,
    Invalid,
    Malformed,
    NoCredential,
    NotFound,
    TooLarge,
    Unauthenticated,
    Unexpected,
    WrongMethod,
)


@pytest.mark.parametrize("token", ["abc", "sandbox_me", "avcdef***YOUR KEY***123", " padded "])
def test_any_token_will_do(token: str) -> None:
    assert credential({"x-api-key": token}) == token.strip()


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"x-api-key": ""},
        {"x-api-key": "  "},
        {"x-api-key": "invalid"},
        {"x-api-key": "invalid_key"},
        {"x-api-key": "undefined"},
        {"x-api-key": "NULL"},
        {"x-api-key": "None"},
        {"x-api-key": "[object Object]"},
        {"x-api-key": "sandbox_café"},
        {"authorization": "Bearer abc"},
    ],
)
def test_no_token_or_an_invalid_one_is_refused(headers: dict[str, str]) -> None:
    with pytest.raises(Unauthenticated):
        credential(headers)


def test_the_other_vendors_header_is_told_that_it_is_not_read_here() -> None:
    with pytest.raises(NoCredential, match=r"x-api-key header; Authorization is not read here$"):
        credential({"authorization": "Bearer abc"})


def test_a_401_says_how_to_identify_oneself() -> None:
    challenge = 'ApiKey realm="leadpro"'
    assert refuse(NoCredential("why")).headers == {"WWW-Authenticate": challenge}
    invalid = {"WWW-Authenticate": f'{challenge}, error="invalid_token"'}
    assert refuse(Unauthenticated("why")).headers == invalid


@pytest.mark.parametrize(
    ("refusal", "status", "phrase"),
    [
        (Forbidden("why"), 403, "Forbidden"),
        (Malformed("why"), 400, "Bad Request"),
        (Unauthenticated("why"), 401, "Unauthorized"),
        (NotFound("why"), 404, "Not Found"),
        (WrongMethod("why", ["GET", "PATCH"]), 405, "Method Not Allowed"),
        (TooLarge("why"), 413, HTTPStatus(413).phrase),
        (Unexpected("why"), 500, "Internal Server Error"),
    ],
)
def test_a_refusal_has_status_message_and_error(refusal: Any, status: int, phrase: str) -> None:
    reply = refuse(refusal)
    assert reply.status == status
    assert json.loads(reply.text) == {"statusCode": status, "message": "why", "error": phrase}


def test_an_invalid_call_is_told_everything_at_once() -> None:
    reply = refuse(Invalid([Problem("required", path=("phone",)), Problem("unknown", path=("x",))]))
    assert json.loads(reply.text)["message"] == ["phone is required", "x is not a known field"]


def test_a_wrong_method_is_told_the_right_ones() -> None:
    assert refuse(WrongMethod("why", ["GET", "PATCH"])).headers == {"Allow": "GET, PATCH"}


def test_lists_are_bare_but_for_the_offices(leadpro: Any) -> None:
    offices = leadpro.get("GET /api/v103/offices")
    assert list(offices) == ["data"]
    assert all(list(each) == ["id", "name"] for each in offices["data"])
    assert isinstance(leadpro.get("GET /api/v103/statuses"), list)


def test_an_unknown_lead_is_not_found(leadpro: Any) -> None:
    for method, body in (("GET", None), ("PATCH", {"first_name": "Eve"})):
        status, said = leadpro.ask(f"{method} /api/v103/leads/{{id}}", body, id=1)
        assert (status, said["message"]) == (404, "no lead has the id '1'")
