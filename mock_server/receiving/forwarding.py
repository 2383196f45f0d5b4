"""How a delivery is passed on to the program that it is meant for."""

from collections.abc import Iterable

import urllib3
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    NameResolutionError,
    NewConnectionError,
    ReadTimeoutError,
    SSLError,
)
from urllib3.util import Url

from mock_server.receiving.delivery import Answer, own_answer
from mock_server.receiving.reception import shown

SECONDS = 30

# They belong to one connection, or are made anew for the next.
_NOT_PASSED_ON = frozenset(
    {
        "connection",
        "content-length",
        "date",
        "expect",
        "host",
        "keep-alive",
        "proxy-authenticate",
        "proxy-authorization",
        "proxy-connection",
        "server",
        "trailer",
        "transfer-encoding",
        "upgrade",
    }
)

# The first that fits is told. To urllib3 a connection that was refused is also one that came too
# late, and a name that is not known is also a connection that was refused.
_REASONS: tuple[tuple[type[HTTPError], str], ...] = (
    (NameResolutionError, "no machine of that name is known"),
    (NewConnectionError, "nothing listens there"),
    (ConnectTimeoutError, f"it let nobody in within {SECONDS} seconds"),
    (ReadTimeoutError, f"it did not answer within {SECONDS} seconds"),
    (SSLError, "no secure connection could be agreed on"),
    (HTTPError, "the connection broke off before it had answered"),
)


class Forwarding:
    """A way to one program that is to get every delivery, just as it came."""

    def __init__(self, target: Url) -> None:
        """Pass deliveries on to this address, whatever path they came to."""
        self._target = target
        self._pool = urllib3.PoolManager(
            maxsize=16, retries=False, timeout=urllib3.Timeout(total=SECONDS)
        )

    def answer(self, headers: Iterable[tuple[str, str]], body: bytes) -> Answer:
        """Return what the program answered, unchanged; 502 where it could not be asked."""
        try:
            found = self._pool.request(
                "POST",
                self._target.url,
                body=body,
                headers=dict(_passed_on(headers)),
                decode_content=False,
            )
        except HTTPError as error:
            return self._unreached(error)
        note = f"answered by {shown(self._target)}"
        return Answer(found.status, found.data, _passed_on(found.headers.items()), note)

    def _unreached(self, error: HTTPError) -> Answer:
        reason = next(text for kind, text in _REASONS if isinstance(error, kind))
        note = f"{shown(self._target)} could not be asked: {reason}"
        return own_answer({"error": note}, 502, note)


def _passed_on(headers: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(each for each in headers if each[0].lower() not in _NOT_PASSED_ON)
