"""How calls of aiohttp are sent to the sandbox."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from functools import wraps
from types import ModuleType
from typing import Any

from mock_server.testing.interception.patching import replaced
from mock_server.testing.interception.route import Route


@contextmanager
def patched(aiohttp: ModuleType, route: Route) -> Iterator[None]:
    """Connect every session's calls by the route; URLs, redirects and time-outs stay its own."""
    rerouting = _Rerouting(route)
    with (
        replaced(aiohttp.ClientRequest, "connection_key", rerouting.keyed),
        replaced(aiohttp.ClientRequest, "send", rerouting.sending),
        replaced(aiohttp.TCPConnector, "_create_connection", rerouting.connecting),
    ):
        yield


class _Rerouting:
    """What takes the place of the methods of requests and connectors."""

    def __init__(self, route: Route) -> None:
        self._route = route

    def keyed(self, original: Any) -> property:
        def connection_key(request: Any) -> Any:
            key = original.__get__(request)
            if not self._route.takes(request.url.host):
                return key
            # A connection to the sandbox must never be taken for one to the real host, or back.
            return key._replace(host=self._route.address, port=self._route.port, is_ssl=False)

        return property(connection_key)

    def connecting(self, original: Any) -> Any:
        @wraps(original)
        async def _create_connection(connector: Any, request: Any, *given: Any) -> Any:
            if not self._route.takes(request.url.host):
                return await original(connector, request, *given)
            loop = asyncio.get_running_loop()
            # A connector has no public way to make a protocol.
            factory = connector._factory  # noqa: SLF001
            made = await loop.create_connection(factory, self._route.address, self._route.port)
            return made[1]

        return _create_connection

    def sending(self, original: Any) -> Any:
        @wraps(original)
        async def send(request: Any, *given: Any) -> Any:
            if self._route.takes(request.url.host):
                for name in set(request.headers):
                    request.headers[name] = self._route.credential(name, request.headers[name])
            return await original(request, *given)

        return send
