"""How time passes in worlds that nobody calls: what is due happens, also for other replicas."""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from mock_server.world.obstacles import Unreachable
from mock_server.world.store import Store
from mock_server.world.waiting import Waiting

_log = logging.getLogger(__name__)

# Where what is due cannot happen and not be given up either, as on a full disk.
_TRY_AGAIN_AFTER = timedelta(seconds=1)
# How often a replica looks for worlds that another one, which may be gone, was to look at.
_LOOK_SECONDS, _MOST = 1.0, 50


class Ticking:
    """Looks at each world when something is due in it."""

    def __init__(
        self,
        store: Store,
        waiting: Waiting,
        machine: Callable[[], datetime],
        step: Callable[[str], bool],
    ) -> None:
        """Look at the worlds of this store; `step` lets one thing happen in one of them."""
        self._store = store
        self._waiting = waiting
        self._machine = machine
        self._step = step
        self._look_at = 0.0

    def tick(self) -> float | None:
        """Let what is due happen; return the seconds until the next look, None where none is."""
        self._take_over()
        while (name := self._take_due()) is not None:
            try:
                self._step(name)
            except Unreachable as obstacle:
                _log.warning("the time of the world %s cannot go on: %s", name, obstacle)
                self._try_again(name)
            except Exception:  # noqa: BLE001 - one world must not keep the others waiting
                _log.exception("the time of the world %s could not go on", name)
                self._try_again(name)
        with self._store.lock:
            seconds = self._waiting.seconds(self._machine())
        if self._store.turns is None:
            return seconds
        return _LOOK_SECONDS if seconds is None else min(seconds, _LOOK_SECONDS)

    def _try_again(self, name: str) -> None:
        with self._store.lock:
            self._waiting.plan(name, self._machine() + _TRY_AGAIN_AFTER)

    def _take_due(self) -> str | None:
        with self._store.lock:
            return self._waiting.take(self._machine())

    def _take_over(self) -> None:
        """Plan to look at what another replica was to look at by now and has not."""
        if self._store.turns is None or time.monotonic() < self._look_at:
            return
        self._look_at = time.monotonic() + _LOOK_SECONDS
        with self._store.lock:
            try:
                names = self._store.turns.overdue(_MOST)
            except Unreachable as obstacle:
                _log.warning("%s", obstacle)
                return
            for name in names:
                self._waiting.plan(name, self._machine())
