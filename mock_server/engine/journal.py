"""Which calls were answered, and how: the last ones of each world, in memory."""

import threading
from collections import Counter, deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from heapq import merge
from operator import attrgetter

from mock_server.engine.answered_calls import AnsweredCall, Caller, Outcome, Wanted
from mock_server.engine.call_counts import CallCounts, Durations, Ended

_MOST_WORLDS = 10_000  # Whose calls are numbered.
_MOST_CALLERS = 1_000  # Of each world, whose calls are counted.


@dataclass(slots=True)
class Tally:
    """How many calls were made, and how many of them succeeded, also those long dropped."""

    requests: int = 0
    successes: int = 0


@dataclass(slots=True)
class _Log:
    """The calls of one world, oldest first: those of the vendors, and those of our own operations.

    They are kept apart, so that whoever looks at the sandbox all the time displaces nothing.
    """

    last_number: int
    calls: deque[AnsweredCall] = field(default_factory=deque)
    ours: deque[AnsweredCall] = field(default_factory=deque)
    size: int = 0
    tallies: dict[Caller, Tally] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.calls) + len(self.ours)

    def drop_oldest(self) -> int:
        """Drop the call of the lowest number, and return the bytes that it took."""
        return self.drop(min(filter(None, (self.calls, self.ours)), key=_first_number))

    def drop(self, calls: deque[AnsweredCall]) -> int:
        """Drop the oldest of these calls, and return the bytes that it took."""
        size = calls.popleft().size
        self.size -= size
        return size

    def wanted(self, wanted: Wanted) -> Iterator[AnsweredCall]:
        both = (self.calls, self.ours) if wanted.with_ours else (self.calls,)
        return filter(wanted.takes, merge(*both, key=attrgetter("number")))


class Journal:
    """The last calls of each world, bounded by their number in each and by bytes in all.

    It is no part of a world's state: a call that is refused stands in it like any other. Every call
    passes through `add`, so what is short there is short on purpose.
    """

    def __init__(self, most_calls: int = 1_000, most_bytes: int = 64 * 1_048_576) -> None:
        """Keep so many calls of each world, and so many bytes of all."""
        self._most_calls = most_calls
        self._most_bytes = most_bytes
        self._size = 0
        # A world moves to the end with each call, so the first one has been quiet for longest.
        self._logs: dict[str, _Log] = {}
        # The last number of each world that has lost all its calls.
        self._emptied: dict[str, int] = {}
        # How all vendors' calls ended, also those long dropped; no reset forgets it.
        self._outcomes: Counter[Outcome] = Counter()
        self._counts = CallCounts()
        self._lock = threading.Lock()
        self._news = threading.Condition(self._lock)
        self._waiting = 0

    def add(self, call: AnsweredCall) -> None:
        """Keep a call, and number it."""
        with self._lock:
            log = self._logs.pop(call.world, None) or self._opened(call.world)
            self._logs[call.world] = log
            log.last_number = call.number = log.last_number + 1
            if call.is_ours:
                calls = log.ours
            else:
                calls = log.calls
                self._outcomes[call.outcome] += 1
            calls.append(call)
            self._counts.add(call)
            if call.status != 401 and (tally := self._tally_of(log, call)) is not None:
                tally.requests += 1
                tally.successes += call.status < 400
            size = call.size
            log.size += size
            self._size += size
            if len(calls) > self._most_calls:
                self._size -= log.drop(calls)
            if self._size > self._most_bytes:
                self._keep_within_bytes()
            if self._waiting:
                self._news.notify_all()

    def find(self, wanted: Wanted) -> list[AnsweredCall]:
        """Return the calls that are wanted, oldest first.

        The numbers of a world begin anew with a reset. A mark from before it, `after`, is then
        larger than any number, and every call is newer.
        """
        with self._lock:
            return self._found(wanted)

    def wait(self, wanted: Wanted, seconds: float) -> list[AnsweredCall]:
        """Return the calls that are wanted; where there are none, wait for the first of them."""
        found: list[AnsweredCall] = []

        def has_some() -> bool:
            found.extend(self._found(wanted))
            return bool(found)

        with self._news:
            self._waiting += 1
            try:
                self._news.wait_for(has_some, seconds)
            finally:
                self._waiting -= 1
            return found

    def last_number(self, world: str) -> int:
        """Return the number of a world's last call, 0 where there was none."""
        with self._lock:
            return self._last_number(world)

    def tallies(self, world: str, api: str) -> dict[str | None, Tally]:
        """Return what the credentials of a world have asked of an Api, by their labels."""
        with self._lock:
            log = self._logs.get(world)
            found = {} if log is None else log.tallies
            return {label: each for (name, label), each in found.items() if name == api}

    def outcomes(self) -> dict[Outcome, int]:
        """Return how often calls of the vendors ended in each way, in all worlds."""
        with self._lock:
            return dict(self._outcomes)

    def counts(self) -> tuple[Mapping[Ended, int], Mapping[str | None, Durations]]:
        """Return how all calls ended, our own included, and how long those of each Api took."""
        with self._lock:
            return self._counts.ended(), self._counts.durations()

    def worlds(self) -> list[str]:
        """Return the worlds of which calls are kept, the one that was called last at the end."""
        with self._lock:
            return [*self._logs]

    def forget(self, world: str) -> None:
        """Drop the calls of a world, and number the next ones from 1."""
        with self._lock:
            self._emptied.pop(world, None)
            log = self._logs.pop(world, None)
            self._size -= 0 if log is None else log.size

    def clear(self) -> None:
        """Drop the calls of every world."""
        with self._lock:
            self._logs.clear()
            self._emptied.clear()
            self._size = 0

    def _tally_of(self, log: _Log, call: AnsweredCall) -> Tally | None:
        if call.caller not in log.tallies and len(log.tallies) < _MOST_CALLERS:
            log.tallies[call.caller] = Tally()
        return log.tallies.get(call.caller)

    def _opened(self, world: str) -> _Log:
        if len(self._logs) + len(self._emptied) >= _MOST_WORLDS:
            self._lose_a_number()
        return _Log(self._emptied.pop(world, 0))

    def _lose_a_number(self) -> None:
        """Number the calls of the world from 1 again that has been quiet for longest."""
        if self._emptied:
            del self._emptied[next(iter(self._emptied))]
        else:
            self._size -= self._logs.pop(next(iter(self._logs))).size

    def _last_number(self, world: str) -> int:
        log = self._logs.get(world)
        return self._emptied.get(world, 0) if log is None else log.last_number

    def _found(self, wanted: Wanted) -> list[AnsweredCall]:
        is_ahead = wanted.after > self._last_number(wanted.world)
        log = self._logs.get(wanted.world)
        asked = replace(wanted, after=0) if is_ahead else wanted
        return [] if log is None else [*log.wanted(asked)]

    def _keep_within_bytes(self) -> None:
        while self._size > self._most_bytes:
            quietest, log = next(iter(self._logs.items()))
            # The last call of all stays, however large it is, so that whoever looks finds it.
            if len(log) == len(self._logs) == 1:
                return
            self._size -= log.drop_oldest()
            if not log:
                self._emptied[quietest] = self._logs.pop(quietest).last_number


def _first_number(calls: deque[AnsweredCall]) -> int:
    return calls[0].number
