"""How long the dispatcher waits before it looks at the worlds again."""

# Seconds of real time between two looks at the worlds, so that there are at most 100 in one.
PAUSE = 0.01
# The machine may have slept, and then a wait takes longer than it was meant to.
LONGEST_WAIT = 60.0
# So many looks in a row that find the next due time no nearer mean that no clock moves.
_STILL_LOOKS = 3


class Pace:
    """How long the dispatcher may wait before it looks again."""

    def __init__(self) -> None:
        """Begin before the first look."""
        self._before: float | None = None
        self._still_looks = 0

    def seconds(self, due: float | None, *, is_stirred: bool) -> float | None:
        """Return the seconds to wait beside the pause, None where only a stir can bring more.

        `due` is what the last look found, and `is_stirred` whether a stir was its reason. Only
        a look that nothing else changed shows whether time passes, so the first wait is short.
        """
        before = None if is_stirred else self._before
        self._before = due
        if due is None:
            return None
        self._still_looks = self._still_looks + 1 if due == before else 0
        if self._still_looks >= _STILL_LOOKS:
            return None
        passes = before is not None and due < before
        return max(0.0, min(due, LONGEST_WAIT) - PAUSE) if passes else 0.0
