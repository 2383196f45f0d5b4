"""The command that lists what worlds can begin with."""

import click

from mock_server.cli.control import Control, Json, commanding


@click.command()
@commanding
def scenarios(control: Control) -> Json:
    """List the scenarios that a world can begin with."""
    return control.every("/__admin/scenarios")
