"""Is the signature judged, and is what the body says found wherever a vendor puts it?"""

from typing import Any

import pytest

from mock_server.receiving.delivery import Delivery, Verdict, own_answer, verdict
from mock_server.signatures import sign

BODY = b'{"trigger":"DATA_NEW"}'


def delivery(body: bytes) -> Delivery:
    return Delivery("/hooks", body, Verdict.UNCHECKED)


@pytest.mark.parametrize(
    ("secrets", "signature", "expected"),
    [
        ((), None, Verdict.UNCHECKED),
        ((), sign("a secret", BODY), Verdict.UNCHECKED),
        (("a secret",), None, Verdict.NONE),
        (("a secret",), "", Verdict.WRONG),
        (("a secret",), sign("another", BODY), Verdict.WRONG),
        (("a secret",), sign("a secret", BODY), Verdict.VALID),
        (("another", "a secret"), sign("a secret", BODY), Verdict.VALID),
        (("a secret", "another"), sign("a secret", BODY), Verdict.VALID),
    ],
)
def test_a_signature_is_judged(
    secrets: tuple[str, ...], signature: str | None, expected: Verdict
) -> None:
    assert verdict(secrets, BODY, signature) is expected


@pytest.mark.parametrize(
    ("body", "trigger", "model", "record_id"),
    [
        (
            b'{"trigger":"DATA_NEW","data":{"record_id":"cm1","object":"leads"},"meta":{}}',
            "DATA_NEW",
            "leads",
            "cm1",
        ),
        (b'{"trigger":"DATA_NEW","meta":{"object":"leads"}}', "DATA_NEW", "leads", None),
        (b'{"trigger":"SYNC_COMPLETE","data":{}}', "SYNC_COMPLETE", None, None),
        (b'{"event":"lead.created","data":{"id":7}}', "lead.created", None, "7"),
        (b'{"trigger":["a"],"data":"b","meta":3}', None, None, None),
        (b'["trigger"]', None, None, None),
        (b"trigger", None, None, None),
    ],
    ids=["propexo", "meta alone", "no record", "leadpro", "other types", "list", "text"],
)
def test_what_the_body_is_about_is_found(
    body: bytes, trigger: str | None, model: str | None, record_id: str | None
) -> None:
    found = delivery(body)
    assert (found.trigger, found.model, found.record_id) == (trigger, model, record_id)


@pytest.mark.parametrize(
    ("body", "value"),
    [(b"{}", {}), (b"null", None), (b'\xef\xbb\xbf"a"', "a"), (b'"\\ud800"', "\ud800")],
)
def test_a_body_that_is_json_has_a_value(body: bytes, value: Any) -> None:
    found = delivery(body)
    assert (found.is_json, found.value) == (True, value)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff\xfe\xfd",
        b"NaN",
        b"1e999",
        b"9" * 5000,
        b"[" * 100_000,
        b"[" * 2000 + b"]" * 2000,
    ],
    ids=["empty", "half", "bytes", "NaN", "endless", "long", "never closed", "deep"],
)
def test_a_body_that_is_not_json_is_text(body: bytes) -> None:
    found = delivery(body)
    assert not found.is_json
    assert found.trigger is None


def test_bytes_that_are_no_text_are_spelled_out() -> None:
    assert delivery(b"Zo\xc3\xab \xff").text == "Zoë \\xff"


def test_an_answer_of_the_receivers_own_is_json() -> None:
    answer = own_answer({"received": True}, 202, "why")
    assert (answer.status, answer.content, answer.note) == (202, b'{"received": true}\n', "why")
    assert dict(answer.headers) == {"Content-Type": "application/json"}
