"""How a world is held: against other threads, and where the database is shared against replicas."""

import json
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress

from mock_server.contract.json_text import write_json
from mock_server.world.databases import Taken, Turns
from mock_server.world.obstacles import Unreachable
from mock_server.world.opening import Opening
from mock_server.world.store import Store
from mock_server.world.waiting import Waiting
from mock_server.world.world import World

# A turn takes about a millisecond. Whoever has waited longer steps aside for other callers.
_PAUSE_SECONDS, _FEW = 0.001, 20
_LONGER_SECONDS, _PATIENCE_SECONDS = 0.01, 30.0


Aside = Callable[[], AbstractContextManager[None]]


class Busy(Unreachable):
    """A world that another replica has held for too long."""


class Holding:
    """Holds worlds for one thread at a time, and for one replica.

    While another replica has the world the store's lock is free, so that other worlds go on.
    """

    def __init__(self, store: Store, opening: Opening, waiting: Waiting, aside: Aside) -> None:
        """Hold the worlds of this store; `aside` lets other callers in while one waits."""
        self._store = store
        self.open, self.waiting = opening, waiting
        self._aside = aside
        # How often the thread that has the store's lock holds each world.
        self._depths: Counter[str] = Counter()
        self._tallies: dict[str, str] = {}

    def __call__(self, *names: str) -> AbstractContextManager[None]:
        """Hold these worlds, in an order that is the same for all who hold several."""
        turns = self._store.turns
        return self._store.lock if turns is None else self._all(turns, sorted(names))

    @contextmanager
    def _all(self, turns: Turns, names: Sequence[str]) -> Iterator[None]:
        with ExitStack() as held:
            for each in names:
                held.enter_context(self._shared(turns, each))
            yield

    @contextmanager
    def _shared(self, turns: Turns, name: str) -> Iterator[None]:
        patience = time.monotonic() + _PATIENCE_SECONDS
        attempts = 0
        while True:
            with self._store.lock:
                if self._took(turns, name):
                    try:
                        yield
                    finally:
                        self._leave(turns, name)
                    return
            attempts += 1
            if time.monotonic() > patience:
                raise Busy(f"another replica keeps the world {name} busy")
            self._wait(attempts)

    def _wait(self, attempts: int) -> None:
        if attempts < _FEW:
            time.sleep(_PAUSE_SECONDS)
            return
        with self._aside():
            time.sleep(_LONGER_SECONDS)

    def _took(self, turns: Turns, name: str) -> bool:
        if not self._depths[name]:
            taken = turns.take(name, is_first=not self._depths.total())
            if taken is None:
                return False
            self._look_again(name, taken)
        self._depths[name] += 1
        return True

    def _look_again(self, name: str, taken: Taken) -> None:
        """Forget what another replica has changed."""
        if taken.is_lost:
            for each in self.open.names:
                self._forget(each)
        if taken.has_moved:
            self._forget(name)
        if taken.tallies is None:
            self._tallies.pop(name, None)
        else:
            self._tallies[name] = taken.tallies
        if (world := self.open.get(name)) is not None:
            self.count_on(world)

    def _forget(self, name: str) -> None:
        self.open.close(name)
        self._store.touch_all(name)
        if self._store.states.of(name) is None:
            self.waiting.forget(name)

    def count_on(self, world: World) -> None:
        """Let a world that is held go on with the tallies that all replicas have of it."""
        if (tallies := self._tallies.get(world.name)) is not None:
            world.tallies = json.loads(tallies)

    def forget(self, name: str) -> None:
        """Let a world that is held begin without the tallies of its earlier life."""
        self._tallies.pop(name, None)

    def _leave(self, turns: Turns, name: str) -> None:
        self._depths[name] -= 1
        if self._depths[name]:
            return
        del self._depths[name]
        before, world = self._tallies.pop(name, None), self.open.get(name)
        after = None if world is None else write_json(world.tallies)
        # Where the database is gone, so is the hold.
        with suppress(Unreachable):
            self._store.make_wanted_indexes()
            turns.leave(name, None if after == before else after)
