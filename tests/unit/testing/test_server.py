"""Is a server for tests kept apart from what the environment sets for another one?"""

import pytest

from mock_server.settings import SettingError
from mock_server.testing.server import MockServer, MockServers


def test_the_database_of_the_environment_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOCK_SERVER_DB", "mine.sqlite")
    monkeypatch.setenv("MOCK_SERVER_LEADS", "0")
    with MockServer() as server:
        assert (server.settings.db, server.settings.leads) == (None, 0)


def test_tests_with_the_same_settings_share_a_server() -> None:
    servers = MockServers({"leads": 0})
    assert servers.having(strict=True) is servers.having(strict=True)
    assert servers.having() is not servers.having(strict=True)
    servers.close()
    with pytest.raises(SettingError, match="did you mean leads"):
        servers.having(leds=1)
