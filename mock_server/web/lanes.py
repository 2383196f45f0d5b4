"""How is work done side by side, and yet in order where the order matters?"""

import logging
import threading
from collections import Counter, deque
from collections.abc import Callable, Hashable

_log = logging.getLogger("mock_server.lanes")

Task = Callable[[], None]
Lane = tuple[Hashable, Hashable]  # Whose lane it is, and which of its owner's lanes.


class Lanes:
    """Work in lanes: one after the other within a lane, side by side across them.

    Threads begin when there is work and end when there is none. Owners take turns, and so do the
    lanes of an owner; no owner has more than some of the threads, because its lanes may all wait
    for receivers that do not answer.
    """

    def __init__(self, most: int, most_of_owner: int) -> None:
        """Use so many threads at most, and so many of them for one owner."""
        self._most = most
        self._most_of_owner = most_of_owner
        self._threads = 0
        self._is_closed = False
        self._change = threading.Condition()
        # A lane is here while it has work, be it under way or not, and so not twice at a time.
        self._tasks: dict[Lane, deque[Task]] = {}
        # The lanes of each owner whose next task may begin.
        self._ready: dict[Hashable, deque[Lane]] = {}
        self._busy: Counter[Hashable] = Counter()
        # The owners for whom a thread may begin something, each of them once.
        self._turns: deque[Hashable] = deque()

    def add(self, owner: Hashable, lane: Hashable, task: Task) -> None:
        """Do the task after all that the lane already has; what it raises is only logged."""
        with self._change:
            if self._is_closed:
                return
            key = owner, lane
            if key in self._tasks:
                self._tasks[key].append(task)
                return
            self._tasks[key] = deque([task])
            self._let_in(key)
            if self._turns and self._threads < self._most:
                threading.Thread(target=self._work, name="lane", daemon=True).start()
                self._threads += 1

    def close(self, timeout_seconds: float) -> bool:
        """Drop what has not begun, wait for the rest, and say whether it came to its end."""
        with self._change:
            self._is_closed = True
            self._turns.clear()
            self._ready.clear()
            for tasks in self._tasks.values():
                tasks.clear()
            return self._change.wait_for(lambda: self._threads == 0, timeout_seconds)

    def _work(self) -> None:
        while taken := self._take():
            lane, task = taken
            try:
                task()
            except Exception:  # noqa: BLE001 - one task's fault must not end its lane
                _log.exception("a task raised what it should have caught")
            self._pass_on(lane)

    def _take(self) -> tuple[Lane, Task] | None:
        with self._change:
            if not self._turns:
                self._threads -= 1
                self._change.notify_all()
                return None
            owner = self._turns.popleft()
            lane = self._ready[owner].popleft()
            self._busy[owner] += 1
            self._line_up(owner)
            return lane, self._tasks[lane].popleft()

    def _pass_on(self, lane: Lane) -> None:
        owner, _ = lane
        with self._change:
            self._busy[owner] -= 1
            if self._tasks[lane]:
                self._let_in(lane)
            else:
                del self._tasks[lane]
                self._line_up(owner)

    def _let_in(self, lane: Lane) -> None:
        """Let a lane wait for a thread that does its next task."""
        owner, _ = lane
        self._ready.setdefault(owner, deque()).append(lane)
        self._line_up(owner)

    def _line_up(self, owner: Hashable) -> None:
        """Let an owner wait for a thread where it may have one, and forget one without work."""
        if not self._ready.get(owner):
            self._ready.pop(owner, None)
            if not self._busy[owner]:
                del self._busy[owner]
        elif self._busy[owner] < self._most_of_owner and owner not in self._turns:
            self._turns.append(owner)
