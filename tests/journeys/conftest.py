"""Where the stories happen: one sandbox in this process, and the same one served to others."""

import http.client
import itertools
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask

from mock_server import create_app
from tests.cluster import Cluster

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
PATIENCE_SECONDS = 20

_numbers = itertools.count(1)


@dataclass(frozen=True)
class Answer:
    """What came back: status, headers by lower-case name, and the very bytes."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.content)


Send = Callable[[str, str, Mapping[str, str], bytes | None], Answer]


@dataclass(frozen=True)
class Caller:
    """A developer's program: it holds one credential and calls one of the two APIs."""

    send: Send
    headers: Mapping[str, str]

    def __call__(self, method: str, path: str, body: Any = None) -> Answer:
        """Send a call; a body that is not bytes travels as JSON."""
        if body is None:
            return self.send(method, path, self.headers, None)
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {**self.headers, "Content-Type": "application/json"}
        return self.send(method, path, headers, content)

    def ok(self, method: str, path: str, body: Any = None) -> Any:
        """Send a call that has to succeed, and return what its answer stands for."""
        answer = self(method, path, body)
        assert answer.status == 200, answer.content.decode()
        return answer.json


@dataclass(frozen=True)
class Site:
    """A sandbox that can be called, and the world in it that belongs to one test."""

    send: Send
    world: str

    def propexo(self, world: str | None = None) -> Caller:
        """Return a Propexo caller in the test's world, or in another of its worlds."""
        return Caller(self.send, {"Authorization": f"Bearer {self._credential(world)}"})

    def leadpro(self, world: str | None = None) -> Caller:
        """Return a LeadPro caller in the test's world, or in another of its worlds."""
        return Caller(self.send, {"x-api-key": self._credential(world)})

    def _credential(self, world: str | None) -> str:
        return f"sandbox_{self.world}-{world}" if world else f"sandbox_{self.world}"


def without_slow_start(complaints: str) -> str:
    """Leave out what a start says of its progress on a machine that is busy."""
    lines = complaints.splitlines(keepends=True)
    return "".join(line for line in lines if not line.endswith(" ...\n"))


@dataclass(frozen=True)
class Served:
    """A sandbox in a process of its own, as a terminal or a CI job starts it."""

    process: "subprocess.Popen[str]"
    url: str

    def stop(self, how: signal.Signals = signal.SIGTERM) -> tuple[int, str]:
        """Ask it to stop and return its exit code with all that it complained of."""
        self.process.send_signal(how)
        _, complaints = self.process.communicate(timeout=PATIENCE_SECONDS)
        return self.process.returncode, without_slow_start(complaints)


def sending_to(url: str) -> Send:
    """Return what sends calls over the network, one connection for each."""
    parts = urlsplit(url)

    def send(method: str, path: str, headers: Mapping[str, str], body: bytes | None) -> Answer:
        line = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=PATIENCE_SECONDS)
        try:
            line.request(method, path, body, dict(headers))
            response = line.getresponse()
            found = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, found, response.read())
        finally:
            line.close()

    return send


def sending_within(**settings: Any) -> Send:
    """Return what sends calls to a sandbox of its own in this process.

    Reads show each write there once it has landed, unless the settings say otherwise.
    """
    usual = {"access_log": False, "machine": lambda: NOW, "read_back": "always"}
    return sending_into(create_app(**{**usual, **settings}))


def sending_into(application: Flask) -> Send:
    """Return what sends calls to an application in this process."""
    client = application.test_client()

    def send(method: str, path: str, headers: Mapping[str, str], body: bytes | None) -> Answer:
        response = client.open(path, method=method, headers=dict(headers), data=body)
        found = {name.lower(): value for name, value in response.headers.items()}
        return Answer(response.status_code, found, response.data)

    return send


def command(*options: str) -> "subprocess.Popen[str]":
    """Start `mock_server serve` with these options, away from whatever the environment sets."""
    inherited = os.environ.items()  # noqa: TID251 - handed on, never asked
    clean = {name: text for name, text in inherited if not name.startswith("MOCK_SERVER_")}
    return subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-m", "mock_server", "serve", *options],
        env=clean,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,  # So that a test can interrupt it as a terminal does.
    )


def listening(process: "subprocess.Popen[str]") -> Served:
    """Return the server once it has said where it is and lets callers in."""
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line, process.communicate(timeout=PATIENCE_SECONDS)[1]
    url = json.loads(line)["url"]
    until = time.monotonic() + PATIENCE_SECONDS
    while not _lets_in(url):
        assert time.monotonic() < until, f"nobody answers at {url}"
    return Served(process, url)


def _lets_in(url: str) -> bool:
    parts = urlsplit(url)
    try:
        with socket.create_connection((str(parts.hostname), int(parts.port or 0)), timeout=1):
            return True
    except OSError:
        return False


@pytest.fixture
def run() -> Iterator[Callable[..., "subprocess.Popen[str]"]]:
    """Start the command with options; none outlives the test."""
    started: list[subprocess.Popen[str]] = []

    def start(*options: str) -> "subprocess.Popen[str]":
        started.append(command(*options))
        return started[-1]

    yield start
    for each in started:
        if each.poll() is None:
            each.kill()
        each.communicate(timeout=PATIENCE_SECONDS)


@pytest.fixture
def serve(run: Callable[..., "subprocess.Popen[str]"]) -> Callable[..., Served]:
    """Serve a sandbox with options on a free port."""
    return lambda *options: listening(run("--port", "0", "--json", "--no-access-log", *options))


@pytest.fixture
def connect() -> Callable[[str], Site]:
    """Call the sandbox at an address."""
    return lambda url: Site(sending_to(url), f"story{next(_numbers)}")


@pytest.fixture
def within() -> Callable[..., Site]:
    """Make a sandbox of its own in this process."""
    return lambda **settings: Site(sending_within(**settings), f"story{next(_numbers)}")


@pytest.fixture(scope="session")
def in_process() -> Send:
    return sending_within(write_seconds=0)


@pytest.fixture(scope="session")
def served() -> Iterator[Served]:
    """The served sandbox that all stories share; stopping it has to be clean."""
    options = ("--port", "0", "--json", "--no-access-log", "--write-seconds", "0")
    options += ("--read-back", "always")
    process = command(*options)
    try:
        found = listening(process)
        yield found
        assert found.stop() == (0, "")
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate(timeout=PATIENCE_SECONDS)


@pytest.fixture(scope="session")
def live(served: Served) -> Send:
    return sending_to(served.url)


@pytest.fixture(scope="session")
def in_postgresql(cluster: Cluster) -> Iterator[Send]:
    usual = {"access_log": False, "machine": lambda: NOW, "read_back": "always"}
    application = create_app(**usual, write_seconds=0, db=cluster.new())
    yield sending_into(application)
    # Its connection would be complained of as never closed.
    application.extensions["mock_server"].close()


@pytest.fixture(params=["in_process", "live", "in_postgresql"])
def site(request: pytest.FixtureRequest) -> Site:
    """A sandbox whose writes land at once; stories are told in process, live and by a replica."""
    return Site(request.getfixturevalue(request.param), f"story{next(_numbers)}")


@pytest.fixture
def propexo(site: Site) -> Caller:
    return site.propexo()


@pytest.fixture
def leadpro(site: Site) -> Caller:
    return site.leadpro()
