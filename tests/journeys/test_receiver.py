"""What it is like to try webhooks with `mock-server listen`: it shows, checks, fails, passes on."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from mock_server import sign

SECRET = "whsec-only-for-this-test"
BODY = b'{"trigger":"DATA_NEW","data":{"object":"leads","record_id":"cm1"},"meta":{}}'
SIGNED = {"propexo-signature": sign(SECRET, BODY)}
PATIENCE_SECONDS = 20


@dataclass(frozen=True)
class Receiver:
    """A receiver in a process of its own, which has said where it listens."""

    process: "subprocess.Popen[str]"
    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hooks"

    def post(self, headers: dict[str, str], body: bytes = BODY) -> int:
        """Deliver a body and return the status of the answer."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
        try:
            line.request("POST", "/hooks", body, headers)
            return line.getresponse().status
        finally:
            line.close()

    def told(self) -> Any:
        """Return the next delivery that it tells of."""
        assert self.process.stdout is not None
        return json.loads(self.process.stdout.readline())

    def stop(self, how: signal.Signals) -> tuple[int, str, str]:
        """Ask it to stop and return its exit code, with what it said last and complained of."""
        self.process.send_signal(how)
        said, complaints = self.process.communicate(timeout=PATIENCE_SECONDS)
        return self.process.returncode, said, complaints


@pytest.fixture
def command() -> Iterator[Callable[..., "subprocess.Popen[str]"]]:
    """Start the command with options; none outlives the test."""
    made: list[subprocess.Popen[str]] = []

    def start(*options: str) -> "subprocess.Popen[str]":
        inherited = {**os.environ, "PYTHONIOENCODING": "ascii"}  # noqa: TID251 - A child needs it all.
        made.append(
            subprocess.Popen(  # noqa: S603 - our own command
                [sys.executable, "-m", "mock_server", "listen", *options],
                env=inherited,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
        )
        return made[-1]

    yield start
    for each in made:
        each.kill()
        each.communicate(timeout=PATIENCE_SECONDS)


@pytest.fixture
def listen(command: Callable[..., "subprocess.Popen[str]"]) -> Callable[..., Receiver]:
    """Listen with options at a free port."""

    def start(*options: str) -> Receiver:
        process = command("--port", "0", "--json", *options)
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line, process.communicate(timeout=PATIENCE_SECONDS)[1]
        return Receiver(process, int(json.loads(line)["url"].rsplit(":", 1)[1]))

    return start


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "SIGTERM"])
def test_the_receiver_ends_cleanly_and_frees_its_port(how: signal.Signals, listen: Any) -> None:
    receiver = listen()
    assert receiver.post({}) == 200
    receiver.told()
    assert receiver.stop(how) == (0, "", "")
    with socket.socket() as line:
        assert line.connect_ex(("127.0.0.1", receiver.port)) != 0


def test_a_delivery_is_checked_and_told(listen: Any) -> None:
    receiver = listen("--secret", "the old one", "--secret", SECRET)
    assert [receiver.post(SIGNED), receiver.post({}), receiver.post(SIGNED, b"{}")] == [
        200,
        401,
        401,
    ]
    told = [receiver.told() for _ in range(3)]
    assert [each["signature"] for each in told] == ["valid", "none", "wrong"]
    assert [each["answered"] for each in told] == [200, 401, 401]
    assert (told[0]["trigger"], told[0]["record_id"]) == ("DATA_NEW", "cm1")
    assert told[0]["body"] == json.loads(BODY)
    assert SECRET not in json.dumps(told)


def test_a_delivery_that_fails_may_come_again(listen: Any) -> None:
    receiver = listen("--fail", "1", "--status", "503")
    assert [receiver.post({}), receiver.post({})] == [503, 200]
    assert [receiver.told()["note"] for _ in range(2)] == ["failed on purpose, 1 of 1", None]


def test_a_delivery_passes_through_to_the_program_that_it_is_for(listen: Any) -> None:
    program = listen("--secret", SECRET)
    receiver = listen("--forward-to", program.url)
    assert [receiver.post(SIGNED), receiver.post({})] == [200, 401]
    assert [program.told()["signature"] for _ in range(2)] == ["valid", "none"]
    program.stop(signal.SIGTERM)
    assert receiver.post(SIGNED) == 502
    notes = [receiver.told()["note"] for _ in range(3)]
    assert notes[-1] == f"{program.url} could not be asked: nothing listens there"


def test_a_person_sees_the_delivery_whatever_the_terminal_can_show(command: Any) -> None:
    process = command("--port", "0")
    port = int(process.stdout.readline().split()[2].rsplit(":", 1)[1].rstrip(","))
    assert Receiver(process, port).post({}, "héllo \N{SNOWMAN}".encode()) == 200
    code, said, complaints = Receiver(process, port).stop(signal.SIGTERM)
    assert (code, complaints) == (0, "")
    assert "#1  /hooks  10 bytes  signature unchecked, no --secret given  answered 200" in said
    assert "h\\xe9llo \\u2603" in said


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        (("--port", "70000"), 2, "70000 is not in the range 0<=x<=65535"),
        (("--host", "a..b", "--port", "0"), 1, "cannot listen at a..b port 0"),
    ],
)
def test_what_cannot_be_is_a_readable_complaint(
    options: tuple[str, ...], code: int, words: str, command: Any
) -> None:
    process = command(*options)
    said, complaints = process.communicate(timeout=PATIENCE_SECONDS)
    assert (process.returncode, said) == (code, "")
    assert words in complaints
    assert "Traceback" not in complaints
