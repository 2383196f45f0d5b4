"""Does the receiver say where it is, complain in words, and tell of one delivery at a time?"""

import json
import os
import socket

import pytest

from mock_server.receiving import listening
from mock_server.receiving.delivery import Answer, Delivery, Verdict
from mock_server.receiving.reception import Reception

DELIVERY = Delivery("/hooks", b"{}", Verdict.NONE)
ANSWER = Answer(200, b"")


def test_port_zero_finds_a_port_that_lets_callers_in() -> None:
    with listening._bound("localhost", 0) as line:
        socket.create_connection(line.getsockname()).close()


def test_a_port_that_is_taken_is_told_with_what_to_do() -> None:
    with listening._bound("127.0.0.1", 0) as taken, pytest.raises(SystemExit) as refused:
        listening._bound("127.0.0.1", taken.getsockname()[1])
    told = str(refused.value)
    assert told.startswith("mock-server: cannot listen at 127.0.0.1 port ")
    assert "Address already in use; --port 0 picks a free port, --host the address" in told


def test_a_host_that_is_no_name_is_told() -> None:
    with pytest.raises(SystemExit, match=r"cannot listen at a\.\.b port 0: .*--host the address"):
        listening._bound("a..b", 0)


@pytest.mark.parametrize(
    ("address", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:8090"),
        ("0.0.0.0", "http://127.0.0.1:8090"),  # noqa: S104 - only shown
        ("::", "http://127.0.0.1:8090"),
        ("::1", "http://[::1]:8090"),
    ],
)
def test_the_address_shown_is_one_to_call(address: str, url: str) -> None:
    assert listening._url(address, 8090) == url


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]"])
def test_a_receiver_is_not_passed_its_own_deliveries(host: str) -> None:
    reception = Reception(forward_to=f"http://{host}:8090/hooks")
    with pytest.raises(SystemExit, match="--forward-to is the receiver itself"):
        listening._refuse_itself(reception, "127.0.0.1", 8090)
    listening._refuse_itself(reception, "127.0.0.1", 8091)


def test_a_person_reads_what_the_receiver_will_do() -> None:
    wanted = {"secrets": ("open sesame",), "fail": 2, "forward_to": "http://localhost:1/a?b=sesame"}
    said = listening._banner(Reception(status=503, **wanted), "http://127.0.0.1:8090")
    assert said.splitlines() == [
        "Listening at http://127.0.0.1:8090, any path.",
        "A wrong or missing signature is answered 401.",
        "Answered 503 on purpose: the first 2.",
        "Deliveries are passed on to http://localhost:1/a.",
        "Ctrl-C stops it.",
    ]


def test_a_person_reads_nothing_of_what_it_will_not_do() -> None:
    said = listening._banner(Reception(), "http://127.0.0.1:8090")
    assert said.splitlines() == [
        "Listening at http://127.0.0.1:8090, any path.",
        "Ctrl-C stops it.",
    ]


def test_deliveries_are_numbered(capsys: pytest.CaptureFixture[str]) -> None:
    tell = listening._teller(as_json=False)
    tell(DELIVERY, ANSWER)
    tell(DELIVERY, ANSWER)
    said = capsys.readouterr().out
    assert [line.split()[0] for line in said.splitlines() if "/hooks" in line] == ["#1", "#2"]


def test_a_program_gets_one_line_for_each(capsys: pytest.CaptureFixture[str]) -> None:
    tell = listening._teller(as_json=True)
    tell(DELIVERY, ANSWER)
    tell(DELIVERY, ANSWER)
    lines = capsys.readouterr().out.splitlines()
    assert [json.loads(line)["delivery"] for line in lines] == [1, 2]


def test_it_ends_once_nobody_reads_along(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: object, **__: object) -> None:
        raise BrokenPipeError

    ended: list[int] = []
    monkeypatch.setattr("builtins.print", gone)
    monkeypatch.setattr(os, "_exit", ended.append)
    listening._teller(as_json=False)(DELIVERY, ANSWER)
    assert ended == [0]
