"""Does the sandbox say that it is ready, and what it serves?"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

from mock_server import __version__
from mock_server.world.obstacles import Unreachable


def test_health_says_what_is_served(sandbox: Any) -> None:
    assert sandbox.get("GET /__admin/health") == {
        "status": "ok",
        "version": __version__,
        "apis": ["propexo", "leadpro", "sandbox"],
    }


def test_without_its_database_it_is_sound_and_not_ready(
    sandbox: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert sandbox.get("GET /__admin/ready") == {"status": "ready"}

    def unreachable(_: str) -> AbstractContextManager[Any]:
        raise Unreachable("the database cannot be reached")

    gone: Callable[[str], Any] = unreachable
    monkeypatch.setattr(sandbox.worlds, "turn", gone)
    assert sandbox.get("GET /__admin/health")["status"] == "ok"
    assert sandbox.ask("GET /__admin/ready") == (503, {"error": "the database cannot be reached"})
    status, told = sandbox.ask("GET /v1/leads/")
    assert (status, told["error"]["message"]) == (503, "the database cannot be reached")
