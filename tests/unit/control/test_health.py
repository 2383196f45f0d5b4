"""Does the sandbox say that it is ready, and what it serves?"""

from typing import Any

from mock_server import __version__


def test_health_says_what_is_served(sandbox: Any) -> None:
    assert sandbox.get("GET /__admin/health") == {
        "status": "ok",
        "version": __version__,
        "apis": ["propexo", "leadpro", "sandbox"],
    }
