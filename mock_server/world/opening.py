"""Which worlds are open: each from its first use on, until others have been used for longer."""

from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from typing import Any

from mock_server.world import origins
from mock_server.world.beginning import ORDINARY, Beginning
from mock_server.world.clock import parse
from mock_server.world.course import Course
from mock_server.world.naming import is_world
from mock_server.world.obstacles import Unwritable
from mock_server.world.store import Store
from mock_server.world.waiting import Waiting, look_of
from mock_server.world.world import World

# So many are looked at with each use, since nearly all may be waiting for something.
_CANDIDATES = 4


class Opening:
    """The worlds that are in memory; all that they are stands in the store as well."""

    def __init__(
        self, store: Store, open_one: Callable[[str], World], course: Course, most: int
    ) -> None:
        """Open worlds over this store, and keep about so many open that wait for nothing."""
        self._store = store
        self._open_one = open_one
        self._course = course
        self._most = most
        # How a world begins that nobody has made.
        self.ordinary = ORDINARY
        self._open: dict[str, World] = {}
        # The world that was used last stands last.
        self._used: OrderedDict[str, None] = OrderedDict()

    def __len__(self) -> int:
        return len(self._open)

    def knows(self, name: str) -> bool:
        """Say whether there is such a world: it is open, or the store remembers it."""
        return name in self._open or self._store.states.of(name) is not None

    def all_names(self) -> list[str]:
        """Return the names of all worlds, open or not, in their order."""
        # What this process has open may be gone by now, where others change it too.
        opened = self._open if self._store.turns is None else ()
        return sorted(filter(is_world, {*self._store.states.names(), *opened}))

    def look_up(self, name: str) -> World:
        """Return a world as it is, to look at; it is not open afterwards where it was not."""
        return self._open.get(name) or self._open_one(name)

    @property
    def names(self) -> set[str]:
        """Return the names of the worlds that are open."""
        return {*self._open}

    def get(self, name: str) -> World | None:
        """Return an open world, None for one that is not open."""
        return self._open.get(name)

    def opened(self, name: str) -> World:
        """Return a world, and open it where it is not."""
        if name not in self._open:
            world = self._open_one(name)
            try:
                if not world.is_known:
                    self._begin(world, self.ordinary)
            except Unwritable:
                # It can be read as it was seeded, and begins when it can be kept.
                return world
            self._open[name] = world
        return self._open[name]

    def note_use(self, world: World, waiting: Waiting, now: datetime) -> None:
        """Note that a world was used, and close one that nobody has used for the longest time.

        Not so one that waits for something, because somebody may be waiting with it.
        """
        current = self._open.get(world.name)
        if current is None or current.epoch != world.epoch:
            return
        waiting.note(world, now)
        self._used[world.name] = None
        self._used.move_to_end(world.name)
        for _ in range(_CANDIDATES):
            if len(self._used) > self._most:
                self._close_or_keep(next(iter(self._used)), waiting)

    def _close_or_keep(self, name: str, waiting: Waiting) -> None:
        if waiting.is_for(name) or not self._is_kept(self._open[name]):
            self._used.move_to_end(name)
        else:
            self.close(name)

    def _is_kept(self, world: World) -> bool:
        """Say whether all that a world is stands in the store, and see that its tallies do."""
        if world.has_changed:
            return False
        try:
            # A call that changed nothing else counts as well, and did not wait for this.
            if world.tallies and self._store.turns is None:
                with undoing(self._store, world):
                    world.keep()
        except Unwritable:
            return False
        return True

    def keep_tallies(self) -> None:
        """See that the tallies of the open worlds stand in the store."""
        for each in self._open.values():
            if each.tallies and not each.has_changed:
                each.keep()

    def close(self, name: str) -> None:
        """Let a world be opened anew when it is used again."""
        self._open.pop(name, None)
        self._used.pop(name, None)

    def clear(self) -> None:
        """Close every world."""
        self._open.clear()
        self._used.clear()

    def begin(self, name: str, beginning: Beginning) -> World:
        """Let a world begin of which nothing is kept."""
        world = self._open_one(name)
        self._begin(world, beginning)
        self._open[name] = world
        return world

    def keep(self, key: str, beginning: Beginning, fill: Callable[[World], None]) -> None:
        """Keep under a key the rows that worlds can begin with."""
        world = self._open_one(key)
        with undoing(self._store, world):
            world.begin(beginning)
            fill(world)

    def copy(self, source: str, name: str, chosen: Mapping[str, Any]) -> World:
        """Let a world of which nothing is kept begin as another one is, or as a snapshot is.

        `chosen` are fields of its beginning that are to be others.
        """
        self._store.states.keep(name, self.look_up(source).copy_to(name))
        world = self._open_one(name)
        with undoing(self._store, world):
            world.begin(world.beginning.but(chosen))
            if chosen.get("is_frozen"):
                world.clock.freeze()
            origins.note_copied(self._store, world)
        self._open[name] = world
        return world

    def _begin(self, world: World, beginning: Beginning) -> None:
        with undoing(self._store, world):
            world.begin(beginning)
            origins.note_made(self._store, world)
            if beginning.scenario is not None:
                world.take_over(beginning.scenario)
            if beginning.start_at is not None:
                world.clock.begin_at(parse(beginning.start_at))
            if beginning.is_frozen:
                world.clock.freeze()
            self._course.begin(world)


@contextmanager
def undoing(store: Store, world: World) -> Iterator[None]:
    """Keep what is done to a world inside, or, when an exception leaves it, none of it."""
    try:
        with store.transaction():
            yield
            if world.has_changed:
                world.keep()
            store.seal(world.name, partial(look_of, world))
    except BaseException:
        world.reload()
        raise
