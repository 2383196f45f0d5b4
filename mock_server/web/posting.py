"""One attempt to send a webhook: from a URL, headers and a body to what became of them."""

import importlib
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cached_property
from http.client import HTTPException
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, quote

from mock_server.engine.messages import DELIVERY_HEADER, AttemptResult
from mock_server.version import VERSION
from mock_server.web import loops, own_receiver
from mock_server.web.addresses import Address
from mock_server.web.attempt_errors import is_timeout, port_of, sentence
from mock_server.web.targets import Blocked, Targets, parts_of

if TYPE_CHECKING:
    from urllib3.connection import HTTPConnection
    from urllib3.response import HTTPResponse

MOST_BYTES = 4096  # So much of a reply is read, and kept as text.

# How a message is framed follows from its URL and body, whatever its headers say.
_FRAMING = frozenset({"connection", "content-length", "host", "transfer-encoding"})
_AGENT = f"mock-server/{VERSION}"
_READY = "%/?:@!$&'()*+,;=[]"  # What a path and query may hold as they stand (RFC 3986).
_REDIRECTED = {3: "a redirect is not followed, and is no success"}

_loading = threading.Lock()


@dataclass(frozen=True)
class _Request:
    """What is sent, and until which reading of the machine's monotonic clock it may take."""

    parts: SplitResult
    headers: Mapping[str, str]
    body: bytes
    deadline: float

    @property
    def seconds_left(self) -> float:
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


class Posting:
    """How webhooks are sent: to addresses that were checked, once, and within a time limit.

    No proxy is used, no redirect followed and nothing tried again. Certificates are checked
    against the machine's own authorities; `SSL_CERT_FILE` names others, as OpenSSL documents.
    """

    def __init__(self, targets: Targets, timeout_seconds: float) -> None:
        """Send to these targets, waiting so long for a whole reply; a look-up may take longer."""
        self._targets = targets
        self.timeout_seconds = timeout_seconds

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> AttemptResult:
        """Send the body and return what became of it; whatever the network does, nothing raises."""
        if own_receiver.takes(url):
            return own_receiver.TAKEN
        _load_urllib3()
        started = time.monotonic()
        try:
            result = self._posted(url, headers, body)
        except Blocked as why:
            result = AttemptResult(error=str(why), is_blocked=True)
        milliseconds = (time.monotonic() - started) * 1000
        return replace(result, milliseconds=round(milliseconds, 1))

    def _posted(self, url: str, headers: Mapping[str, str], body: bytes) -> AttemptResult:
        from urllib3.exceptions import HTTPError

        parts = parts_of(url)
        try:
            addresses = self._targets.addresses(url)
        except OSError:
            return AttemptResult(error=f"the name {parts.hostname} cannot be looked up")
        request = _Request(parts, headers, body, time.monotonic() + self.timeout_seconds)
        try:
            return self._exchange(request, addresses)
        except (OSError, HTTPException, HTTPError, ValueError) as failure:
            is_late = time.monotonic() >= request.deadline or is_timeout(failure)
            limit = f"no answer within {self.timeout_seconds:g} seconds"
            return AttemptResult(error=limit if is_late else sentence(failure, parts))

    def _exchange(self, request: _Request, addresses: Sequence[Address]) -> AttemptResult:
        connection = self._connected(request, addresses)
        try:
            with _cut_off(connection, request.seconds_left):
                return _answered(connection, request)
        finally:
            connection.close()

    def _connected(self, request: _Request, addresses: Sequence[Address]) -> "HTTPConnection":
        """Connect to the first address that lets us, sharing the time fairly among them."""
        from urllib3.exceptions import ConnectTimeoutError

        for left, address in zip(range(len(addresses), 0, -1), addresses, strict=True):
            connection = self._connection(request, address, request.seconds_left / left)
            try:
                connection.connect()
                return connection
            except ConnectTimeoutError:
                # What was refused is of this kind too, and here nothing has been sent yet.
                connection.close()
                if left == 1:
                    raise
            except BaseException:
                connection.close()
                raise
        raise OSError("there is no address")

    def _connection(self, request: _Request, address: Address, seconds: float) -> "HTTPConnection":
        from urllib3.connection import HTTPConnection, HTTPSConnection

        parts = request.parts
        if parts.scheme == "http":
            return HTTPConnection(str(address), port_of(parts), timeout=seconds)
        return HTTPSConnection(
            str(address),
            port_of(parts),
            timeout=seconds,
            # The certificate is for the name in the URL, not for the address behind it.
            server_hostname=(parts.hostname or "").removesuffix("."),
            ssl_context=self._trust,
        )

    @cached_property
    def _trust(self) -> ssl.SSLContext:
        return ssl.create_default_context()


def _load_urllib3() -> None:
    """Import urllib3 with the first webhook; threads that do so together meet half of it."""
    with _loading:
        importlib.import_module("urllib3.connection")


@contextmanager
def _cut_off(connection: "HTTPConnection", seconds: float) -> Iterator[None]:
    """End the connection when its time is over.

    A socket's own time limit begins anew with each byte, so a reply that trickles would never
    meet it.
    """
    timer = threading.Timer(seconds, _shut, [connection.sock])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _shut(open_socket: socket.socket) -> None:
    with suppress(OSError):
        # Asked of the plain socket, because TLS would first say goodbye and wait.
        socket.socket.shutdown(open_socket, socket.SHUT_RDWR)


def _answered(connection: "HTTPConnection", request: _Request) -> AttemptResult:
    """Send the request over an open connection and read the reply."""
    connection.timeout = request.seconds_left
    connection.request(
        "POST",
        _path(request.parts),
        body=request.body,
        headers=_headers(request),
        preload_content=False,
        decode_content=False,
    )
    response = connection.getresponse()
    content = _beginning(response)
    # A connection that was cut off looks like a reply that ended.
    _ = request.seconds_left
    is_loop = response.status == loops.STATUS and _repeats_delivery(request, response)
    return AttemptResult(
        status=response.status,
        headers=_kept(response.headers),
        text=content.decode("utf-8", "replace"),
        error=loops.EXPLANATION if is_loop else _REDIRECTED.get(response.status // 100),
        is_blocked=is_loop,
    )


def _repeats_delivery(request: _Request, response: "HTTPResponse") -> bool:
    """Say whether the reply tells by its header that it comes from a sandbox."""
    sent = request.headers.get(DELIVERY_HEADER)
    return sent is not None and response.headers.get(DELIVERY_HEADER) == sent


def _beginning(response: "HTTPResponse") -> bytes:
    content = b""
    # Only the read after the last one finds out that a reply is shorter than it said.
    while len(content) < MOST_BYTES and (more := response.read(MOST_BYTES - len(content))):
        content += more
    return content


def _kept(headers: Mapping[str, str]) -> dict[str, str]:
    """Return the first headers of a reply, cut: every attempt keeps them, and there may be MB."""
    kept: dict[str, str] = {}
    room = MOST_BYTES
    for name, value in headers.items():
        kept[name[:room]] = value[: max(room - len(name), 0)]
        room -= len(name) + len(value)
        if room <= 0:
            break
    return kept


def _path(parts: SplitResult) -> str:
    query = f"?{parts.query}" if parts.query else ""
    return quote(f"{parts.path or '/'}{query}", safe=_READY)


def _headers(request: _Request) -> dict[str, str]:
    given = {name: value for name, value in request.headers.items() if name.lower() not in _FRAMING}
    agent = {} if "user-agent" in map(str.lower, given) else {"User-Agent": _AGENT}
    return {"Host": request.parts.netloc, **agent, **given}
