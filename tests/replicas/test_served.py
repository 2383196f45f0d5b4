"""Do replicas that serve callers wait for each other without keeping other callers waiting?"""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from mock_server.testing.server import MockServer
from tests.cluster import Cluster

PATIENCE_SECONDS = 20


@pytest.fixture(scope="module")
def servers(cluster: Cluster) -> Iterator[tuple[MockServer, MockServer]]:
    """Serve one sandbox twice."""
    url = cluster.new()
    with MockServer(db=url) as one, MockServer(db=url) as other:
        yield one, other


def test_a_write_that_waits_for_another_replica_keeps_its_body_and_no_other_caller(
    servers: tuple[MockServer, MockServer],
) -> None:
    one, other = servers
    url, turnstile = f"{one.url}/v1/leads", one.application.turnstile
    is_waiting, note = threading.Event(), turnstile.on_waiting
    turnstile.on_waiting = lambda more: (is_waiting.set(), note(more))[1]
    told: list[requests.Response] = []

    def write() -> None:
        told.append(send("PUT", f"{url}/lead-123456789", "a", {"last_name": "Bo"}))

    with other.application.extensions["mock_server"].turn("a"):
        writing = threading.Thread(target=write)
        writing.start()
        assert is_waiting.wait(PATIENCE_SECONDS)
        assert send("GET", f"{url}/?limit=1", "b").status_code == 200
        assert told == []
    writing.join()
    assert told[0].status_code == 200, told[0].text
    status = f"{other.url}/v1/admin/write-status/{told[0].json()['job_id']}"
    assert send("GET", status, "a").status_code == 200


def send(method: str, url: str, world: str, body: Any = None) -> requests.Response:
    """Send a call of a world."""
    headers = {"Authorization": f"Bearer sandbox_{world}"}
    return requests.request(method, url, json=body, headers=headers, timeout=PATIENCE_SECONDS)
