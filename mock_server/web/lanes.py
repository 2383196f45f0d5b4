"""How is work done side by side, and yet in order where the order matters?"""

import logging
import threading
from collections import deque
from collections.abc import Callable, Hashable

_log = logging.getLogger("mock_server.lanes")

Task = Callable[[], None]


class Lanes:
    """Work in lanes: one after the other within a lane, side by side across them.

    Threads begin when there is work and end when there is none. A lane that always has more
    takes turns with the others.
    """

    def __init__(self, most: int) -> None:
        """Use so many threads at most."""
        self._most = most
        self._threads = 0
        self._is_closed = False
        self._change = threading.Condition()
        # A lane is here while it has work, be it under way or not, and so not twice at a time.
        self._tasks: dict[Hashable, deque[Task]] = {}
        self._ready: deque[Hashable] = deque()

    def add(self, lane: Hashable, task: Task) -> None:
        """Do the task after all that the lane already has; what it raises is only logged."""
        with self._change:
            if self._is_closed:
                return
            if lane in self._tasks:
                self._tasks[lane].append(task)
                return
            if self._threads < self._most:
                threading.Thread(target=self._work, name="lane", daemon=True).start()
                self._threads += 1
            self._tasks[lane] = deque([task])
            self._ready.append(lane)

    def close(self, timeout_seconds: float) -> bool:
        """Drop what has not begun, wait for the rest, and say whether it came to its end."""
        with self._change:
            self._is_closed = True
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

    def _take(self) -> tuple[Hashable, Task] | None:
        with self._change:
            if self._ready:
                lane = self._ready.popleft()
                return lane, self._tasks[lane].popleft()
            self._threads -= 1
            self._change.notify_all()
            return None

    def _pass_on(self, lane: Hashable) -> None:
        with self._change:
            if self._tasks[lane]:
                self._ready.append(lane)
            else:
                del self._tasks[lane]
