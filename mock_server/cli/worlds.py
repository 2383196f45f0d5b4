"""The commands about whole worlds."""

import click

from mock_server.cli.control import Control, Json, commanding


@click.command()
@click.option("--all", "is_for_all", is_flag=True, help="Reset all worlds.")
@commanding
def reset(control: Control, *, is_for_all: bool) -> Json:
    """Bring a world back to its seeded state."""
    return control.ask("POST", f"/__admin/reset{'?all=true' if is_for_all else ''}")
