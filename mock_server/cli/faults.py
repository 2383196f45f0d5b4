"""The commands about calls that go wrong on purpose."""

from typing import Any
from urllib.parse import quote

import click

from mock_server.cli.control import Control, Json, commanding

_FAULTS = "/__admin/faults"
_MATCHING = (
    click.option("--operation", metavar="KEY", help='Only calls of this one: "GET /v1/leads/".'),
    click.option("--api", metavar="NAME", help="Only calls of this vendor: propexo, leadpro."),
    click.option("--method", help="Only calls with this method."),
    click.option("--path", metavar="PATTERN", help="Only calls of such a path: /v1/leads/*."),
    click.option("--integration-id", metavar="ID", help="Only calls about this integration."),
    click.option("--pms", metavar="NAME", help="Only calls about this PMS: ENTRATA."),
    click.option("--label", "credential", help="Only calls with a credential of this label."),
    click.option("--chance", type=float, help="How likely it strikes a call, up to 1."),
    click.option("--times", type=int, help="How many calls it strikes; without it all."),
    click.option("--after", type=int, help="How many calls it lets pass first."),
)
_EFFECTS = (
    click.option("--status", type=int, help="With status: the status that is answered."),
    click.option("--message", help="With status: what the error says."),
    click.option("--seconds", type=float, help="With latency, hang, drip: how long it takes."),
    click.option("--seconds-to", type=float, help="With latency: the longest one."),
    click.option("--spread", type=float, help="With latency: sigma of a log-normal one."),
    click.option("--share", type=float, help="With cut: which share of the body is sent."),
    click.option("--per-minute", type=int, help="With rate_limit: calls a minute."),
)


def _with_options(command: Any) -> Any:
    for option in reversed((*_MATCHING, *_EFFECTS)):
        command = option(command)
    return command


@click.group()
def fault() -> None:
    """Let calls go wrong on purpose."""


@fault.command()
@click.argument("effect")
@_with_options
@commanding
def add(control: Control, *, effect: str, **rule: Any) -> Json:
    """Let calls go wrong with EFFECT, by default all of them.

    EFFECT is status, latency, rate_limit, empty, hang, lost, cut, garble, drip or stale_page.
    """
    given = {name: value for name, value in rule.items() if value is not None}
    return control.ask("POST", _FAULTS, {"effect": effect, **given})


@fault.command("list")
@commanding
def list_(control: Control) -> Json:
    """List the faults, and how many calls each has struck."""
    return control.every(_FAULTS)


@fault.command()
@click.argument("fault_id", required=False)
@commanding
def clear(control: Control, *, fault_id: str | None) -> Json:
    """Remove one fault, or all of them."""
    named = f"{_FAULTS}/{quote(fault_id, safe='')}" if fault_id else _FAULTS
    return control.ask("DELETE", named)
