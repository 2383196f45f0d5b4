"""Is a server for tests kept apart from what the environment sets for another one?"""

import pytest

from mock_server.testing.server import MockServer


def test_the_database_of_the_environment_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOCK_SERVER_DB", "mine.sqlite")
    monkeypatch.setenv("MOCK_SERVER_LEADS", "0")
    with MockServer() as server:
        assert (server.settings.db, server.settings.leads) == (None, 0)
