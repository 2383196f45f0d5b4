"""Which sandboxes there are: each opened on first use, isolated, and resettable."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, datetime
from functools import partial
from typing import TypeVar

from mock_server.world import pristine
from mock_server.world.clock import SteadyTime, machine_time
from mock_server.world.course import Course
from mock_server.world.due import Due
from mock_server.world.holding import Holding
from mock_server.world.known import Known
from mock_server.world.layers import PRISTINE
from mock_server.world.lifecycle import Lifecycle
from mock_server.world.obstacles import Unwritable
from mock_server.world.opening import Opening, undoing
from mock_server.world.pristine import SeedPlan
from mock_server.world.store import Store
from mock_server.world.ticking import Ticking
from mock_server.world.waiting import Waiting
from mock_server.world.world import World

T = TypeVar("T")

_log = logging.getLogger(__name__)

# So much may happen in a world before a call of it, until other callers are let in meanwhile.
_FEW = 3


class Worlds(Known):
    """All sandboxes over one store, and the seeded state that each begins with."""

    def __init__(
        self,
        store: Store,
        *,
        seed: int,
        course: Course,
        machine: Callable[[], datetime] = machine_time,
        keep_open: int = 1_000,
    ) -> None:
        """Keep worlds in the store, and about `keep_open` that wait for nothing in memory.

        `stir` is notified, and `on_stir` called, when there is something new to wait for: a
        delivery that leaves or comes back, or an entry on an agenda. `on_close` ends whoever uses
        the worlds beside the callers. `aside` lets other callers in while one waits.
        """
        self._store = store
        self._seed = seed
        self._due = Due(store, course)
        self._machine = machine if isinstance(machine, SteadyTime) else SteadyTime(machine)
        self._open = Opening(store, self._made, course, keep_open)
        self._waiting = Waiting()
        self._holding = Holding(store, self._open, self._waiting, self._aside)
        self._ticking = Ticking(store, self._waiting, self._machine, self._stepped)
        self.lifecycle = Lifecycle(store, self._holding, self._machine, self.tell)
        # The day of the seeded records: no world can begin before it.
        self.seeded_day = datetime.min.replace(tzinfo=UTC)
        self.stir = threading.Condition()
        self.on_stir: Callable[[], None] = lambda: None
        self.on_close: Callable[[], None] = lambda: None
        self.aside: Callable[[], AbstractContextManager[None]] = nullcontext

    def plant(self, plan: SeedPlan) -> None:
        """Seed the state that every world begins with, unless the store holds it already.

        Raises `ValueError` when the store was seeded by another recipe.
        """
        self.seeded_day = pristine.plant(self._store, self._made(PRISTINE), plan)

    def close(self) -> None:
        """Close the store, so that others can have its file; nobody may use the worlds after it."""
        self.on_close()
        with self._store.lock:
            try:
                if not self.are_shared:
                    self._keep_tallies_and_time()
            except Unwritable as obstacle:
                _log.warning("the time of the last call is not kept: %s", obstacle)
            finally:
                self._open.clear()
                self._waiting.clear()
                self._store.close()

    def _keep_tallies_and_time(self) -> None:
        with self._store.transaction():
            self._open.keep_tallies()
            pristine.note_time(self._store, self._machine())

    @contextmanager
    def turn(self, name: str) -> Iterator[World]:
        """Give one caller the world, brought up to date; what an exception leaves is undone.

        Time stands still meanwhile, unless the caller moves it.
        """
        if self._is_behind(name):
            with self._reading_on(name):
                self._catch_up(name)
        with self._held(name) as world, world.clock.showing(now := world.clock.now()):
            world.obstacle = None
            # Something may have become due since, but not much.
            if world.agenda.has_due(now):
                with self._reading_on(name):
                    self._due.let_all_happen(world)
            clock = world.clock.state()
            with undoing(self._store, world):
                yield world
            world.has_news |= world.clock.state() != clock

    @contextmanager
    def turn_of(self, name: str, epoch: int | None) -> Iterator[World | None]:
        """Give one caller the world while it is in that epoch, else None; no world is made."""
        with self._holding(name):
            is_there = self._open.look_up(name).epoch == epoch
        with self.turn(name) if is_there else nullcontext() as world:
            yield world if world is not None and world.epoch == epoch else None

    @contextmanager
    def _reading_on(self, name: str) -> Iterator[None]:
        """Let a caller in though what is due cannot be kept: it happens as soon as it can."""
        try:
            yield
        except Unwritable as obstacle:
            _log.warning("nothing can happen in the world %s: %s", name, obstacle)
            if (world := self._open.get(name)) is not None:
                world.obstacle = obstacle

    def _is_behind(self, name: str) -> bool:
        # Without the lock, because most calls find nothing due and one hold is enough for them.
        world = self._open.get(name)
        return world is not None and world.agenda.has_due(world.clock.now())

    def _catch_up(self, name: str) -> None:
        """Let what is due happen, a thing at a time, so that others get in between."""
        if not all(self._step(name) for _ in range(_FEW)):
            return
        with self.aside():
            while self._stepped(name):
                continue

    def _stepped(self, name: str) -> bool:
        return self.share(partial(self._step, name))

    def _step(self, name: str) -> bool:
        """Let one thing happen that is due in a world; say whether there was one."""
        with self._held(name) as world:
            if not world.agenda.has_due(world.clock.now()):
                return False
            self._due.let_happen(world)
            return True

    def pass_routine(self, name: str, epoch: int | None, until: datetime) -> None:
        """Pass in one step what is due by then and nobody can notice, up to what they can."""
        with self._held(name) as world:
            if world.epoch == epoch:
                self._due.pass_routine(world, until)

    def share(self, work: Callable[[], bool]) -> bool:
        """Do a piece of long work, and let other callers have as much time as it took."""
        return self._store.lock.share(work)

    @contextmanager
    def _held(self, name: str) -> Iterator[World]:
        """Give one thread the world as it is, and note afterwards what it waits for."""
        try:
            with self._holding(name):
                world = self._open.opened(name)
                try:
                    yield world
                finally:
                    self._open.note_use(world, self._waiting, self._machine())
        finally:
            self._tell_news(name)

    def _tell_news(self, name: str) -> None:
        if (world := self._open.get(name)) and world.take_news():
            self.tell()

    def tell(self) -> None:
        """Let those who wait know that something has changed."""
        with self.stir:
            self.stir.notify_all()
        self.on_stir()

    def tick(self) -> float | None:
        """Let what is due happen in every world in use, where no call has made it happen.

        Returns the seconds until something will be due by itself, None where nothing will: clocks
        that stand still bring nothing about.
        """
        return self._ticking.tick()

    def open_kept(self) -> None:
        """Open the worlds that the store remembers, so that their time goes on by itself."""
        # Of worlds that are shared whoever is free looks at those where something is due.
        names = [] if self.are_shared else self.names()
        for name in names:
            # What was due meanwhile happens beside the calls, so that a start does not wait for it.
            with self._held(name):
                pass
        # A new sandbox wakes nobody: a server may fork now, and a thread would not live on in it.
        if names or self.are_shared:
            self.tell()

    def reset(self, name: str) -> None:
        """Bring a world back to how it began."""
        self.lifecycle.reset(name)

    def reset_all(self) -> list[str]:
        """Bring every world back to how it began and return their names."""
        names = self.names()
        for name in names:
            self.lifecycle.reset(name)
        return names

    def _aside(self) -> AbstractContextManager[None]:
        return self.aside()

    def _made(self, name: str) -> World:
        world = World(self._store, name, self._seed, self._machine)
        self._holding.count_on(world)
        return world
