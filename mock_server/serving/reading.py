"""Bytes of one connection as requests, by httptools."""

from collections import deque
from collections.abc import Callable

import httptools

from mock_server.engine.refusals import HeadTooLarge, Refusal
from mock_server.serving import environ as environs
from mock_server.serving.environ import Environ
from mock_server.serving.request import Bounds, Request

_MOST_HEAD_BYTES = 256 * 1024


class Unreadable(Exception):
    """Bytes that are no request, and after which no other can be found; `refusal` says why."""

    def __init__(self, refusal: Refusal) -> None:
        """Carry what the caller is told."""
        super().__init__(refusal.message)
        self.refusal = refusal


class RequestReader:
    """What reads the requests of one connection, one after the other."""

    def __init__(self, bounds: Bounds, basis: Environ, on_consent: Callable[[], None]) -> None:
        """Make each request from this environment.

        `whole` holds the requests that have arrived and are not served yet, and `arriving` the
        one that is under way. `on_consent` is called when a client waits to be told to go on.
        """
        self._bounds = bounds
        self._basis = basis
        self._on_consent = on_consent
        self._head_bytes = 0
        self._parser = httptools.HttpRequestParser(self)
        # What comes after the last request of a connection is nobody's, and not worth an error.
        self._parser.set_dangerous_leniencies(lenient_data_after_close=True)
        self.whole: deque[Request] = deque()
        self.arriving: Request | None = None

    def feed(self, received: bytes) -> None:
        """Read what has been received; raises `Unreadable` where it is not HTTP."""
        if self.arriving is None:
            self._head_bytes = 0
            if not received.isascii():
                received = environs.escaped(received)
        try:
            self._parser.feed_data(received)
        except httptools.HttpParserUpgrade as ending:
            # Java's client, for one, offers HTTP/2 with every call; we stay with HTTP/1.1.
            if rest := received[ending.args[0] :]:
                self.feed(rest)
        except httptools.HttpParserError as error:
            request = self._arriving()
            raise Unreadable(request.unreadable(str(error))) from None
        self._check_head(len(received))

    def give_up(self, refusal: Refusal) -> None:
        """Let the request under way be refused, and read no other."""
        request = self._arriving()
        request.drop()
        request.refusal = refusal
        request.keeps_alive = False
        self.arriving = None
        self.whole.append(request)

    def close(self) -> None:
        """Read nothing more."""
        if self.arriving is not None:
            self.arriving.drop()
        # The parser and this object hold each other, and would wait for the garbage collector.
        del self._parser

    def _check_head(self, length: int) -> None:
        if self.arriving is not None and not self.arriving.has_head:
            self._head_bytes += length
            if self._head_bytes > _MOST_HEAD_BYTES:
                told = f"the request's head is larger than {_MOST_HEAD_BYTES:,} bytes"
                raise Unreadable(HeadTooLarge(told))

    def _arriving(self) -> Request:
        if self.arriving is None:
            self.arriving = Request(self._bounds, self._basis.copy())
        return self.arriving

    # From here on: what httptools calls.

    def on_message_begin(self) -> None:
        self.arriving = Request(self._bounds, self._basis.copy())

    def on_url(self, part: bytes) -> None:
        self._arriving().target += part

    def on_header(self, name: bytes, value: bytes) -> None:
        environs.add_header(self._arriving().environ, name, value)

    def on_headers_complete(self) -> None:
        request = self._arriving()
        request.has_head = True
        environ = request.environ
        environ["REQUEST_METHOD"] = self._parser.get_method().decode("latin-1")
        environ["SERVER_PROTOCOL"] = f"HTTP/{self._parser.get_http_version()}"
        environs.set_target(environ, request.target)
        request.keeps_alive = self._parser.should_keep_alive()
        if "CONTENT_LENGTH" in environ:
            request.check_length()
        if request.refusal is None and request.wants_to_be_asked:
            self._on_consent()

    def on_body(self, part: bytes) -> None:
        self._arriving().add(part)

    def on_message_complete(self) -> None:
        request = self._arriving()
        request.is_whole = True
        environs.set_body(request.environ, request.body)
        request.drop()
        self.whole.append(request)
        self.arriving = None
