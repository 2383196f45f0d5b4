"""How many calls ended in which way, and how long their replies took, since the start."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from mock_server.engine.answered_calls import AnsweredCall

# The upper bounds of the groups in which durations are counted, in seconds. What is longer than
# the last one is counted in a group of its own.
BOUNDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

# The name of the Api, the key of the operation, and the status; None for a path of none.
Ended = tuple[str | None, str | None, int]


@dataclass(slots=True)
class Durations:
    """How long calls took: how many fall into each group, and the seconds of all together."""

    groups: list[int] = field(default_factory=lambda: [0] * (len(BOUNDS) + 1))
    seconds: float = 0.0


class CallCounts:
    """Counts every call, those of the sandbox's own operations included.

    Every call passes through `add`, so it does no more than add to numbers. Whoever calls it, or
    reads what it has counted, holds the lock of the journal.
    """

    def __init__(self) -> None:
        """Begin without any call."""
        self._ended: Counter[Ended] = Counter()
        self._durations: dict[str | None, Durations] = {}

    def add(self, call: AnsweredCall) -> None:
        """Count a call."""
        api, seconds = call.caller[0], call.milliseconds / 1000
        self._ended[api, call.outcome[0], call.status] += 1
        known = self._durations.get(api)
        if known is None:
            known = self._durations[api] = Durations()
        known.groups[bisect_left(BOUNDS, seconds)] += 1
        known.seconds += seconds

    def ended(self) -> Mapping[Ended, int]:
        """Return how many calls ended in each way."""
        return dict(self._ended)

    def durations(self) -> Mapping[str | None, Durations]:
        """Return how long the calls of each Api took."""
        return {
            api: Durations([*each.groups], each.seconds) for api, each in self._durations.items()
        }
