"""What memory holds: answers as long as they stay right, and garbage while there is no time."""

import gc
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

T = TypeVar("T")

Version = Hashable
_Known = tuple[Version, Any, float]  # The version, the value and its bytes.
# What an entry costs beside its value: the key, the version, and their places in the dictionary.
_ENTRY_BYTES = 500


class Memory:
    """Values by key, each with the version of that from which it was worked out.

    A value of another version is worked out anew, so nothing in here can be out of date. The
    values that nobody has asked for the longest go when all together take too many bytes.
    """

    def __init__(self, most_bytes: int) -> None:
        """Remember values of at most so many bytes."""
        self._most_bytes = most_bytes
        self._values: OrderedDict[Hashable, _Known] = OrderedDict()
        self._lock = threading.Lock()
        self.bytes = 0.0
        # How often a value had to be worked out; those that were remembered cost no counting.
        self.misses = 0

    def __len__(self) -> int:
        return len(self._values)

    def recall(self, key: Hashable, version: Version, work_out: Callable[[], tuple[T, float]]) -> T:
        """Return the key's value for this version of what it is worked out from.

        `work_out` returns the value and about how many bytes it takes; endless ones are not kept.
        """
        with self._lock:
            known = self._values.get(key)
            if known is not None and known[0] == version:
                # Whatever was asked for last stands last, so the first one is the one to drop.
                self._values.move_to_end(key)
                value: T = known[1]
                return value
        # Outside the lock: working one thing out may need to recall another.
        value, size = work_out()
        with self._lock:
            self.misses += 1
            self._keep(key, (version, value, size + _ENTRY_BYTES))
        return value

    def _keep(self, key: Hashable, known: _Known) -> None:
        before = self._values.pop(key, None)
        self.bytes -= before[2] if before else 0
        if known[2] > self._most_bytes:
            return
        self.bytes += known[2]
        self._values[key] = known
        while self.bytes > self._most_bytes:
            self.bytes -= self._values.popitem(last=False)[1][2]


@contextmanager
def garbage_later() -> Iterator[None]:
    """Keep the collector from walking through what is being made to stay."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
