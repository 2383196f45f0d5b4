"""What a server of several processes is told: the worlds live in one, and no write is lost."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from typing import Any

import pytest

pytest.importorskip("gunicorn", reason="It does not run on this system.")

LEAD = {
    "first_name": "Ada",
    "last_name": "Byron",
    "email": "ada@example.com",
    "phone": "07700900123",
    "type": "let",
}
Start = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """Listen before any server does, so that the first call waits until one is there."""
    with socket.create_server(("127.0.0.1", 0), backlog=16) as made:
        yield made


@pytest.fixture
def start(listener: socket.socket) -> Iterator[Start]:
    """Start gunicorn at the socket; its processes keep the descriptor `alive` open."""
    started = []

    def begin(*options: str, alive: int | None = None) -> "subprocess.Popen[bytes]":
        at = f"fd://{listener.fileno()}"
        settings = {**os.environ, "MOCK_SERVER_LEADS": "0"}  # noqa: TID251 - A child needs it all.
        process = subprocess.Popen(  # noqa: S603 - gunicorn, as a user would start it
            [
                *(sys.executable, "-m", "gunicorn", "--bind", at, "--no-control-socket"),
                *(*options, "mock_server:create_app()"),
            ],
            env=settings,
            pass_fds=[listener.fileno(), *([] if alive is None else [alive])],
            start_new_session=True,
            stderr=subprocess.DEVNULL,
        )
        started.append(process)
        return process

    yield begin
    for process in started:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@pytest.fixture
def call(listener: socket.socket) -> Callable[..., tuple[int, Any]]:
    """Return what calls LeadPro, over a new connection each time."""

    def send(method: str, path: str, body: Any = None) -> tuple[int, Any]:
        line = HTTPConnection(*listener.getsockname(), timeout=60)
        headers = {"x-api-key": "sandbox_me", "Content-Type": "application/json"}
        line.request(method, path, None if body is None else json.dumps(body), headers)
        answer = line.getresponse()
        found = answer.status, json.loads(answer.read())
        line.close()
        return found

    return send


@pytest.mark.parametrize("options", [[], ["--preload"]], ids=["plain", "preloaded"])
def test_two_workers_are_told_to_be_one(options: list[str], start: Start, call: Any) -> None:
    start("--workers", "2", *options)
    for _ in range(4):
        status, told = call("POST", "/api/v103/leads", LEAD)
        assert status == 503
        assert "its server runs several: start one process" in told["message"]


def test_one_preloaded_worker_serves_and_sends_webhooks(start: Start, call: Any) -> None:
    start("--workers", "1", "--threads", "4", "--preload")
    status, webhook = call("POST", "/sandbox/leadpro/webhooks", {"url": "http://127.0.0.1:9/leads"})
    assert status == 200
    _, lead = call("POST", "/api/v103/leads", LEAD)
    assert call("GET", f"/api/v103/leads/{lead['id']}") == (200, lead)
    assert call("POST", "/__admin/clock/advance", {"by": "1m"})[0] == 200
    _, told = call("GET", f"/__admin/deliveries?webhook_id={webhook['id']}")
    assert [len(each["attempts"]) for each in told["results"]] == [1]


def test_a_second_server_at_the_same_socket_waits_until_the_first_is_gone(
    start: Start, call: Any
) -> None:
    until_gone, alive = os.pipe()
    first = start("--workers", "1", alive=alive)
    os.close(alive)
    assert call("POST", "/api/v103/leads", LEAD)[0] == 200
    start("--workers", "1")
    os.killpg(first.pid, signal.SIGSTOP)
    status, told = call("GET", "/api/v103/offices")
    assert status == 503
    assert "another one already answers" in told["message"]
    os.killpg(first.pid, signal.SIGKILL)
    with os.fdopen(until_gone) as end:
        assert end.read() == ""
    assert call("GET", "/api/v103/offices")[0] == 200
