"""How many calls a caller has left this minute."""

from collections.abc import Iterable, MutableMapping
from datetime import datetime
from typing import Any

from mock_server.engine.refusals import TooMany

# Guide: rate limiting. From so much of the limit on, each reply comes so much later.
SLOW_FROM, _SLOW_BY_SECONDS = 0.8, 2.0


class RateLimits:
    """Counts the calls of an Api in each world by the minute of the world's own clock."""

    def __init__(self, api: str, most: int) -> None:
        """Allow this many calls a minute of the Api of that name."""
        self.most = most
        self._tally = f"calls of {api}"

    def count(self, tallies: MutableMapping[str, Any], now: datetime) -> int:
        """Count a call and return how many are left; below zero means one too many.

        `tallies` are the world's, which a refused call leaves as well and a reset begins anew.
        """
        # The clock of the world, so that a test gets past a limit by moving time, not by waiting.
        minute = now.isoformat(timespec="minutes")
        counted_in, count = tallies.get(self._tally, (minute, 0))
        count = count + 1 if counted_in == minute else 1
        tallies[self._tally] = minute, count
        return self.most - count

    def headers(self, names: Iterable[str], left: int) -> dict[str, str]:
        """Return the vendor's headers that tell the limit and what is left of it."""
        return dict(zip(names, (str(self.most), str(max(left, 0))), strict=False))

    def refusal(self) -> TooMany:
        """Return the refusal of a call too many."""
        return TooMany(f"more than {self.most} calls this minute; wait for the next one")

    def delay_seconds(self, left: int) -> float:
        """Return how long the vendor holds back a reply when so many calls are left."""
        return _SLOW_BY_SECONDS if self.most - left >= SLOW_FROM * self.most else 0.0
