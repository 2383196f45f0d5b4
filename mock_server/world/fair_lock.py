"""Who has the store next: whoever has asked for it longest."""

import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import TypeVar

T = TypeVar("T")


class FairLock:
    """A lock that is handed on in the order of asking; its owner may take it again.

    With a plain lock, a thread that lets go and takes it again at once is nearly always first, so
    that one who moves a clock by a year would keep out everybody else although it lets go often.
    """

    def __init__(self) -> None:
        """Begin free."""
        # Guards what follows, and is never held for long.
        self._mutex = threading.Lock()
        self._owner: int | None = None
        self._depth = 0
        self._waiting: deque[threading.Lock] = deque()
        # How often somebody else had been waiting when it was left.
        self.handovers = 0

    def __enter__(self) -> None:
        """Wait for a turn, unless this thread has it already."""
        me = threading.get_ident()
        if self._owner != me:
            self._await_turn()
            self._owner = me
        self._depth += 1

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Hand the lock on, once it has been left as often as taken."""
        self._depth -= 1
        if not self._depth:
            self._hand_on()

    @property
    def waiting(self) -> int:
        """Return how many are waiting."""
        return len(self._waiting)

    def share(self, work: Callable[[], T]) -> T:
        """Do a piece of long work, and rest for as long as it took where others have waited.

        A piece takes far longer than a call does. By turns alone others would have one call for
        each piece; so they have half of the time.
        """
        begun, handovers = time.thread_time(), self.handovers
        done = work()
        if self.handovers != handovers:
            time.sleep(time.thread_time() - begun)
        return done

    def _await_turn(self) -> None:
        ticket = threading.Lock()
        with self._mutex:
            if self._owner is None:
                # Nobody's yet, and no longer free.
                self._owner = 0
                return
            ticket.acquire()
            self._waiting.append(ticket)
        try:
            ticket.acquire()
        except BaseException:
            self._give_up(ticket)
            raise

    def _give_up(self, ticket: threading.Lock) -> None:
        """Leave the queue; a turn that has come just now goes to the next."""
        with self._mutex, suppress(ValueError):
            self._waiting.remove(ticket)
            return
        self._hand_on()

    def _hand_on(self) -> None:
        with self._mutex:
            if not self._waiting:
                self._owner = None
                return
            # It stays taken on the way, or somebody who has just come could be faster.
            self._owner = 0
            self.handovers += 1
            self._waiting.popleft().release()
