"""How many calls a caller has left this minute."""

from datetime import datetime


class RateLimits:
    """Counts each caller's calls by the minute; the count starts anew when the minute turns."""

    def __init__(self, most: int) -> None:
        """Allow this many calls a minute."""
        self.most = most
        self._minute = ""
        self._counts: dict[str, int] = {}

    def count(self, caller: str, now: datetime) -> int:
        """Count a call and return how many are left; below zero means one too many."""
        minute = now.isoformat(timespec="minutes")
        if minute != self._minute:
            self._minute, self._counts = minute, {}
        self._counts[caller] = self._counts.get(caller, 0) + 1
        return self.most - self._counts[caller]
