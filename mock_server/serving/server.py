"""The server: one thread that reads, serves and answers, with every other kept from waiting."""

import asyncio
import logging
import socket
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from email.utils import formatdate
from typing import Any

from mock_server.serving import environ as environs
from mock_server.serving.connection import Connection
from mock_server.serving.environ import Environ
from mock_server.serving.replying import Answer, answer
from mock_server.serving.request import Bounds, Request
from mock_server.serving.waiting import WaitingCalls
from mock_server.web.turnstile import MustWait

_BACKLOG = 1_024
_LOOK_SECONDS = 0.5
_ENDING_SECONDS = 0.2
_PAUSE_SECONDS = 0.005
_FAULT = Answer(
    b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
)

_log = logging.getLogger(__name__)


class Server:
    """What serves an application at a socket, to so many connections at once.

    The application is called on the thread that also reads and writes, with nothing but whole
    requests: two threads that take turns would hand the interpreter over with every call.
    """

    def __init__(self, application: Any, bounds: Bounds, most_connections: int) -> None:
        """Serve this application, which raises `MustWait` where it has to wait."""
        self._application = application
        self._most = most_connections
        self._loop = asyncio.new_event_loop()
        self._connections: set[Connection] = set()
        self._line: deque[Connection] = deque()
        self._basis: Environ = {}
        self._date = ""
        self.bounds = bounds
        self.waiting = WaitingCalls(self.soon)
        self.now = self._loop.time
        self.later = self._loop.call_later

    def run(self, listener: socket.socket, on_ready: Callable[[], None]) -> None:
        """Serve at a bound socket until `stop` is called."""
        host, port = listener.getsockname()[:2]
        self._basis = environs.basis(host, port)
        self._look()
        serving = self._loop.create_server(
            lambda: Connection(self), sock=listener, backlog=_BACKLOG
        )
        try:
            accepting = self._loop.run_until_complete(serving)
        except RuntimeError:  # It was told to stop before it began.
            return
        self._loop.call_soon(on_ready)
        self._loop.run_forever()
        accepting.close()
        self._hang_up()

    def _hang_up(self) -> None:
        """Close every connection, as soon as what it was sent is on its way."""
        ends_at = self.now() + _ENDING_SECONDS
        self._pause()  # Whoever has just been let in is a connection by then.
        for each in [*self._connections]:
            each.close()
        while self._connections and self.now() < ends_at:
            self._pause()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._pause()
        self._loop.close()

    def _pause(self) -> None:
        self._loop.run_until_complete(asyncio.sleep(_PAUSE_SECONDS))

    def stop(self) -> None:
        """Stop serving; any thread may call this."""
        with suppress(RuntimeError):  # The loop has ended already.
            self._loop.call_soon_threadsafe(self._loop.stop)

    def soon(self, step: Callable[..., object], *given: Any) -> None:
        """Take a step on the server's own thread; any thread may call this."""
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(step, *given)

    def answer(self, request: Request) -> Answer:
        """Return the application's answer; raises `MustWait` where it is to be asked elsewhere."""
        try:
            ends = not request.keeps_alive
            return answer(self._application, request.environ, date=self._date, ends=ends)
        except MustWait:
            raise
        except Exception:  # noqa: BLE001 - whatever goes wrong, the others are served on
            _log.exception("%s could not be answered", request.environ["PATH_INFO"])
            request.keeps_alive = False
            return _FAULT

    def basis(self, peer: tuple[Any, ...]) -> Environ:
        """Return what all requests of a client have in common."""
        return {**self._basis, "REMOTE_ADDR": str(peer[0]), "REMOTE_PORT": str(peer[1])}

    def let_in(self, connection: Connection) -> None:
        """Keep a connection; where there are too many, the one that was to end first goes."""
        self._connections.add(connection)
        if len(self._connections) > self._most:
            silent = (each for each in self._connections if each.deadline is not None)
            min(silent, key=lambda each: each.deadline or 0.0).expire()

    def line_up(self, connection: Connection) -> None:
        """Let a connection go on soon; between two that do, all are read from."""
        self._line.append(connection)
        if len(self._line) == 1:
            self._loop.call_soon(self._let_next_go_on)

    def _let_next_go_on(self) -> None:
        connection = self._line.popleft()
        if self._line:
            self._loop.call_soon(self._let_next_go_on)
        connection.go_on()

    def forget(self, connection: Connection) -> None:
        """Keep a connection no longer."""
        self._connections.discard(connection)

    def _look(self) -> None:
        """End what takes too long, again and again.

        One look at all connections is cheaper than a timer for each of their requests.
        """
        self._date = formatdate(usegmt=True)
        now = self.now()
        for each in [*self._connections]:
            if each.deadline is not None and each.deadline < now:
                each.expire()
        self.later(_LOOK_SECONDS, self._look)
