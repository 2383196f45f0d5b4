"""What was worked out from records, remembered for as long as the records stand as they were."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

T = TypeVar("T")

Version = tuple[str, int]


class Memory:
    """Values by key, each with the version of the records that it was worked out from.

    A value of another version is worked out anew, so nothing in here can be out of date. The
    oldest values go when there are too many.
    """

    def __init__(self, most: int) -> None:
        """Remember at most so many values."""
        self._most = most
        self._values: dict[Hashable, tuple[Version, Any]] = {}

    def recall(self, key: Hashable, version: Version, work_out: Callable[[], T]) -> T:
        """Return the key's value for this version of the records."""
        known = self._values.get(key)
        if known is None or known[0] != version:
            known = version, work_out()
            self._values.pop(key, None)
            while len(self._values) >= self._most:
                del self._values[next(iter(self._values))]
            self._values[key] = known
        value: T = known[1]
        return value
