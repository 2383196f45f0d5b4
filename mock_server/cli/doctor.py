"""The command that says what stands in the way of a sandbox on this machine."""

import json
import socket
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from mock_server import namesake
from mock_server.cli.control import Control
from mock_server.version import DISTRIBUTION, VERSION

if TYPE_CHECKING:
    from mock_server.settings import Settings


@dataclass(frozen=True)
class Finding:
    """What was looked at, whether it is well, and a sentence about it."""

    subject: str
    is_well: bool
    told: str


@click.command()
@click.option(
    "--url", envvar="MOCK_SERVER_URL", show_envvar=True, help="Look at the server at this address."
)
@click.option("--webhook", metavar="URL", help="Look whether the sandbox can send webhooks there.")
@click.option("--json", "as_json", is_flag=True, help="Print each finding as one JSON line.")
def doctor(url: str | None, webhook: str | None, as_json: bool) -> None:  # noqa: FBT001 - click passes options so
    """Say what stands in the way of a sandbox; ends with 1 if something does.

    It looks at the versions, the settings of the environment, the port, and what you name.
    """
    found = [*_findings(url, webhook)]
    for each in found:
        mark = "ok     " if each.is_well else "PROBLEM"
        click.echo(json.dumps(asdict(each)) if as_json else f"{mark} {each.subject}: {each.told}")
    sys.exit(0 if all(each.is_well for each in found) else 1)


def _findings(url: str | None, webhook: str | None) -> Iterator[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    yield Finding("version", is_well=True, told=f"{DISTRIBUTION} {VERSION}, Python {version}")
    clash = namesake.warning()
    yield Finding("package", clash is None, clash or "no other package has its name")
    from mock_server import settings as setting

    try:
        settings = setting.load()
    except setting.SettingError as error:
        yield Finding("settings", is_well=False, told=str(error))
        settings = setting.Settings()
    else:
        yield Finding("settings", is_well=True, told="the environment sets none that is unusable")
    yield _server(url) if url else _port(settings)
    if settings.db is not None:
        yield _folder(Path(settings.db))
    if webhook is not None:
        yield _webhook(webhook, settings)


def _server(url: str) -> Finding:
    try:
        health = Control(url, "sandbox_default").ask("GET", "/__admin/health")
    except click.ClickException as error:
        return Finding("server", is_well=False, told=error.message)
    return Finding("server", is_well=True, told=f"{url} answers, version {health['version']}")


def _port(settings: "Settings") -> Finding:
    address = f"{settings.host} port {settings.port}"
    try:
        socket.create_server((settings.host, settings.port)).close()
    except OSError as error:
        taken = f"{address}: {error.strerror}; serve --port 0 picks a free port"
        return Finding("port", is_well=False, told=taken)
    return Finding("port", is_well=True, told=f"{address} is free")


def _folder(db: Path) -> Finding:
    is_there = db.absolute().parent.is_dir()
    told = f"the folder of {db} {'is there' if is_there else 'does not exist'}"
    return Finding("database", is_there, told)


def _webhook(url: str, settings: "Settings") -> Finding:
    from mock_server.web.targets import Blocked, Targets

    try:
        Targets(settings.webhook_targets).addresses(url)
        parts = urlsplit(url)
        address = parts.hostname, parts.port or (443 if parts.scheme == "https" else 80)
        socket.create_connection(address, settings.webhook_seconds).close()
    except Blocked as error:
        return Finding("webhook", is_well=False, told=f"{url} is blocked: {error}")
    except OSError as error:
        return Finding("webhook", is_well=False, told=f"{url}: {error.strerror or error}")
    return Finding("webhook", is_well=True, told=f"{url} lets callers in")
