"""How a PMS is: whether it lets Propexo in, and whether it answers at all."""

from datetime import datetime
from typing import Any

from mock_server.apis.propexo.kept import records
from mock_server.world.clock import iso, parse
from mock_server.world.records import Record
from mock_server.world.world import World

# Kinds of failure, as in `failures.KINDS`.
DOWN, LOGIN = "down", "login"


def ailment(integration: Record, at: datetime) -> str | None:
    """Return the kind of failure that whoever asks this PMS meets now, None where it is well."""
    down_until = integration.get("down_until")
    if down_until is not None and at < parse(down_until):
        return DOWN
    return None if integration.get("login_works", True) else LOGIN


def set_login(world: World, integration: Record, *, works: bool) -> None:
    """Break or mend the login; Propexo learns of it when it next tries."""
    _change(world, integration, {"login_works": works})


def take_down(world: World, integration: Record, until: datetime | None) -> None:
    """Take a PMS down until an instant, or with None bring it back."""
    _change(world, integration, {"down_until": None if until is None else iso(until)})


def note_login(world: World, integration: Record, ailing: str | None) -> None:
    """Let the integration say whether the last try to log in went well."""
    can_authenticate = ailing != LOGIN
    if ailing != DOWN and integration["can_authenticate"] != can_authenticate:
        _change(world, integration, {"can_authenticate": can_authenticate})


def _change(world: World, integration: Record, changes: dict[str, Any]) -> None:
    records(world, "integrations").patch(integration["id"], changes)
