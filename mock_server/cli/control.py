"""How a command asks a server that runs: by its control API, for one world."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any

import click
import urllib3
from urllib3.exceptions import HTTPError, LocationParseError

Json = dict[str, Any]

_URL = "http://127.0.0.1:8080"
# A clock that goes a year forward takes some seconds.
_TIMEOUT = urllib3.Timeout(connect=5, read=300)
MOST_IN_A_PAGE = 250  # The control API gives no larger page.
_CONTROL_TOKEN = "x-mock-control-token"  # noqa: S105 - the name of a header


@dataclass(frozen=True)
class Control:
    """The control API of the server at a URL, for the world that a credential names."""

    url: str
    token: str
    control_token: str | None = None

    def ask(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Json:
        """Return the answer to a call; raises `ClickException`, with the reason, without one."""
        try:
            answer = urllib3.request(
                method,
                f"{self.url.rstrip('/')}{path}",
                json=body,
                headers=self._headers(),
                retries=False,
                timeout=_TIMEOUT,
            )
        except (HTTPError, LocationParseError):
            raise click.ClickException(self._unreached()) from None
        return self._read(answer.status, answer.data)

    def every(self, path: str) -> Json:
        """Return what is on all pages of a list, as one page."""
        found: list[Any] = []
        total = 1
        while len(found) < total:
            page = self.ask("GET", f"{path}?limit={MOST_IN_A_PAGE}&offset={len(found)}")
            found, total = [*found, *page["results"]], page["total"]
            if not page["results"]:
                break  # Some were removed meanwhile.
        return {"total": len(found), "results": found}

    def _headers(self) -> dict[str, str]:
        headers = {"x-api-key": self.token, "Content-Type": "application/json"}
        return headers | ({_CONTROL_TOKEN: self.control_token} if self.control_token else {})

    def _unreached(self) -> str:
        return f"nothing answers at {self.url}; start it with mock-server serve, or give its --url"

    def _read(self, status: int, content: bytes) -> Json:
        try:
            found = json.loads(content)
        except ValueError:
            found = None
        if not isinstance(found, dict):
            raise click.ClickException(
                f"{self.url} is no mock-server: its answer is no JSON object"
            )
        if status >= 400:
            raise click.ClickException(str(found.get("error", found)))
        return found


def as_json_option(told: str) -> Callable[..., Any]:
    """Return the option that chooses JSON; `told` says what is printed then."""
    return click.option("--json", "as_json", is_flag=True, help=told)


def reaching(command: Callable[..., None]) -> Callable[..., None]:
    """Let a command take what finds the server and its world, and give it both as one."""

    @wraps(command)
    def asking(
        *, url: str, world: str | None, token: str | None, control_token: str | None, **given: Any
    ) -> None:
        credential = f"sandbox_{world}" if world else token or "sandbox_default"
        command(Control(url, credential, control_token), **given)

    for option in reversed(_OPTIONS):
        asking = option(asking)
    return asking


def commanding(command: Callable[..., Json]) -> Callable[..., None]:
    """Let a command take what finds the server and its world, and print what it returns."""

    @as_json_option("Print the answer as one JSON line.")
    @wraps(command)
    def printing(control: Control, *, as_json: bool, **given: Any) -> None:
        told = command(control, **given)
        click.echo(json.dumps(told) if as_json else as_text(told))

    return reaching(printing)


_OPTIONS = (
    click.option(
        "--url",
        envvar="MOCK_SERVER_URL",
        default=_URL,
        show_default=True,
        show_envvar=True,
        help="Address of the server.",
    ),
    click.option("--world", metavar="NAME", help="World to command; without it that of --token."),
    click.option(
        "--token",
        envvar="MOCK_SERVER_TOKEN",
        show_envvar=True,
        help="Credential that names the world; without it the world `default`.",
    ),
    click.option(
        "--control-token",
        envvar="MOCK_SERVER_CONTROL_TOKEN",
        show_envvar=True,
        help="Token that the control API demands, if it does.",
    ),
)


def as_text(told: Json) -> str:
    """Return an answer for people: a line for each value, and a block for each result."""
    if "results" in told:
        return "\n\n".join(map(_lines, told["results"])) or "none"
    return _lines(told)


def _lines(record: Json) -> str:
    width = max(map(len, record), default=0)
    return "\n".join(f"{name:<{width}}  {_shown(value)}" for name, value in record.items())


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
