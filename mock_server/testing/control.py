"""How a test commands the sandbox: calls of the control API, in this process."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from flask.testing import FlaskClient

from mock_server.testing.server import MockServer
from mock_server.web import control_token

Json = dict[str, Any]

MOST_IN_A_PAGE = 250  # The control API gives no larger page.


class SandboxError(RuntimeError):
    """What the sandbox refused to do; the message is its own."""


class Control:
    """The control API of a server, for one world."""

    def __init__(self, server: MockServer, headers: Mapping[str, str]) -> None:
        """Call the server with these headers, which name the world."""
        self._server = server
        token = server.settings.control_token
        self._headers = {**headers, **({control_token.HEADER: token} if token else {})}

    def ask(self, method: str, path: str, body: Json | None = None) -> Json:
        """Return the answer to a call; raises `SandboxError` where it is refused."""
        client = self._server.application.test_client(use_cookies=False)
        answer = client.open(path, method=method, json=body, headers=self._headers)
        found: Json = answer.get_json()
        if answer.status_code >= 400:
            raise SandboxError(f"{method} {path}: {found.get('error', found)}")
        return found

    def every(self, path: str, filters: Mapping[str, Any]) -> Iterator[Json]:
        """Yield what is on all pages of a list."""
        offset, total = 0, 1
        while offset < total:
            asked = urlencode({**filters, "offset": offset, "limit": MOST_IN_A_PAGE})
            page = self.ask("GET", f"{path}?{asked}")
            yield from page["results"]
            offset, total = offset + MOST_IN_A_PAGE, page["total"]


def client_of(server: MockServer, headers: Mapping[str, str]) -> FlaskClient:
    """Return a client whose every call carries these headers."""
    made = server.application.test_client()
    for name, text in headers.items():
        made.environ_base[f"HTTP_{name.upper().replace('-', '_')}"] = text
    return made
