"""How callers wait: for the deliveries of a clock that they move, on threads of their own."""

import threading
from collections import deque
from collections.abc import Callable

PLACES = 29  # The next caller who would wait beside so many is refused.

Work = Callable[[], None]


class WaitingCalls:
    """Runs the calls that may have to wait, each on a thread of its own, up to a number.

    Others queue while one of them is at work. Once all of them wait, nobody can tell for how long,
    so that whoever queues is refused. All methods are for the server's own thread.
    """

    def __init__(self, soon: Callable[..., None]) -> None:
        """Belong to the server on whose thread `soon` takes a step."""
        self._soon = soon
        self._queue: deque[tuple[Work, Work]] = deque()
        self._taken = 0
        self._waiting = 0

    def take(self, work: Work, refuse: Work) -> None:
        """Do the work on a thread, now or when there is a place; else refuse it."""
        self._queue.append((work, refuse))
        self._go_on()

    def note(self, more: int) -> None:
        """Learn, from whichever thread, that a caller begins to wait (1) or goes on (-1)."""
        self._soon(self._note, more)

    def _note(self, more: int) -> None:
        self._waiting += more
        self._go_on()

    def _go_on(self) -> None:
        while self._queue and self._taken < PLACES:
            work, _ = self._queue.popleft()
            self._taken += 1
            threading.Thread(target=self._run, args=(work,), daemon=True).start()
        while self._queue and self._waiting >= PLACES:
            _, refuse = self._queue.popleft()
            refuse()

    def _run(self, work: Work) -> None:
        try:
            work()
        finally:
            self._soon(self._leave)

    def _leave(self) -> None:
        self._taken -= 1
        self._go_on()
