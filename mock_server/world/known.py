"""Which worlds there are, and what they are, for whoever changes nothing in them."""

import threading
import time
from collections.abc import Callable, Mapping
from typing import TypeVar

from mock_server.memory import Memory
from mock_server.world import totals
from mock_server.world.clock import SteadyTime
from mock_server.world.holding import Holding
from mock_server.world.opening import Opening
from mock_server.world.store import Store
from mock_server.world.waiting import HandedOut, Waiting
from mock_server.world.world import World

T = TypeVar("T")

# How soon a change by another replica is noticed by whoever waits for it.
_GLANCE_SECONDS = 0.05


class Known:
    """What can be asked of all worlds over one store."""

    _store: Store
    _open: Opening
    _waiting: Waiting
    _holding: Holding
    _machine: SteadyTime
    stir: threading.Condition

    @property
    def are_shared(self) -> bool:
        """Say whether other processes use these worlds as well."""
        return self._store.turns is not None

    def look(self, name: str) -> World:
        """Return a world as it is, for whoever changes nothing in it."""
        with self._holding(name):
            return self._open.look_up(name)

    def names(self) -> list[str]:
        """Return the names of all worlds in their order."""
        with self._store.lock:
            return self._open.all_names()

    @property
    def caches(self) -> Mapping[str, Memory]:
        """Return what is remembered for all worlds together, by name."""
        return self._store.caches

    def count_open(self) -> int:
        """Return how many worlds are in memory."""
        return len(self._open)

    def count_agendas(self) -> Mapping[tuple[str, bool], int]:
        """Return what all worlds will do by themselves, by action and by whether it is routine."""
        with self._store.lock:
            return totals.agenda_entries(self._store)

    def count_records(self, table: str, field: str) -> Mapping[str, int]:
        """Return how many records all worlds have for each value of a field.

        The table must have no seeded records.
        """
        with self._store.lock:
            return totals.records_by(self._store, table, field)

    def knows(self, name: str) -> bool:
        """Say whether there is such a world: it was called, or the store remembers it."""
        return self.ask(name, lambda _: True) or False

    def ask(self, name: str, question: Callable[[World], T]) -> T | None:
        """Return what is asked of a world as it is, None where there is no such world."""
        with self._holding(name):
            return question(self._open.look_up(name)) if self._open.knows(name) else None

    def out_of(self, name: str, epoch: int | None) -> tuple[str, ...]:
        """Return what was handed out of a world in that epoch and has not come back."""
        return self._waiting.out_of(name, epoch)

    def deliveries(self) -> list[HandedOut]:
        """Return all that has been handed out of any world and has not come back."""
        return self._waiting.deliveries(self._machine())

    def await_news(self, name: str, has_come: Callable[[], bool], seconds: float) -> bool:
        """Wait for something in a world that is told by `stir`; say whether it has come."""
        until = time.monotonic() + seconds
        while True:
            with self.stir:
                if self.stir.wait_for(has_come, _GLANCE_SECONDS if self.are_shared else seconds):
                    return True
            if time.monotonic() >= until:
                return False
            # Another replica may have brought it, which cannot notify anybody here.
            self._glance(name)

    def _glance(self, name: str) -> None:
        """Note what a world waits for by now."""
        with self._holding(name):
            if self._open.knows(name):
                world = self._open.opened(name)
                self._open.note_use(world, self._waiting, self._machine())
