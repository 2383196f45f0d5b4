"""Does the receiver take whatever comes, check it, fail it where told, and pass it on?"""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from mock_server.receiving import receiver
from mock_server.receiving.delivery import Answer, Delivery, Verdict
from mock_server.receiving.receiver import create_receiver
from mock_server.receiving.reception import Reception
from mock_server.signatures import HEADER, sign

SECRET = "whsec-only-for-this-test"
BODY = b'{"trigger":"DATA_NEW"}'
SIGNED = {HEADER: sign(SECRET, BODY)}

Told = list[tuple[Delivery, Answer]]


@pytest.fixture
def told() -> Told:
    return []


@pytest.fixture
def receiving(told: Told) -> Callable[..., FlaskClient]:
    """Return a caller of a receiver of the test's own."""

    def make(**wanted: Any) -> FlaskClient:
        app = create_receiver(Reception(**wanted), lambda *each: told.append(each))
        return app.test_client()

    return make


@pytest.mark.parametrize("path", ["/", "/hooks", "/a/b/", "/?token=1", "/%00%ff", "/static/x"])
def test_a_post_to_any_path_is_received(path: str, receiving: Any, told: Told) -> None:
    answer = receiving().post(path, data=BODY)
    assert (answer.status_code, answer.json) == (200, {"received": True, "signature": "unchecked"})
    [(delivery, _)] = told
    assert delivery.body == BODY


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\x00", b"[" * 100_000, b"a=1&b"])
@pytest.mark.parametrize("kind", ["application/json", "application/x-www-form-urlencoded", "?"])
def test_no_body_is_too_bad(body: bytes, kind: str, receiving: Any, told: Told) -> None:
    assert receiving().post("/", data=body, content_type=kind).status_code == 200
    assert [delivery.body for delivery, _ in told] == [body]


@pytest.mark.parametrize(
    ("headers", "status", "verdict"),
    [
        (SIGNED, 200, Verdict.VALID),
        ({HEADER: sign("another", BODY)}, 401, Verdict.WRONG),
        ({HEADER: "\xe9"}, 401, Verdict.WRONG),
        ({}, 401, Verdict.NONE),
    ],
    ids=["signed", "wrongly signed", "not even text", "unsigned"],
)
def test_with_a_secret_only_what_is_signed_is_taken(
    headers: Any, status: int, verdict: Verdict, receiving: Any, told: Told
) -> None:
    answer = receiving(secrets=(SECRET,)).post("/", data=BODY, headers=headers)
    assert answer.status_code == status
    assert [(each.verdict, said.status) for each, said in told] == [(verdict, status)]


@pytest.mark.parametrize(
    ("headers", "why"),
    [
        ({HEADER: "ab12"}, "the propexo-signature is of another secret or of another body"),
        ({}, "the delivery has no propexo-signature"),
    ],
)
def test_a_refusal_tells_why(headers: Any, why: str, receiving: Any) -> None:
    answer = receiving(secrets=(SECRET,)).post("/", data=BODY, headers=headers)
    assert answer.json == {"error": why}


def test_of_several_secrets_one_has_to_fit(receiving: Any) -> None:
    client = receiving(secrets=("the old one", SECRET))
    assert client.post("/", data=BODY, headers=SIGNED).status_code == 200


def test_the_first_deliveries_fail_where_that_is_wanted(receiving: Any, told: Told) -> None:
    client = receiving(fail=2, status=503)
    assert [client.post("/", data=BODY).status_code for _ in range(4)] == [503, 503, 200, 200]
    notes = ["failed on purpose, 1 of 2", "failed on purpose, 2 of 2", None, None]
    assert [answer.note for _, answer in told] == notes


def test_what_is_refused_anyway_is_not_failed_on_purpose(receiving: Any) -> None:
    client = receiving(fail=1, secrets=(SECRET,))
    statuses = [client.post("/", data=BODY, headers=each).status_code for each in ({}, SIGNED)]
    assert statuses == [401, 500]


def test_only_what_is_not_failed_or_refused_is_passed_on(
    target: Any, receiving: Any, told: Told
) -> None:
    target.status, target.content = 202, b"taken"
    client = receiving(forward_to=target.url, secrets=(SECRET,), fail=1)
    sent = [({}, b"first"), (SIGNED, BODY), (SIGNED, BODY)]
    answers = [client.post("/any", data=body, headers=headers) for headers, body in sent]
    assert [each.status_code for each in answers] == [401, 500, 202]
    assert answers[-1].data == b"taken"
    [(headers, body)] = target.sent
    assert (headers[HEADER], body) == (SIGNED[HEADER], BODY)
    assert told[-1][1].note == f"answered by {target.url}"


def test_a_visitor_is_told_what_it_is(receiving: Any, told: Told) -> None:
    answer = receiving().get("/")
    assert (answer.status_code, answer.json["name"]) == (200, "mock-server listen")
    assert told == []


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/hooks"), ("PUT", "/"), ("DELETE", "/a"), ("OPTIONS", "/")]
)
def test_what_is_no_delivery_is_told_what_one_is(method: str, path: str, receiving: Any) -> None:
    answer = receiving().open(path, method=method)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert "It takes deliveries as POSTs, at any path" in answer.json["error"]


def test_a_body_without_end_is_not_kept(
    receiving: Any, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiver, "MOST_BYTES", 10)
    answer = receiving().post("/", data=b"x" * 11)
    assert (answer.status_code, told) == (413, [])
    assert "exceeds the capacity limit" in answer.json["error"]
