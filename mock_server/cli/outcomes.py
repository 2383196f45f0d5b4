"""The commands about how Propexo's writes end."""

from typing import Any

import click

from mock_server.cli.control import Control, Json, commanding

_OUTCOMES = "/sandbox/outcomes"
_ENDS = ("SUCCESS", "PARTIAL_SUCCESS", "FAILURE")


@click.group()
def outcome() -> None:
    """Decide how coming Propexo writes end."""


@outcome.command()
@click.argument("write_status", type=click.Choice(_ENDS, case_sensitive=False), default="FAILURE")
@click.option("--times", type=click.IntRange(min=1), help="How many writes; without it all.")
@click.option("--operation", metavar="KEY", help='Only writes by this one: "POST /v1/leads/".')
@click.option("--integration-id", metavar="ID", help="Only writes to this integration.")
@click.option("--after", metavar="SPAN", help="How long the write is pending: 10s.")
@click.option("--error", "errors", multiple=True, help="What the PMS says. Repeat it for more.")
@commanding
def add(control: Control, **order: Any) -> Json:
    """Let the next writes end with WRITE_STATUS, by default FAILURE."""
    given = {name: value for name, value in order.items() if value}
    return control.ask("POST", _OUTCOMES, given)


@outcome.command("list")
@commanding
def list_(control: Control) -> Json:
    """List the orders that are not used up."""
    return control.every(_OUTCOMES)


@outcome.command()
@click.argument("outcome_id", required=False)
@commanding
def clear(control: Control, *, outcome_id: str | None) -> Json:
    """Remove one order, or all of them."""
    return control.ask("DELETE", f"{_OUTCOMES}/{outcome_id}" if outcome_id else _OUTCOMES)
