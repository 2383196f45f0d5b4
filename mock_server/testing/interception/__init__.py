"""How calls to the vendors' real hosts are answered by a sandbox in this process."""

import importlib.util
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib import import_module

from mock_server.testing.interception.route import CallRefused, Route

__all__ = ["CallRefused", "Route", "redirected"]

# Each module patches the transport of one client, where that client is installed.
_CLIENTS = {
    "http.client": "stdlib_calls",
    "urllib3": "urllib3_calls",
    "httpx": "httpx_calls",
    "httpx2": "httpx_calls",
    "aiohttp": "aiohttp_calls",
}


@contextmanager
def redirected(route: Route) -> Iterator[None]:
    """Send the calls of every installed HTTP client by the route, until the block ends."""
    with ExitStack() as patches:
        for client, module in _CLIENTS.items():
            if importlib.util.find_spec(client) is not None:
                patching = import_module(f"{__name__}.{module}")
                patches.enter_context(patching.patched(import_module(client), route))
        yield
