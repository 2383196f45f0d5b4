"""The commands about the property systems behind Propexo."""

from urllib.parse import quote

import click

from mock_server.cli.control import Control, Json, commanding


@click.group()
def pms() -> None:
    """Do what somebody does in a PMS itself."""


@pms.command()
@click.argument("integration_id")
@click.argument("lead_id")
@click.argument("stage")
@click.option("--unit", "unit_id", metavar="ID", help="Available unit that the lead takes.")
@commanding
def advance(
    control: Control, *, integration_id: str, lead_id: str, stage: str, unit_id: str | None
) -> Json:
    """Let a lead go on to STAGE: toured, applied, approved, leased or moved_in.

    The next sync tells Propexo.
    """
    path = f"/sandbox/pms/{quote(integration_id, safe='')}/leads/{quote(lead_id, safe='')}/advance"
    unit = {} if unit_id is None else {"unit_id": unit_id}
    return control.ask("POST", path, {"to": stage, **unit})
