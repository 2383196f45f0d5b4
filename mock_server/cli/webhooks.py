"""The command that sends an event to webhooks."""

from typing import Any

import click

from mock_server.cli.control import Control, Json, commanding


@click.command()
@click.argument("event")
@click.option("--record-id", metavar="ID", help="Record that the event is about.")
@click.option("--model", help="Model of the record: leads.")
@click.option("--integration-id", metavar="ID", help="Integration, for an event without a record.")
@click.option("--webhook-id", metavar="ID", help="Only to this webhook.")
@click.option("--api", metavar="NAME", help="Vendor whose event it is: propexo, leadpro.")
@commanding
def trigger(control: Control, **wanted: Any) -> Json:
    """Send EVENT (DATA_NEW, lead.created) to the webhooks of a world, without any change."""
    given = {name: value for name, value in wanted.items() if value}
    sent = control.ask("POST", "/sandbox/webhooks/fire", given)
    return {"results": sent["deliveries"]}
