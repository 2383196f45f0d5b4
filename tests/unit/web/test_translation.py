"""Does a request become a call, and a reply a response, with nothing lost on the way?"""

from io import BytesIO

import pytest
from flask import Flask, request
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.test import create_environ

from mock_server import create_app
from mock_server.engine.call import Reply
from mock_server.engine.refusals import Malformed
from mock_server.web.translation import Headers, to_call, to_response
from tests.unit.toy import START, Toy

ENVIRON = {
    "HTTP_X_API_KEY": "secret",
    "HTTP_ACCEPT": "*/*",
    "CONTENT_TYPE": "application/json",
    "CONTENT_LENGTH": "",
    "REQUEST_METHOD": "GET",
}


def test_headers_are_found_by_their_lower_case_names() -> None:
    headers = Headers(ENVIRON)
    assert headers["x-api-key"] == "secret"
    assert headers["content-type"] == "application/json"
    assert headers.get("authorization", "none") == "none"


def test_only_what_was_sent_is_counted_as_a_header() -> None:
    names = {"x-api-key", "accept", "content-type"}
    assert set(Headers(ENVIRON)) == names
    assert len(Headers(ENVIRON)) == len(names)


@pytest.mark.parametrize(("key", "content"), [("POST /v1/pets/", b"{}"), ("GET /v1/pets/", b"")])
def test_a_request_becomes_a_call(toy: Toy, key: str, content: bytes) -> None:
    operation = toy.api.catalogue[key]
    sent = {"query_string": "name=Zo%C3%AB", "data": b"{}", "headers": {"X-Key": "k"}}
    with Flask("toy").test_request_context("/v1/pets/", method=operation.method, **sent):
        call = to_call(toy.api, operation, toy.settings, {"id": "rex"})
        assert call.headers["x-key"] == "k"
    assert (call.operation, call.path) == (operation, {"id": "rex"})
    assert call.query_text == "name=Zo%C3%AB"
    assert call.content == content


def test_a_reply_becomes_a_response() -> None:
    response = to_response(Reply('{"name":"Zoë"}'.encode(), 418, {"x-left": "3", "Allow": "GET"}))
    assert response.status_code == 418
    assert response.data == '{"name":"Zoë"}'.encode()
    assert response.content_type == "application/json"
    assert (response.headers["x-left"], response.headers["Allow"]) == ("3", "GET")


@pytest.mark.parametrize(("method", "sent"), [("GET", [b"[1,2]"]), ("HEAD", [])])
def test_a_body_goes_to_the_server_in_one_piece_of_known_length(
    method: str, sent: list[bytes]
) -> None:
    with Flask("toy").test_request_context(method=method) as context:
        given = to_response(Reply(b"[1,2]")).get_wsgi_response(context.request.environ)
    body, _, headers = given
    assert ("Content-Length", "5") in headers
    assert list(body) == sent
    assert isinstance(body, list) is (method == "GET")


@pytest.mark.parametrize("prefix", ["", "/mock"])
def test_a_link_is_a_path_below_the_prefix_of_the_call(prefix: str) -> None:
    with Flask("toy").test_request_context(base_url=f"http://toys.test:99{prefix}") as context:
        response = to_response(Reply(b"{}", 302, {"Location": "/there?a=1"}))
        headers = response.get_wsgi_headers(context.request.environ)
    assert headers.getlist("Location") == [f"{prefix}/there?a=1"]


def test_a_strict_reply_is_held_back_near_the_rate_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr("mock_server.web.turnstile.time.sleep", slept.append)
    app = create_app(machine=lambda: START, strict=True, rate_limit=5, leads=0, access_log=False)
    client = app.test_client()
    headers = {"Authorization": "Bearer sandbox_slow"}
    statuses = [client.get("/v1/leads/", headers=headers).status_code for _ in range(6)]
    assert (statuses, slept) == ([200] * 5 + [429], [2.0, 2.0])


def content_of(toy: Toy, content: bytes, **environ: object) -> bytes:
    """Return the content of a call that another server hands on with this environment."""
    operation = toy.api.catalogue["POST /v1/pets/"]
    given = {"REQUEST_METHOD": "POST", "wsgi.input": BytesIO(content), **environ}
    with Flask("toy").request_context(create_environ("/v1/pets/") | given):
        request.max_content_length = 5
        return to_call(toy.api, operation, toy.settings, {}).content


def test_another_servers_body_without_a_length_is_whole_or_too_large(toy: Toy) -> None:
    assert content_of(toy, b"12345", **{"wsgi.input_terminated": True}) == b"12345"
    with pytest.raises(RequestEntityTooLarge):
        content_of(toy, b"123456", **{"wsgi.input_terminated": True})


@pytest.mark.parametrize("is_terminated", [True, False])
def test_another_servers_body_that_breaks_off_is_refused(toy: Toy, *, is_terminated: bool) -> None:
    terminated = {"wsgi.input_terminated": True} if is_terminated else {}
    with pytest.raises(Malformed, match="the body is shorter"):
        content_of(toy, b"123", CONTENT_LENGTH="5", **terminated)
