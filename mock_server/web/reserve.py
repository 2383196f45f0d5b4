"""Where a server's spare threads are kept until somebody inside has to wait."""

import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

from mock_server.web.turnstile import Turnstile

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


class Reserve:
    """Stands before the turnstile and takes all of a server's threads but one out of the way.

    A server gives a request to whichever thread is free, and threads that take turns hand the
    interpreter over at each of them: with four, a busy sandbox answers a third fewer calls than
    with one. So every spare thread is given a call of our own, which is answered when a caller
    steps aside; then that thread serves the others until the caller is back.
    """

    def __init__(self, turnstile: Turnstile, path: str, spare: int) -> None:
        """Keep so many threads, each by a call to `path`, which nobody else may know.

        `kept` counts the calls of our own that are not answered yet.
        """
        self._turnstile = turnstile
        self._path = path
        # All that follows is only touched by whoever holds the one lock of both conditions.
        lock = threading.Lock()
        self._is_needed = threading.Condition(lock)
        self._is_back = threading.Condition(lock)
        self._wanted = spare
        self._is_over = False
        self.kept = 0
        turnstile.on_waiting = self._note

    def __call__(self, environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        """Serve a caller, or keep the thread of a call of our own until it is needed."""
        if environ["PATH_INFO"] != self._path:
            return self._turnstile(environ, start)
        with self._is_needed:
            self._is_needed.wait_for(lambda: self._is_over or self.kept > self._wanted)
            self.kept -= 1
        start("204 No Content", [])
        return []

    def fill(self, call: Callable[[str], object]) -> None:
        """Keep the threads from now on; `call` asks the server for a path and awaits the answer.

        Where it raises `OSError` the server is gone.
        """
        for _ in range(self._wanted):
            threading.Thread(target=self._keep_one, args=(call,), daemon=True).start()

    def dissolve(self) -> None:
        """Answer all calls of our own and make no more, so that the server can end."""
        with self._is_needed:
            self._is_over = True
            self._is_needed.notify_all()
            self._is_back.notify_all()

    def _note(self, more: int) -> None:
        """Let a thread go for a caller who waits, and get one back for a caller who is back."""
        with self._is_needed:
            self._wanted -= more
            (self._is_needed if more > 0 else self._is_back).notify()

    def _keep_one(self, call: Callable[[str], object]) -> None:
        with suppress(OSError):
            while self._may_call():
                call(self._path)

    def _may_call(self) -> bool:
        with self._is_back:
            self._is_back.wait_for(lambda: self._is_over or self.kept < self._wanted)
            if not self._is_over:
                self.kept += 1
            return not self._is_over
