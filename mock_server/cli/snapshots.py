"""The commands about the snapshots of a world."""

from urllib.parse import quote

import click

from mock_server.cli.control import Control, Json, commanding

_SNAPSHOTS = "/__admin/snapshots"


@click.group()
def snapshot() -> None:
    """Keep the state of a world, and bring it back."""


@snapshot.command()
@click.argument("name")
@commanding
def take(control: Control, *, name: str) -> Json:
    """Keep the state of the world as NAME, in place of an earlier one."""
    return control.ask("POST", _SNAPSHOTS, {"name": name})


@snapshot.command("list")
@commanding
def list_(control: Control) -> Json:
    """List the snapshots of the world."""
    return control.every(_SNAPSHOTS)


@snapshot.command()
@click.argument("name")
@commanding
def restore(control: Control, *, name: str) -> Json:
    """Bring the world back to the snapshot NAME."""
    return control.ask("POST", f"{_SNAPSHOTS}/{quote(name, safe='')}/restore")


@snapshot.command()
@click.argument("name")
@commanding
def remove(control: Control, *, name: str) -> Json:
    """Forget the snapshot NAME."""
    return control.ask("DELETE", f"{_SNAPSHOTS}/{quote(name, safe='')}")
