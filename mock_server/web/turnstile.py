"""Who is served when: one caller at a time, unless the one inside has to wait for something."""

import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# Where a request has the reading of the timer at which it arrived here.
STARTED = "mock_server.started"
# Where a response leaves what is to happen to it on its way, and a server that it can do so itself.
DAMAGE, HAS_WIRE = "mock_server.damage", "mock_server.has_wire"
DELAY = "mock_server.delay_seconds"  # Where a response leaves how long it is to be held back.
# Set by a server whose one thread calls us: it holds replies back itself, and a call that has to
# wait raises `MustWait` before anything has happened, to be made again on another thread.
MAY_NOT_WAIT = "mock_server.may_not_wait"


class MustWait(BaseException):
    """A call that may have to wait, made where none may; no error, so nothing here catches it."""


class Turnstile:
    """Lets one caller at a time into an application.

    Its code runs on one processor at a time anyhow, and threads that take turns are slower than
    one alone. Whoever waits steps aside, so that those it waits for can call meanwhile.
    """

    def __init__(self, application: "WSGIApplication") -> None:
        """Stand before this application.

        `on_waiting` is told 1 when a caller begins to keep its thread without using it, and -1
        when that is over.
        """
        self._application = application
        self._gate = _Gate()
        self._inside = threading.local()
        self.on_waiting: Callable[[int], None] = lambda _: None

    def __call__(self, environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        """Serve a caller in turn, and hold the reply back once others can be served again."""
        environ[STARTED] = time.perf_counter()
        if self._is_inside:
            return self._application(environ, start)
        may_wait = MAY_NOT_WAIT not in environ
        self._inside.may_wait = may_wait
        self._enter()
        try:
            reply = self._application(environ, start)
        finally:
            self._leave()
        if may_wait and DELAY in environ:
            with self._waiting():
                time.sleep(environ[DELAY])
        if DAMAGE in environ and HAS_WIRE not in environ:
            return [environ[DAMAGE].without_wire(b"".join(reply))]
        return reply

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Let others in while the caller inside waits.

        Raises `MustWait` on a thread that may not wait: everybody would wait with it. Before that
        nothing may have happened that must not happen twice. What waits later than that, after a
        clock has been moved, says `x-waits: true` in its contract, and never comes here so.
        """
        if not self._is_inside:
            yield
            return
        if not self._inside.may_wait:
            raise MustWait
        self._leave()
        try:
            with self._waiting():
                yield
        finally:
            self._enter()

    @contextmanager
    def _waiting(self) -> Iterator[None]:
        self.on_waiting(1)
        try:
            yield
        finally:
            self.on_waiting(-1)

    @property
    def _is_inside(self) -> Any:
        return getattr(self._inside, "now", False)

    def _enter(self) -> None:
        self._gate.acquire()
        self._inside.now = True

    def _leave(self) -> None:
        self._inside.now = False
        self._gate.release()


class _Gate:
    """A lock that goes to whoever has waited for it the longest.

    An ordinary one is mostly taken again by the very thread that lets go of it, and who moves a
    clock lets go of it thousands of times.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._queue: deque[threading.Lock] = deque()
        self._is_taken = False

    def acquire(self) -> None:
        with self._lock:
            if not self._is_taken:
                self._is_taken = True
                return
            turn = threading.Lock()
            turn.acquire()
            self._queue.append(turn)
        turn.acquire()

    def release(self) -> None:
        with self._lock:
            if self._queue:
                self._queue.popleft().release()
            else:
                self._is_taken = False
