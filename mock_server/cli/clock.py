"""The commands about the time of a world."""

from typing import Any

import click

from mock_server.cli.control import Control, Json, commanding

_CLOCK = "/__admin/clock"


@click.group()
def clock() -> None:
    """Read, stop and move the clock of a world."""


@clock.command()
@commanding
def show(control: Control) -> Json:
    """Say what time it is, and what is due next."""
    return control.ask("GET", _CLOCK)


@clock.command()
@click.argument("instant", required=False)
@commanding
def freeze(control: Control, *, instant: str | None) -> Json:
    """Stop the clock now, or go to INSTANT (2026-12-24T09:00:00Z) and stop it there."""
    return control.ask("POST", _CLOCK, {"freeze": instant or True})


@clock.command()
@commanding
def flow(control: Control) -> Json:
    """Let the clock run again."""
    return control.ask("POST", _CLOCK, {"flow": True})


@clock.command()
@click.argument("target")
@commanding
def advance(control: Control, *, target: str) -> Json:
    """Move the clock by a span (12h), to an instant (2026-12-24T09:00:00Z), or until `idle`.

    Everything that is due by then happens, deliveries included.
    """
    return control.ask("POST", f"{_CLOCK}/advance", _way(target))


def _way(target: str) -> dict[str, Any]:
    if target == "idle":
        return {"until": "idle"}
    return {"to": target} if "T" in target else {"by": target}
