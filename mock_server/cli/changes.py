"""The command that says what became of the vendors' records in a world."""

from urllib.parse import quote

import click

from mock_server.cli.control import Control, Json, commanding


@click.command()
@click.option("--since", metavar="SNAPSHOT", help="Compare with this snapshot of the world.")
@commanding
def changes(control: Control, *, since: str | None) -> Json:
    """Say what was made, changed and removed in a world since it began."""
    path = "changes" if since is None else f"snapshots/{quote(since, safe='')}/changes"
    return control.every(f"/__admin/{path}")
