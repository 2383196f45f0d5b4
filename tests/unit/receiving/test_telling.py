"""Can a person read a delivery at a glance, and a program each as one line?"""

import json

import pytest

from mock_server.receiving.delivery import Answer, Delivery, Verdict
from mock_server.receiving.telling import as_json, as_text

BODY = (
    b'{"trigger":"DATA_NEW","data":{"object":"leads","record_id":"cm1","payload":{"a":"\xc3\xa9"}}}'
)
ANSWER = Answer(200, b"")


def delivery(body: bytes = BODY, verdict: Verdict = Verdict.VALID) -> Delivery:
    return Delivery("/hooks", body, verdict)


def test_a_person_reads_a_heading_and_the_body_indented() -> None:
    told = as_text(3, delivery(), ANSWER).split("\n")
    heading = "#3  /hooks  DATA_NEW leads cm1  87 bytes  signature valid  answered 200"
    assert told[:3] == [heading, "{", '  "trigger": "DATA_NEW",']
    assert '      "a": "é"' in told
    assert told[-1] == ""


def test_the_reason_of_an_answer_stands_below_the_heading() -> None:
    told = as_text(1, delivery(), Answer(500, b"", note="failed on purpose, 1 of 2"))
    assert told.split("\n")[1] == "failed on purpose, 1 of 2"


@pytest.mark.parametrize(
    ("verdict", "told"),
    [
        (Verdict.VALID, "signature valid  "),
        (Verdict.WRONG, "signature wrong  "),
        (Verdict.NONE, "signature none  "),
        (Verdict.UNCHECKED, "signature unchecked, no --secret given  "),
    ],
)
def test_the_verdict_is_told(verdict: Verdict, told: str) -> None:
    assert told in as_text(1, delivery(verdict=verdict), ANSWER)


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (b"two\nlines", "two\nlines"),
        (b"", "(no body)"),
        (b"\x1b[2J\x07 \xc2\x9b", "\\x1b[2J\\x07 \\x9b"),
        (b'"\\ud800 \\u001b"', '"\\ud800 \\u001b"'),
    ],
    ids=["text", "nothing", "a terminal's commands", "half a pair"],
)
def test_a_terminal_is_shown_text_and_never_told_what_to_do(body: bytes, shown: str) -> None:
    told = as_text(1, delivery(body), ANSWER)
    assert told.split("\n", 1)[1] == f"{shown}\n"
    told.encode()


def test_nothing_that_came_looks_like_a_heading_of_its_own() -> None:
    found = Delivery("/a\n#9", b'{"trigger":"a\\n#8","data":{"id":"\\u001b[1m"}}', Verdict.NONE)
    heading = as_text(1, found, ANSWER).split("\n")[0]
    assert heading.startswith("#1  /a\\n#9  a\\n#8 \\x1b[1m  ")


def test_a_program_reads_all_of_it_in_one_line() -> None:
    line = as_json(3, delivery(), Answer(502, b"", note="nobody there"))
    assert "\n" not in line
    assert json.loads(line) == {
        "delivery": 3,
        "path": "/hooks",
        "trigger": "DATA_NEW",
        "object": "leads",
        "record_id": "cm1",
        "bytes": 87,
        "signature": "valid",
        "answered": 502,
        "note": "nobody there",
        "body": json.loads(BODY),
    }


def test_a_body_that_is_not_json_is_text_in_the_line() -> None:
    told = json.loads(as_json(1, delivery(b"plain\n\xff"), ANSWER))
    assert told["text"] == "plain\n\\xff"
    assert "body" not in told


def test_a_body_that_is_null_is_not_mistaken_for_text() -> None:
    assert json.loads(as_json(1, delivery(b"null"), ANSWER))["body"] is None


def test_no_depth_is_too_much() -> None:
    for depth in range(900, 1010, 5):
        found = delivery(b"[" * depth + b"]" * depth)
        assert as_text(1, found, ANSWER).count("[") == depth
        assert as_json(1, found, ANSWER).count("[") == depth
