"""The commands about whole worlds: listed, made, copied, reset and removed."""

from typing import Any
from urllib.parse import quote

import click

from mock_server.cli.control import Control, Json, commanding

_WORLDS = "/__admin/worlds"


@click.command()
@click.option("--all", "is_for_all", is_flag=True, help="Reset all worlds.")
@commanding
def reset(control: Control, *, is_for_all: bool) -> Json:
    """Bring a world back to how it was made."""
    return control.ask("POST", f"/__admin/reset{'?all=true' if is_for_all else ''}")


@click.group()
def worlds() -> None:
    """List, make, copy and remove worlds."""


@worlds.command("list")
@commanding
def list_(control: Control) -> Json:
    """List all worlds by name."""
    return control.every(_WORLDS)


@worlds.command()
@click.argument("name")
@click.option("--seed", type=int, help="What the new ids of the world follow from.")
@click.option("--start-at", metavar="INSTANT", help="When its clock begins.")
@click.option("--freeze", is_flag=True, help="Begin with a clock that stands still.")
@click.option("--scenario", metavar="NAME", help="Begin with the records of this scenario.")
@click.option("--from", "from_", metavar="WORLD", help="Copy this world.")
@click.option("--snapshot", metavar="SNAPSHOT", help="With --from: copy this snapshot of it.")
@click.option("--at-call", type=int, help="With --from: as it was before its call of this number.")
@commanding
def make(control: Control, *, name: str, from_: str | None, **wanted: Any) -> Json:
    """Make the world NAME, or copy it from another one."""
    given = {each: value for each, value in wanted.items() if value not in {None, False}}
    copied = {} if from_ is None else {"from": from_}
    return control.ask("POST", _WORLDS, {"name": name, **copied, **given})


@worlds.command()
@click.argument("name")
@commanding
def remove(control: Control, *, name: str) -> Json:
    """Forget the world NAME and its snapshots."""
    return control.ask("DELETE", f"{_WORLDS}/{quote(name, safe='')}")
