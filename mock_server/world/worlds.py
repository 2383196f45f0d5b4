"""Which sandboxes there are: each opened on first use, isolated, and resettable."""

import logging
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from mock_server.world import pristine
from mock_server.world.agenda import Entry
from mock_server.world.clock import machine_time
from mock_server.world.layers import PRISTINE
from mock_server.world.pristine import Seeding
from mock_server.world.store import Store
from mock_server.world.world import World

DEFAULT = "default"
Perform = Callable[[Entry, World], None]
Begin = Callable[[World], None]

_log = logging.getLogger(__name__)

# A world that is called makes what is due happen itself, and two threads would be slower at it.
_GRACE = timedelta(milliseconds=50)
_PREFIX = "sandbox_"
_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True)
class Course:
    """How things go in a world by themselves.

    `perform` makes what is due on an agenda happen, `give_up` sees to what could not, and `begin`
    says what a new world plans.
    """

    perform: Perform
    give_up: Perform = lambda *_: None
    begin: Begin = lambda _: None


class Worlds:
    """All sandboxes over one store, and the seeded state that each begins with."""

    def __init__(
        self,
        store: Store,
        *,
        seed: int,
        course: Course,
        machine: Callable[[], datetime] = machine_time,
    ) -> None:
        """Keep worlds in the store.

        `stir` is notified, and `on_stir` called, when there is something new to wait for: an
        errand that leaves or comes back, or an entry on an agenda. `on_close` ends whoever uses
        the worlds beside the callers. `aside` lets other callers in while one waits.
        """
        self._store = store
        self._seed = seed
        self._course = course
        self._machine = machine
        self._open: dict[str, World] = {}
        self.stir = threading.Condition()
        self.on_stir: Callable[[], None] = lambda: None
        self.on_close: Callable[[], None] = lambda: None
        self.aside: Callable[[], AbstractContextManager[None]] = nullcontext

    def plant(
        self, seeding: Seeding, recipe: Mapping[str, Any], start: datetime | None = None
    ) -> None:
        """Seed the state that every world begins with, unless the store holds it already.

        `recipe` is what it depends on. The time of every world begins at `start`, None takes the
        machine's. Raises `ValueError` when the store was seeded by another recipe.
        """
        world = World(self._store, PRISTINE, self._seed, self._machine)
        pristine.plant(self._store, world, seeding, recipe, start)

    def close(self) -> None:
        """Close the store, so that others can have its file; nobody may use the worlds after it."""
        self.on_close()
        with self._store.lock:
            self._open.clear()
            self._store.close()

    @contextmanager
    def turn(self, name: str) -> Iterator[World]:
        """Give one caller the world, brought up to date; what an exception leaves is undone.

        Time stands still meanwhile, unless the caller moves it.
        """
        try:
            with self._store.lock:
                world = self._opened(name)
                with world.clock.showing(world.clock.now()):
                    self._catch_up(world)
                    clock = world.clock.state()
                    with self._undoing(world):
                        yield world
                    world.has_news |= world.clock.state() != clock
        finally:
            self._tell_news(name)

    def _tell_news(self, name: str) -> None:
        world = self._open.get(name)
        if world is not None and (world.has_news or world.agenda.has_grown):
            world.has_news = world.agenda.has_grown = False
            self.tell()

    def tell(self) -> None:
        """Let those who wait know that something has changed."""
        with self.stir:
            self.stir.notify_all()
        self.on_stir()

    def knows(self, name: str) -> bool:
        """Say whether there is such a world: it was called, or the store remembers it."""
        with self._store.lock:
            return name in self._open or self._store.state(name) is not None

    def running(self) -> list[World]:
        """Return the worlds in use, to look at and not to change."""
        # Without the lock, because its owner may be stirring those who ask this.
        return [*self._open.values()]

    def errands(self) -> list[tuple[str, str]]:
        """Return the world and name of all that has been handed out and has not come back."""
        return [(world.name, errand) for world in self.running() for errand in world.errands]

    def tick(self) -> float | None:
        """Let what is due happen in every world in use, where no call has made it happen.

        Returns the seconds until something will be due by itself, None where nothing will: clocks
        that stand still bring nothing about.
        """
        for world in self.running():
            if world.agenda.has_due(world.clock.now() - _GRACE) and _matters(world):
                with self.turn(world.name):
                    pass
        waits = (each for world in self.running() if _matters(world) for each in _waits(world))
        return min(waits, default=None)

    def open_kept(self) -> None:
        """Open the worlds that the store remembers, so that their time goes on by itself."""
        names = self._store.world_names()
        for name in names:
            with self.turn(name):
                pass
        # A new sandbox wakes nobody: a server may fork now, and a thread would not live on in it.
        if names:
            self.tell()

    def reset(self, name: str) -> None:
        """Bring a world back to its seeded state."""
        with self._store.transaction():
            self._store.forget(name)
            self._open.pop(name, None)
        self.tell()

    def reset_all(self) -> list[str]:
        """Bring every world back to its seeded state and return their names."""
        names = sorted({*self._store.world_names(), *self._open} - {PRISTINE})
        for name in names:
            self.reset(name)
        return names

    def _catch_up(self, world: World) -> None:
        """Let what is due happen; what cannot is logged and dropped, or no call would get past."""
        while world.agenda.has_due(world.clock.now()):
            try:
                self._happen(world)
            except Exception:  # noqa: BLE001 - whatever it is, other things have to happen
                _log.exception("what was due in the world %s could not happen", world.name)
                with self._undoing(world):
                    self._course.give_up(world.agenda.take(), world)

    def _happen(self, world: World) -> None:
        with self._undoing(world):
            entry = world.agenda.take()
            with world.clock.showing(entry.due_at):
                self._course.perform(entry, world)

    @contextmanager
    def _undoing(self, world: World) -> Iterator[None]:
        try:
            with self._store.transaction():
                yield
                if world.has_changed:
                    world.keep()
        except BaseException:
            world.reload()
            raise

    def _opened(self, name: str) -> World:
        if name not in self._open:
            world = World(self._store, name, self._seed, self._machine)
            if not world.is_known:
                with self._undoing(world):
                    self._course.begin(world)
                    if world.agenda.next_due is not None:
                        world.keep()
            self._open[name] = world
        return self._open[name]


def _matters(world: World) -> bool:
    """Say whether what is due next shows to anybody before the next call.

    A world that nobody has written to has nobody to tell of its routine, and keeps costing nothing.
    """
    return world.has_own_records or not world.agenda.is_idle()


def _waits(world: World) -> Iterator[float]:
    due = world.agenda.next_due
    if due is not None and not world.clock.is_frozen:
        yield max((due + _GRACE - world.clock.now()).total_seconds(), 0.0)


def world_of(credential: str) -> str:
    """Return the name of the world a credential selects: `sandbox_<name>`, else the shared one.

    Raises `ValueError` for a name that no world can have: whoever was given the shared world
    instead would take it for one of their own.
    """
    if not credential.startswith(_PREFIX):
        return DEFAULT
    name = credential.removeprefix(_PREFIX)
    if not _NAME.fullmatch(name):
        rule = "has 1 to 64 letters, digits, - and _"
        raise ValueError(f"the name of a world, after {_PREFIX}, {rule}")
    return name
