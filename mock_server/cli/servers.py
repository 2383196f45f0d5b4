"""The commands that serve until they are stopped: the sandbox, and a receiver of webhooks."""

from collections.abc import Callable
from dataclasses import fields
from typing import Any

import click

from mock_server import settings as setting
from mock_server.settings import SettingError, Settings


def with_settings(*but: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return what adds an option for every setting to a command, except for those named."""

    def add(command: Callable[..., None]) -> Callable[..., None]:
        for each in reversed(fields(Settings)):
            if each.name not in but:
                command = _option(each)(command)
        return command

    return add


def loaded(**given: Any) -> Settings:
    """Return the settings of these options; raises a usage error for one that cannot be used."""
    try:
        return setting.load(**given)
    except SettingError as error:
        raise click.UsageError(str(error)) from None


def _option(each: Any) -> Callable[..., Any]:
    flag, is_switch = each.name.replace("_", "-"), isinstance(each.default, bool)
    shown = "none" if each.default is None else each.default
    described = f"{each.metadata['help']}  [{setting.variable(each.name)}; default: {shown}]"
    if is_switch:
        return click.option(f"--{flag}/--no-{flag}", each.name, default=None, help=described)
    kind = str if each.default is None else type(each.default)
    return click.option(f"--{flag}", each.name, type=kind, default=None, help=described)


@click.command()
@with_settings()
@click.option("--json", "as_json", is_flag=True, help="Print the address as one JSON line.")
def serve(as_json: bool, **given: Any) -> None:  # noqa: FBT001 - click passes options so
    """Serve both APIs until Ctrl-C."""
    settings = loaded(**given)
    from mock_server.serving import serve as serve_both

    serve_both(settings, as_json=as_json)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to bind.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8090,
    show_default=True,
    help="Port to bind; 0 picks a free one.",
)
@click.option(
    "--secret",
    "secrets",
    multiple=True,
    help="Secret of the webhook. Repeat it for several secrets; one must match. With a secret, a "
    "wrong or missing signature gets a 401; without one, signatures are not checked.",
)
@click.option(
    "--forward-to", metavar="URL", help="Forward deliveries to this URL and return its response."
)
@click.option(
    "--fail",
    type=click.IntRange(min=0),
    default=0,
    show_default=True,
    metavar="N",
    help="Answer the first N deliveries with --status, to see the retries.",
)
@click.option(
    "--status",
    type=click.IntRange(300, 599),
    default=500,
    show_default=True,
    help="Status that --fail answers with.",
)
@click.option("--json", "as_json", is_flag=True, help="Print each delivery as one JSON line.")
def listen(host: str, port: int, as_json: bool, **wanted: Any) -> None:  # noqa: FBT001 - click passes options so
    """Receive webhooks and print each delivery, until Ctrl-C."""
    from mock_server.receiving import listening
    from mock_server.receiving.reception import Reception

    try:
        reception = Reception(**wanted)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    listening.listen(reception, host, port, as_json=as_json)
