"""Does the sandbox answer plainly, and say of every error what is wrong and where?"""

import json

import pytest

from mock_server.apis.leadpro import envelopes as leadpro
from mock_server.apis.propexo import envelopes as propexo
from mock_server.app import every_api
from mock_server.control import envelopes
from mock_server.engine.call import Call
from mock_server.engine.refusals import (
    Invalid,
    NoCredential,
    NotFound,
    Unauthenticated,
    WrongMethod,
    broken,
)
from mock_server.settings import Settings
from mock_server.world.queries import Page


@pytest.fixture
def call() -> Call:
    """Return a call that nobody answers."""
    api = next(each for each in every_api() if each.name == "sandbox")
    return Call(api, api.catalogue["GET /__admin/clock"], Settings(), {}, {})


@pytest.mark.parametrize(
    ("headers", "credential"),
    [
        ({"authorization": "Bearer sandbox_me"}, "sandbox_me"),
        ({"x-api-key": "sandbox_you"}, "sandbox_you"),
        ({"authorization": "Bearer invalid", "x-api-key": "sandbox_you"}, "sandbox_you"),
        ({}, ""),
    ],
)
def test_any_vendors_credential_will_do(headers: dict[str, str], credential: str) -> None:
    find = envelopes.credential_of(propexo.credential, leadpro.credential)
    assert find(headers) == credential


@pytest.mark.parametrize(
    "headers",
    [
        {"authorization": "Bearer invalid"},
        {"authorization": "Bearer "},
        {"x-api-key": ""},
        {"x-api-key": "sandbox_café"},
        {"authorization": "Basic YTpi"},
    ],
)
def test_a_credential_that_no_vendor_accepts_is_not_the_shared_world(
    headers: dict[str, str],
) -> None:
    find = envelopes.credential_of(propexo.credential, leadpro.credential)
    with pytest.raises(Unauthenticated):
        find(headers)


def test_a_list_tells_its_total(call: Call) -> None:
    found = envelopes.page(call, Page(b'{"a":1}', 1, 7))
    assert json.loads(found.text) == {"total": 7, "results": [{"a": 1}]}
    assert envelopes.one(call, '{"a":1}').text == '{"a":1}'


def test_every_problem_is_told_with_its_place() -> None:
    refused = envelopes.refuse(Invalid([broken(("a", 0), "is odd"), broken("b", "is even")]))
    assert (refused.status, json.loads(refused.text)) == (
        400,
        {
            "error": "a.0: is odd; b: is even",
            "problems": [
                {"path": "a.0", "message": "a.0: is odd"},
                {"path": "b", "message": "b: is even"},
            ],
        },
    )


def test_a_refusal_without_problems_is_one_sentence() -> None:
    refused = envelopes.refuse(NotFound("no fault has the id 'x'"))
    assert (refused.status, json.loads(refused.text)) == (404, {"error": "no fault has the id 'x'"})
    assert envelopes.refuse(WrongMethod("no", ["GET"])).headers == {"Allow": "GET"}
    challenge = {"WWW-Authenticate": 'Bearer realm="mock-server"'}
    assert envelopes.refuse(NoCredential("who?")).headers == challenge


def test_nothing_is_drafted_here(call: Call) -> None:
    with pytest.raises(NotImplementedError, match="GET /__admin/clock"):
        envelopes.undrafted(call, None)
