"""Which server has the world of a test, and with which settings?"""

from collections.abc import Mapping
from typing import Any

from mock_server.testing.control import Control
from mock_server.testing.sandbox import Sandbox
from mock_server.testing.server import MockServer

# What a world can have for itself, so that no other server is needed.
OF_WORLDS = frozenset(
    {
        "strict",
        "write_seconds",
        "read_back",
        "appointment_slots",
        "sync_seconds",
        "scheduled_syncs",
        "rate_limit",
    }
)


class MockServers:
    """The servers of one test run: one for each set of settings that no world has for itself."""

    def __init__(self, usual: Mapping[str, Any]) -> None:
        """Make every server with the usual settings, unless a test asks for others."""
        self._usual = usual
        self._made: dict[tuple[tuple[str, Any], ...], MockServer] = {}
        self._seen: set[tuple[MockServer, str]] = set()

    def having(self, **settings: Any) -> MockServer:
        """Return the server with these settings; it is made when they are first asked for."""
        wanted = {**self._usual, **settings}
        key = tuple(sorted(wanted.items()))
        if key not in self._made:
            self._made[key] = MockServer(**wanted)
        return self._made[key]

    def world(self, name: str, settings: Mapping[str, Any]) -> Sandbox:
        """Return the world of that name with these settings, as it was seeded.

        Raises `SettingError` and `SandboxError` for a setting that cannot be used.
        """
        own = {each: value for each, value in settings.items() if each in OF_WORLDS}
        named = {"scenario": settings["scenario"]} if _is_named(settings.get("scenario")) else {}
        others = {
            each: value for each, value in settings.items() if each not in OF_WORLDS | named.keys()
        }
        server = self.having(**others)
        made = Sandbox(name, server=server)
        if (server, name) in self._seen:  # The same test has run before, as plugins for retries do.
            made.reset()
        self._seen.add((server, name))
        if own or named:
            body = {"name": name, **named, **({"settings": own} if own else {})}
            made.control.ask("POST", "/__admin/worlds", body)
        return made

    def exercised(self) -> list[dict[str, Any]]:
        """Return what each server says of the calls that it answered, in plain values."""
        return [_exercised(each) for each in self._made.values()]

    def close(self) -> None:
        """Stop all of them."""
        for each in self._made.values():
            each.close()


def _is_named(scenario: object) -> bool:
    """Say whether a scenario is told by its name, and not by the path of a folder."""
    return isinstance(scenario, str) and not {"/", "\\", "."} & {*scenario}


def _exercised(server: MockServer) -> dict[str, Any]:
    control = Control(server, {"x-api-key": "sandbox_default"})
    return {
        "coverage": control.ask("GET", "/__admin/coverage"),
        "findings": control.ask("GET", "/__admin/findings")["results"],
    }
