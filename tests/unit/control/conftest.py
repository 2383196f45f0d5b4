"""The sandbox's own operations and both vendors', to call in a world of each test's own."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from flask.testing import FlaskClient

from mock_server import create_app
from mock_server.world.worlds import Worlds
from tests.unit.apis.conftest import NOW, Machine

_numbers = itertools.count(1)


@dataclass(frozen=True)
class Sandbox:
    """Where one test calls operations, such as `GET /__admin/clock`; the reply has to fit."""

    client: FlaskClient
    worlds: Worlds
    machine: Machine
    name: str

    def ask(self, call: str, body: Any = None) -> tuple[int, Any]:
        """Return the status and the value that a call is answered with; None sends no body."""
        method, _, path = call.partition(" ")
        credential = f"sandbox_{self.name}"
        headers = {"Authorization": f"Bearer {credential}", "x-api-key": credential}
        sent = {} if body is None else {"json": body}
        answer = self.client.open(path, method=method, headers=headers, **sent)
        return answer.status_code, answer.json

    def get(self, call: str, body: Any = None) -> Any:
        """Return the value of a call that has to succeed."""
        status, value = self.ask(call, body)
        assert status == 200, value
        return value

    def refused(self, call: str, body: Any = None) -> str:
        """Return the sentence of a call that has to be refused with 400."""
        status, value = self.ask(call, body)
        assert status == 400, value
        return str(value["error"])

    def missed(self, call: str, body: Any = None) -> str:
        """Return the sentence of a call that has to be answered with 404."""
        status, value = self.ask(call, body)
        assert status == 404, value
        return str(value["error"])

    def world(self) -> Any:
        """Give the world itself, for what no operation does."""
        return self.worlds.turn(self.name)


@pytest.fixture(scope="session")
def _served() -> tuple[FlaskClient, Worlds, Machine]:
    machine = Machine()
    # Strict compares each reply with the contract.
    app = create_app(
        machine=machine, access_log=False, strict=True, write_seconds=2, rate_limit=100_000
    )
    worlds: Worlds = app.extensions["mock_server"]
    # Nobody carries deliveries away, so a test finds them as the world left them.
    worlds.on_stir = lambda: None
    return app.test_client(), worlds, machine


@pytest.fixture
def sandbox(_served: tuple[FlaskClient, Worlds, Machine]) -> Iterator[Sandbox]:
    """Return a sandbox of which nothing is known; the time is the same for every test."""
    client, worlds, machine = _served
    machine.now = NOW
    yield Sandbox(client, worlds, machine, f"control{next(_numbers)}")
    machine.now = NOW
