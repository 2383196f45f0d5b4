"""How calls of the standard library, `http.client` and so `urllib.request`, are sent."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from functools import wraps
from types import ModuleType
from typing import Any

from mock_server.testing.interception.patching import replaced
from mock_server.testing.interception.route import Route


@contextmanager
def patched(client: ModuleType, route: Route) -> Iterator[None]:
    """Connect by the route; urllib3 has connections of its own, which this leaves alone."""

    def make(original: Any) -> Any:
        @wraps(original)
        def connect(line: Any) -> None:
            if not route.takes(_host(line)):
                original(line)
                return
            line.sock = socket.create_connection((route.address, route.port), line.timeout)
            # The sandbox is no proxy: the call goes to it directly.
            line._tunnel_host = None  # noqa: SLF001 - there is no public way to leave a tunnel out

        return connect

    def make_header(original: Any) -> Any:
        @wraps(original)
        def putheader(line: Any, header: Any, *values: Any) -> None:
            if route.is_vendor(_host(line)) and isinstance(header, str):
                values = tuple(route.credential(header, each) for each in values)
            original(line, header, *values)

        return putheader

    with (
        replaced(client.HTTPConnection, "connect", make),
        replaced(client.HTTPSConnection, "connect", make),
        replaced(client.HTTPConnection, "putheader", make_header),
    ):
        yield


def _host(line: Any) -> str:
    return str(getattr(line, "_tunnel_host", None) or line.host)
