"""What one checkout takes for each thing, in processor time; it runs in that checkout's Python."""

import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from mock_server import create_app

_MORNING = datetime(2026, 3, 2, 9, tzinfo=UTC)
_TIMES, _WORLDS, _IDLE_WORLDS = 200, 7, 2_000
_LEADPRO_LEAD = {"first_name": "Ada", "last_name": "Byron", "email": "ada@example.com",
                 "phone": "07700 900123", "type": "vendor", "postcode": "NG1 5FS"}  # fmt: skip


class Machine:
    """A machine's clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.time = _MORNING

    def __call__(self) -> datetime:
        return self.time


def spent(step: Callable[[], object]) -> float:
    """Return the milliseconds of processor time that a step takes."""
    started = time.process_time()
    step()
    return (time.process_time() - started) * 1e3


def megabytes() -> float:
    """Return how much memory the process holds now."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * 4096 / 1e6


class Caller:
    """An application in this process, and calls to it in worlds by name."""

    def __init__(self, leads: int, **given: Any) -> None:
        self.machine = Machine()
        options = {"access_log": False, "leads": leads, **given}
        self.seeding = spent(lambda: self.create(options))
        self.client = self.app.test_client()
        self.names = map("w{}".format, count())
        self.first = self.ask("seen", "GET /v1/leads/?limit=1&integration_vendor=PROPERTYWARE_REST")

    def create(self, options: dict[str, Any]) -> None:
        try:
            self.app = create_app(machine=self.machine, cache=False, **options)
        except ValueError:  # An early revision knows no cache.
            self.app = create_app(machine=self.machine, **options)

    def ask(self, world: str, call: str, body: Any = None) -> Any:
        """Return the JSON that a call in a world is answered with."""
        method, path = call.split(" ", 1)
        headers = {"Authorization": f"Bearer sandbox_{world}", "x-api-key": f"sandbox_{world}"}
        answer = self.client.open(path, method=method, headers=headers, json=body)
        if answer.status_code != 200:
            raise RuntimeError(f"{call} was answered with {answer.status_code}: {answer.text}")
        return answer.json

    def new_lead(self) -> dict[str, Any]:
        """Return the body of a create."""
        like = self.first["results"][0]
        named = {"first_name": "Jordan", "last_name": "Ellis", "email_1": "j@example.com"}
        return {**named, "integration_id": like["integration_id"],
                "property_id": like["property_id"]}  # fmt: skip

    def often(self, call: str, body: Any = None, world: str = "often") -> float:
        """Return the median milliseconds of a call."""
        return statistics.median(spent(lambda: self.ask(world, call, body)) for _ in range(_TIMES))


def measured(leads: int) -> Iterator[tuple[str, float]]:
    """Yield each figure by name: milliseconds, or MB where the name says so."""
    caller = Caller(leads)
    yield "start without a cache", caller.seeding
    yield "page of 100 leads", caller.often("GET /v1/leads/?limit=100")
    yield "lead by id", caller.often(f"GET /v1/leads/{caller.first['results'][0]['id']}")
    yield "create (Propexo)", caller.often("POST /v1/leads/", caller.new_lead(), "creating")
    yield "create (LeadPro)", caller.often("POST /api/v103/leads", _LEADPRO_LEAD, "creating")
    yield from _of_fresh_worlds(caller)
    yield from _of_many_worlds(caller)
    caller.app.extensions["mock_server"].close()
    if leads <= 1_000:
        yield "open a file after a week, 3 worlds", _opening(leads)


def _of_fresh_worlds(caller: Caller) -> Iterator[tuple[str, float]]:
    found: dict[str, list[float]] = {}
    steps = {
        "first call of a world": ("GET /v1/leads/?limit=1", None),
        "first landed lead": ("POST /__admin/clock/advance", {"by": "2s"}),
        "page of 100 over own rows": ("GET /v1/leads/?limit=100", None),
        "first sync": ("POST /__admin/clock/advance", {"by": "13h"}),
        "second sync": ("POST /__admin/clock/advance", {"by": "13h"}),
        "a week of syncs": ("POST /__admin/clock/advance", {"by": "168h"}),
    }
    for world in (next(caller.names) for _ in range(_WORLDS)):
        for name, (call, body) in steps.items():
            before = megabytes()
            found.setdefault(name, []).append(spent(partial(caller.ask, world, call, body)))
            found.setdefault(f"{name}, MB", []).append(megabytes() - before)
            if name == "first call of a world":
                caller.ask(world, "POST /v1/leads/", caller.new_lead())
    for name, each in found.items():
        # The first world prepares the statements; memory that is freed and used again counts once.
        if not name.endswith("MB"):
            yield name, statistics.median(each[1:])
        elif name.startswith("first"):
            yield name, statistics.mean(each[1:])


def _of_many_worlds(caller: Caller) -> Iterator[tuple[str, float]]:
    for world in (next(caller.names) for _ in range(_IDLE_WORLDS)):
        caller.ask(world, "GET /v1/leads/?limit=1")
    worlds = caller.app.extensions["mock_server"]
    yield (
        f"tick with {_IDLE_WORLDS:,} worlds",
        statistics.median(spent(worlds.tick) for _ in range(_WORLDS)),
    )


def _opening(leads: int) -> float:
    with TemporaryDirectory() as folder:
        path = str(Path(folder) / "worlds.sqlite")
        first = Caller(leads, db=path)
        for world in ("a", "b", "c"):
            first.ask(world, "POST /v1/leads/", first.new_lead())
        first.app.extensions["mock_server"].close()
        options = {"access_log": False, "leads": leads, "db": path}
        first.machine.time += timedelta(days=7)
        took = spent(lambda: first.create(options))
        first.app.extensions["mock_server"].close()
        return took


if __name__ == "__main__":
    print(json.dumps(dict(measured(int(sys.argv[1])))))
