"""Which tests share a server, and does each world have the settings that its test asked for?"""

from collections.abc import Iterator
from typing import Any

import pytest

from mock_server import SandboxError
from mock_server.app import every_api
from mock_server.settings import SettingError
from mock_server.testing.servers import OF_WORLDS, MockServers


@pytest.fixture(scope="module")
def servers() -> Iterator[MockServers]:
    made = MockServers({"leads": 0})
    yield made
    made.close()


def settings_of(servers: MockServers, name: str, **settings: Any) -> Any:
    return servers.world(name, settings).control.ask("GET", f"/__admin/worlds/{name}")["settings"]


def test_what_a_world_can_have_for_itself_needs_no_other_server(servers: MockServers) -> None:
    assert settings_of(servers, "mine", strict=True, write_seconds=0) == {
        "strict": True,
        "write_seconds": 0,
    }
    assert settings_of(servers, "other") == {}
    assert servers.world("mine", {}).server is servers.having()


def test_a_world_that_is_asked_for_again_is_as_it_was_made(servers: MockServers) -> None:
    servers.world("again", {"strict": True}).freeze()
    again = servers.world("again", {"strict": True})
    assert not again.control.ask("GET", "/__admin/clock")["is_frozen"]


def test_the_settings_of_worlds_are_those_of_the_contract() -> None:
    ours = next(each for each in every_api() if each.is_control)
    schemas = ours.catalogue.document.root["components"]["schemas"]
    assert {*schemas["WorldSettings"]["properties"]} == OF_WORLDS


def test_a_setting_that_cannot_be_used_is_told(servers: MockServers) -> None:
    with pytest.raises(SettingError, match="did you mean leads"):
        servers.world("mine", {"leds": 1})
    with pytest.raises(SandboxError, match="strict"):
        servers.world("fresh", {"strict": "very"})
