"""What is going on where a start takes longer than its caller would wait without a word."""

import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self

PATIENCE_SECONDS = 2.0


class SlowStart:
    """A start that says what it is doing once it has taken longer than two seconds.

    Nothing is said of a start that is quicker.
    """

    def __init__(self, say: Callable[[str], None], seconds: float = PATIENCE_SECONDS) -> None:
        """Say it through `say`, after so many seconds."""
        self._say = say
        self._doing = "reading the contracts"
        self._is_slow = False
        self._lock = threading.Lock()
        self._timer = threading.Timer(seconds, self.tell)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        """Begin the start."""
        self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """End the start, however it went."""
        self._timer.cancel()
        with self._lock:
            self._is_slow = False

    def step(self, doing: str) -> None:
        """Go on to the next step, which is `doing` something."""
        with self._lock:
            self._doing = doing
            # A step that begins before the patience ends is told by the timer.
            if self._is_slow:
                self._say(f"{doing} ...")

    def tell(self) -> None:
        """Say what the start is doing now, and each step from now on."""
        with self._lock:
            self._is_slow = True
            self._say(f"still starting: {self._doing} ...")
