"""How calls of urllib3, and so of requests, are sent to the sandbox."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import wraps
from types import ModuleType
from typing import Any

from mock_server.testing.interception.patching import replaced
from mock_server.testing.interception.route import Route


@contextmanager
def patched(urllib3: ModuleType, route: Route) -> Iterator[None]:
    """Send every pool's calls by the route.

    Retries, redirects and time-outs stay urllib3's own: the call goes through a pool of the
    sandbox with all that it was given.
    """
    local = urllib3.HTTPConnectionPool(route.address, route.port, maxsize=16)

    def make(original: Any) -> Any:
        @wraps(original)
        def urlopen(pool: Any, method: str, url: str, *given: Any, **named: Any) -> Any:
            parts = urllib3.util.parse_url(url)
            # Through a plain proxy the URL is whole and the pool is the proxy's.
            host = parts.host or pool.host
            if pool is local or not route.takes(host):
                return original(pool, method, url, *given, **named)
            body, headers, rest = _unpacked(given, named)
            sent = route.headers(headers or pool.headers or {}, host)
            return original(local, method, parts.request_uri, body, sent, *rest, **named)

        return urlopen

    try:
        with replaced(urllib3.HTTPConnectionPool, "urlopen", make):
            yield
    finally:
        local.close()


def _unpacked(given: tuple[Any, ...], named: dict[str, Any]) -> tuple[Any, Any, tuple[Any, ...]]:
    """Return the body and headers of a call, however they were passed, and what comes after."""
    body = given[0] if given else named.pop("body", None)
    headers = given[1] if len(given) > 1 else named.pop("headers", None)
    # Where redirects are followed inside the pool, they lead to the real host's name.
    named["assert_same_host"] = False
    return body, headers, given[2:]
