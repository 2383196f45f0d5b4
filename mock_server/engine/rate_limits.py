"""How many calls a caller has left this minute."""

from datetime import datetime

# Guide: rate limiting. From so much of the limit on, each reply comes so much later.
_SLOW_FROM, _SLOW_BY_SECONDS = 0.8, 2.0


class RateLimits:
    """Counts each caller's calls by the minute; the count starts anew when the minute turns."""

    def __init__(self, most: int) -> None:
        """Allow this many calls a minute."""
        self.most = most
        self._counts: dict[str, tuple[str, int]] = {}

    def count(self, caller: str, now: datetime) -> int:
        """Count a call and return how many are left; below zero means one too many."""
        minute = now.isoformat(timespec="minutes")
        counted_in, count = self._counts.get(caller, (minute, 0))
        # Callers live in worlds whose clocks differ, so each has a minute of its own.
        count = count + 1 if counted_in == minute else 1
        self._counts[caller] = minute, count
        return self.most - count

    def delay_seconds(self, left: int) -> float:
        """Return how long the vendor holds back a reply when so many calls are left."""
        return _SLOW_BY_SECONDS if self.most - left >= _SLOW_FROM * self.most else 0.0
