"""The `mock-server` command: thin over the settings, the application and its documentation."""

import sys
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import click

from mock_server import settings as setting
from mock_server.settings import SettingError, Settings
from mock_server.version import DISTRIBUTION


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name=DISTRIBUTION)
def main() -> None:
    """Serve an offline sandbox of the Propexo and LeadPro APIs."""


def _with_settings(command: Callable[..., None]) -> Callable[..., None]:
    """Add an option for every setting to a command."""
    for each in reversed(fields(Settings)):
        command = _option(each)(command)
    return command


def _option(each: Any) -> Callable[..., Any]:
    flag, is_switch = each.name.replace("_", "-"), isinstance(each.default, bool)
    shown = "none" if each.default is None else each.default
    described = f"{each.metadata['help']}  [{setting.variable(each.name)}; default: {shown}]"
    if is_switch:
        return click.option(f"--{flag}/--no-{flag}", each.name, default=None, help=described)
    kind = str if each.default is None else type(each.default)
    return click.option(f"--{flag}", each.name, type=kind, default=None, help=described)


@main.command()
@_with_settings
@click.option("--json", "as_json", is_flag=True, help="Print the address as one JSON line.")
def serve(as_json: bool, **given: Any) -> None:  # noqa: FBT001 - click passes options so
    """Serve both APIs until Ctrl-C."""
    try:
        settings = setting.load(**given)
    except SettingError as error:
        raise click.UsageError(str(error)) from None
    from mock_server.serving import serve as serve_both

    serve_both(settings, as_json=as_json)


@main.command()
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


@main.command()
@click.argument(
    "page", type=click.Path(dir_okay=False, path_type=Path), default=Path("docs/operations.md")
)
@click.option("--check", is_flag=True, help="Write nothing; fail if the page is out of date.")
def docs(page: Path, check: bool) -> None:  # noqa: FBT001 - click passes options so
    """Write the page that lists every operation."""
    from mock_server.app import every_api
    from mock_server.contract.operations_page import render

    text = render([api.catalogue for api in every_api()])
    if not check:
        try:
            page.write_text(text, encoding="utf-8")
        except OSError as error:
            sys.exit(f"mock-server: {page} cannot be written: {error.strerror}")
        return
    if not page.is_file() or page.read_text(encoding="utf-8") != text:
        click.echo(f"{page} is out of date: run make docs", err=True)
        sys.exit(1)
