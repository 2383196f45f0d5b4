"""What does `python -m benchmarks.in_tests` measure: what a test pays for its sandbox."""

import statistics
import time
from collections.abc import Callable
from itertools import count

import requests

from mock_server import Sandbox
from mock_server.testing.naming import world_name
from mock_server.testing.server import MockServer

_ROUNDS = 200
_MILLISECONDS = 1000
_LEADS = "/v1/leads/?limit=1"
_REAL = {"Authorization": "Bearer live-secret"}


def main() -> None:
    """Print the median of each step in milliseconds."""
    begun = time.perf_counter()
    with MockServer() as server:
        print(f"{'server, once for each run':<42}{_since(begun):8.2f} ms")
        for name, step in _steps(server).items():
            print(f"{name:<42}{_median(step):8.2f} ms")


def _steps(server: MockServer) -> dict[str, Callable[[], object]]:
    numbers, shared, session = count(), Sandbox("shared", server=server), requests.Session()
    shared.client().put("/v1/leads/lead-123456789", json={"last_name": "Okoro"})
    shared.snapshot()

    def fresh() -> Sandbox:
        return Sandbox(world_name(f"tests/test_leads.py::test_{next(numbers)}"), server=server)

    def intercepted() -> None:
        with shared.intercepted():
            requests.get(f"https://api.propexo.com{_LEADS}", headers=_REAL, timeout=20)

    def copied() -> None:
        shared.copy(f"c{next(numbers)}")

    return {
        "fixture: a world, and a call by client()": lambda: fresh().client().get(_LEADS),
        "call by client()": lambda: shared.client().get(_LEADS),
        "call over the network (requests)": lambda: session.get(
            f"{shared.url}{_LEADS}", headers=shared.headers, timeout=20
        ),
        "interception on, a call (requests), off": intercepted,
        "reset": shared.reset,
        "snapshot": shared.snapshot,
        "restore": shared.restore,
        "copy": copied,
        "changes": shared.changes,
    }


def _median(step: Callable[[], object]) -> float:
    taken = []
    for _ in range(_ROUNDS):
        begun = time.perf_counter()
        step()
        taken.append(_since(begun))
    return statistics.median(taken)


def _since(begun: float) -> float:
    return (time.perf_counter() - begun) * _MILLISECONDS


if __name__ == "__main__":
    main()
