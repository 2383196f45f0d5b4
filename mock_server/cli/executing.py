"""The command that runs another command beside a sandbox of its own."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from mock_server.cli.servers import loaded, with_settings

if TYPE_CHECKING:
    from mock_server.testing.sandbox import Sandbox

_NOT_FOUND, _NOT_RUNNABLE = 127, 126  # As shells say it.


@click.command("exec", context_settings={"ignore_unknown_options": False})
@with_settings("host", "port", "db")
@click.option("--world", default="exec", show_default=True, help="World that the tokens name.")
@click.option("--json", "as_json", is_flag=True, help="Print the variables as one JSON line first.")
@click.argument("command", nargs=-1, required=True, type=click.UNPROCESSED)
def exec_(command: tuple[str, ...], world: str, as_json: bool, **given: Any) -> None:  # noqa: FBT001 - click passes options so
    """Run COMMAND beside a sandbox at a free port, and end with its exit code.

    Write two dashes before it: mock-server exec -- pytest -n 4. COMMAND finds the sandbox in
    MOCK_SERVER_URL, PROPEXO_BASE_URL and LEADPRO_BASE_URL, and the token of its world in
    MOCK_SERVER_TOKEN, PROPEXO_TOKEN and LEADPRO_API_KEY.
    """
    settings = {name: value for name, value in given.items() if value is not None}
    loaded(**settings)
    from mock_server.testing.sandbox import Sandbox

    try:
        sandbox = Sandbox(world, **settings)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    with sandbox:
        told = variables(sandbox)
        if as_json:
            click.echo(json.dumps(told))
        sys.exit(_run(command, told))


def variables(sandbox: "Sandbox") -> dict[str, str]:
    """Return the environment variables that tell a command where the sandbox is, and its token."""
    return {
        "MOCK_SERVER_URL": sandbox.url,
        "PROPEXO_BASE_URL": sandbox.propexo_url,
        "LEADPRO_BASE_URL": sandbox.leadpro_url,
        "MOCK_SERVER_TOKEN": sandbox.token,
        "PROPEXO_TOKEN": sandbox.token,
        "LEADPRO_API_KEY": sandbox.token,
    }


def _run(command: Sequence[str], told: Mapping[str, str]) -> int:
    inherited = os.environ  # noqa: TID251 - handed on, never asked
    try:
        started = subprocess.Popen([*command], env={**inherited, **told})  # noqa: S603 - the user's own
    except FileNotFoundError:
        click.echo(f"mock-server: there is no command {command[0]!r}", err=True)
        return _NOT_FOUND
    except OSError as error:
        click.echo(f"mock-server: {command[0]} cannot be run: {error.strerror}", err=True)
        return _NOT_RUNNABLE
    with _passed_on(started):
        code = started.wait()
    # A command that a signal has ended has no code of its own; shells say 128 and the signal.
    return code if code >= 0 else 128 - code


@contextmanager
def _passed_on(started: "subprocess.Popen[bytes]") -> Iterator[None]:
    """Leave it to the command to end when it is told to, and pass on what only we were told."""
    # A terminal interrupts both processes at once.
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    ended = signal.signal(signal.SIGTERM, lambda *_: started.terminate())
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        signal.signal(signal.SIGTERM, ended)
