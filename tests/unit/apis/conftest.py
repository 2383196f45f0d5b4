"""A vendor's operations to call without HTTP, each test in a world of its own."""

import itertools
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from mock_server import create_app
from mock_server.app import every_api
from mock_server.engine.answering import Answering
from mock_server.engine.api import Api
from mock_server.engine.call import Call, Reply
from mock_server.settings import Settings
from mock_server.world.clock import SteadyTime
from mock_server.world.worlds import Worlds

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
SETTINGS = Settings(
    access_log=False,
    write_seconds=2,
    # What a write means for a record shows whatever its PMS lets be read back.
    read_back="always",
    sync_seconds=0,
    scheduled_syncs=False,
    rate_limit=100_000,
)

_numbers = itertools.count(1)


class Machine(SteadyTime):
    """The machine's clock, which moves only when a test says so, and begins anew with each test."""

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass(frozen=True)
class Desk:
    """Where one test asks one Api's operations, by their keys, in a world of its own."""

    api: Api
    worlds: Worlds
    machine: Machine
    name: str
    settings: Settings = SETTINGS

    def ask(self, key: str, body: Any = None, *, query: str = "", **path: Any) -> tuple[int, Any]:
        """Call an operation and return the status and the value of its reply."""
        reply = self.answer(key, body, query=query, **path)
        return reply.status, json.loads(reply.text)

    def answer(self, key: str, body: Any = None, *, query: str = "", **path: Any) -> Reply:
        """Call an operation and return its whole reply."""
        credential = f"sandbox_{self.name}"
        headers = {
            "authorization": f"Bearer {credential}",
            "x-api-key": credential,
            "content-type": "application/json",
        }
        call = Call(
            api=self.api,
            operation=self.api.catalogue[key],
            settings=self.settings,
            path={name: str(value) for name, value in path.items()},
            headers=headers,
            query_text=query,
            content=json.dumps(body).encode(),
        )
        return Answering(self.api, self.worlds, self.settings).answer(call)

    def get(self, key: str, body: Any = None, **options: Any) -> Any:
        """Return the reply of a call that has to succeed."""
        status, value = self.ask(key, body, **options)
        assert status == 200, value
        return value

    def refused(self, key: str, body: Any = None, **options: Any) -> Any:
        """Return the reply of a call that has to be refused with 400."""
        status, value = self.ask(key, body, **options)
        assert status == 400, value
        return value

    def world(self) -> Any:
        """Give the world itself, for what no operation does."""
        return self.worlds.turn(self.name)


@pytest.fixture(scope="session")
def _parts() -> tuple[dict[str, Api], Worlds, Machine]:
    machine = Machine()
    app = create_app(SETTINGS, machine=machine)
    apis = {each.name: each for each in every_api()}
    return apis, app.extensions["mock_server"], machine


@pytest.fixture
def desk_of(_parts: tuple[dict[str, Api], Worlds, Machine]) -> Iterator[Callable[[str], Desk]]:
    """Open a desk for a vendor; the clock stands at the same time for every test."""
    apis, worlds, machine = _parts
    machine.now, name = NOW, f"unit{next(_numbers)}"
    yield lambda vendor: Desk(apis[vendor], worlds, machine, name)
    machine.now = NOW
