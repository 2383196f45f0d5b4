"""What do worlds cost: to begin, make, copy, fork, reset, name a state and return to it?"""

import argparse
import statistics
import time
from collections.abc import Iterator
from itertools import count
from typing import Any

from flask.testing import FlaskClient

from mock_server import create_app

_WRITES = 30  # So many leads are sent in the world that is named and copied.
_LEAD = {
    "first_name": "Ada",
    "last_name": "Byron",
    "email": "ada@example.com",
    "phone": "07700900123",
    "type": "sale",
}
_DAY = {"by": "13h"}  # By way of one scheduled sync of each integration.


class Sandbox:
    """An application in this process, and the worlds in which it is called."""

    def __init__(self, leads: int) -> None:
        """Seed so many leads."""
        self._client: FlaskClient = create_app(access_log=False, leads=leads).test_client()
        self._names = map("w{}".format, count())

    def fresh(self) -> str:
        """Return the name of a world that nobody has called."""
        return next(self._names)

    def milliseconds(self, call: str, world: str, body: Any = None) -> float:
        """Return the processor's time that a call takes."""
        method, path = call.split(" ", 1)
        credential = f"sandbox_{world}"
        headers = {"Authorization": f"Bearer {credential}", "x-api-key": credential}
        started = time.process_time()
        answer = self._client.open(path, method=method, headers=headers, json=body)
        took = (time.process_time() - started) * 1e3
        if answer.status_code != 200:
            raise RuntimeError(f"{call} was answered with {answer.status_code}: {answer.text}")
        return took

    def changed(self) -> str:
        """Return the name of a world that got leads, and whose integrations were synced."""
        world = self.fresh()
        for _ in range(_WRITES):
            self.milliseconds("POST /api/v103/leads", world, _LEAD)
        self.milliseconds("POST /__admin/clock/advance", world, _DAY)
        return world


def measured(sandbox: Sandbox, rounds: int) -> Iterator[tuple[str, float]]:
    """Yield what was measured, each with its median in milliseconds."""
    used, source, calls = sandbox.changed(), sandbox.changed(), range(rounds)
    list_one, make = "GET /v1/leads/?limit=1", "POST /__admin/worlds"
    snapshot = "POST /__admin/snapshots"
    sandbox.milliseconds(snapshot, used, {"name": "s"})
    tried = {
        "first call of a world": lambda: (list_one, sandbox.fresh(), None),
        "make a world": lambda: (make, used, {"name": sandbox.fresh(), "seed": 7}),
        "take a snapshot": lambda: (snapshot, used, {"name": "s"}),
        "restore a snapshot": lambda: (f"{snapshot}/s/restore", used, None),
        "copy a world": lambda: (make, used, {"name": sandbox.fresh(), "from": used}),
        "make a world of a scenario": lambda: (make, used, _scenario(sandbox.fresh())),
        "fork before the last call": lambda: (make, used, _fork(sandbox.fresh(), source)),
        "reset a world": lambda: ("POST /__admin/reset", sandbox.fresh(), None),
    }
    for name, next_call in tried.items():
        yield name, statistics.median(sandbox.milliseconds(*next_call()) for _ in calls)


def _scenario(name: str) -> dict[str, str]:
    return {"name": name, "scenario": "busy-agency"}


def _fork(name: str, source: str) -> dict[str, Any]:
    return {"name": name, "from": source, "at_call": _WRITES + 1}


def main() -> None:
    """Measure each, and print the medians."""
    parser = argparse.ArgumentParser("python -m benchmarks.worlds", description=main.__doc__)
    parser.add_argument("--leads", type=int, default=200, help="how many leads are seeded")
    parser.add_argument("--rounds", type=int, default=50, help="how often each is done")
    given = parser.parse_args()
    print("| what | processor |\n|---|---|")
    for name, took in measured(Sandbox(given.leads), given.rounds):
        print(f"| {name} | {took:.1f} ms |")


if __name__ == "__main__":
    main()
