"""Who is served when: one caller at a time, unless the one inside has to wait for something."""

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

DELAY = "mock_server.delay_seconds"  # Where a response leaves how long it is to be held back.


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
        self._gate = threading.Lock()
        self._inside = threading.local()
        self.on_waiting: Callable[[int], None] = lambda _: None

    def __call__(self, environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        """Serve a caller in turn, and hold the reply back once others can be served again."""
        if self._is_inside:
            return self._application(environ, start)
        self._enter()
        try:
            reply = self._application(environ, start)
        finally:
            self._leave()
        if DELAY in environ:
            with self._waiting():
                time.sleep(environ[DELAY])
        return reply

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Let others in while the caller inside waits."""
        if not self._is_inside:
            yield
            return
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
