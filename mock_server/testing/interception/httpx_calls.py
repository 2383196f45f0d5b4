"""How calls of httpx, and of its successor httpx2, are sent to the sandbox."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from types import ModuleType
from typing import Any
from weakref import WeakKeyDictionary

from mock_server.testing.interception.patching import replaced
from mock_server.testing.interception.route import Route


@contextmanager
def patched(httpx: ModuleType, route: Route) -> Iterator[None]:
    """Send the calls of every transport that would reach the network by the route."""
    rerouting = _Rerouting(httpx, route)
    with (
        replaced(httpx.HTTPTransport, "handle_request", rerouting.handling),
        replaced(httpx.AsyncHTTPTransport, "handle_async_request", rerouting.handling_async),
        replaced(httpx.HTTPTransport, "close", rerouting.closing),
        replaced(httpx.HTTPTransport, "__exit__", rerouting.closing),
        replaced(httpx.AsyncHTTPTransport, "aclose", rerouting.closing_async),
        replaced(httpx.AsyncHTTPTransport, "__aexit__", rerouting.closing_async),
    ):
        yield


class _Rerouting:
    """What takes the place of the methods of transports.

    Each transport gets a stand-in of its own, which connects to the sandbox: an asynchronous one
    belongs to an event loop, and the limits of one client are none of another's.
    """

    def __init__(self, httpx: ModuleType, route: Route) -> None:
        self._httpx = httpx
        self._route = route
        self._stand_ins: WeakKeyDictionary[Any, Any] = WeakKeyDictionary()

    def handling(self, original: Any) -> Any:
        @wraps(original)
        def handle_request(transport: Any, request: Any) -> Any:
            if not self._route.takes(request.url.host):
                return original(transport, request)
            stand_in = self._stand_in(transport, self._httpx.HTTPTransport)
            return original(stand_in, self._sent(request))

        return handle_request

    def handling_async(self, original: Any) -> Any:
        @wraps(original)
        async def handle_async_request(transport: Any, request: Any) -> Any:
            if not self._route.takes(request.url.host):
                return await original(transport, request)
            stand_in = self._stand_in(transport, self._httpx.AsyncHTTPTransport)
            return await original(stand_in, self._sent(request))

        return handle_async_request

    def closing(self, original: Any) -> Any:
        @wraps(original)
        def close(transport: Any, *given: Any) -> Any:
            if transport in self._stand_ins:
                self._stand_ins.pop(transport).close()
            return original(transport, *given)

        return close

    def closing_async(self, original: Any) -> Any:
        @wraps(original)
        async def aclose(transport: Any, *given: Any) -> Any:
            if transport in self._stand_ins:
                await self._stand_ins.pop(transport).aclose()
            return await original(transport, *given)

        return aclose

    def _stand_in(self, transport: Any, kind: Callable[..., Any]) -> Any:
        if transport not in self._stand_ins:
            # Without verification no certificates are loaded; this connection has none.
            self._stand_ins[transport] = kind(verify=False)
        return self._stand_ins[transport]

    def _sent(self, request: Any) -> Any:
        """Return the request as the sandbox gets it; the caller keeps the one that it made."""
        route, host = self._route, request.url.host
        return self._httpx.Request(
            request.method,
            request.url.copy_with(scheme="http", host=route.address, port=route.port),
            headers=route.headers(dict(request.headers), host),
            stream=request.stream,
            extensions=request.extensions,
        )
