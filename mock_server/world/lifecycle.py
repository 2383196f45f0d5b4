"""How worlds are made, copied, brought back to their beginning, and removed."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from types import MappingProxyType
from typing import Any

from mock_server.world import carrying, origins
from mock_server.world.beginning import ORDINARY, Beginning
from mock_server.world.carrying import Carried
from mock_server.world.holding import Holding
from mock_server.world.naming import MARK, snapshot_key
from mock_server.world.origins import Origin
from mock_server.world.snapshots import Snapshots
from mock_server.world.store import Store
from mock_server.world.world import World

_NOTHING: Mapping[str, Any] = MappingProxyType({})


class Lifecycle:
    """Lets worlds begin and end; each time an epoch ends, and whoever waited for it is told."""

    def __init__(
        self,
        store: Store,
        holding: Holding,
        machine: Callable[[], datetime],
        tell: Callable[[], None],
    ) -> None:
        """Change the worlds of this store; `tell` lets those who wait look again.

        `on_end` is told the name of a world whose epoch ends, for what is remembered outside it.
        """
        self._store = store
        self._open, self._waiting = holding.open, holding.waiting
        self._machine = machine
        self._tell = tell
        self._holding = holding
        self.on_end: Callable[[str], object] = lambda _: None

    def reset(self, name: str) -> None:
        """Bring a world back to how it began; its snapshots stay."""
        with self._anew(name):
            beginning = self._open.look_up(name).beginning
            self._forget(name)
            if beginning.is_whole and beginning.scenario is not None:
                self._open.copy(
                    beginning.scenario, name, {"scenario": beginning.scenario, "is_whole": True}
                )
            elif beginning != ORDINARY:
                self._open.begin(name, beginning)

    @property
    def ordinary(self) -> Beginning:
        """Return how a world begins that nobody has made."""
        return self._open.ordinary

    def plan(self, beginning: Beginning) -> None:
        """Let every world begin so that nobody has made."""
        self._open.ordinary = beginning

    def keep_scenario(self, key: str, beginning: Beginning, fill: Callable[[World], None]) -> None:
        """Keep what a scenario adds to the seeded records, unless it is there already."""
        with self._store.lock:
            if not self._open.knows(key):
                self._open.keep(key, beginning, fill)

    def take_up(self, name: str, *, is_whole: bool) -> Carried:
        """Return a world to be carried to another store: its own rows, or all that it shows."""
        with self._holding(name):
            return carrying.take_up(self._store, self._open.look_up(name), is_whole=is_whole)

    def origin(self, name: str) -> Origin | None:
        """Return how a world began, None where that is not known."""
        with self._store.lock:
            return origins.origin_of(self._store, name)

    def bring_scenario(self, other: "Lifecycle", key: str) -> None:
        """Keep what is kept under a key of other worlds, for worlds to begin with."""
        carried = other.take_up(key, is_whole=False)
        with self._store.lock:
            carrying.set_down(self._store, self._open, key, carried)

    @property
    def seeded_with(self) -> Mapping[str, Any]:
        """Return what the seeded records depend on."""
        with self._store.lock:
            return carrying.seeded_with(self._store)

    def set_down(self, name: str, key: str, carried: Carried) -> None:
        """Let a carried world go on under a name; a reset brings it back to here.

        It is kept under the key as well. Whoever raises from its lines leaves nothing behind.
        """
        with self._anew(name):
            if not self._open.knows(key):
                carrying.set_down(self._store, self._open, key, carried)
            self._forget(name)
            self._open.copy(key, name, _from(key))

    def make(self, name: str, beginning: Beginning) -> None:
        """Let a world begin so, in place of the one of that name."""
        with self._anew(name):
            self._forget(name)
            self._open.begin(name, beginning)

    def copy(self, source: str, name: str, chosen: Mapping[str, Any] = _NOTHING) -> None:
        """Let a world go on as another one, or a snapshot, in place of the one of that name.

        `chosen` are fields of its beginning that are to be others. Raises `LookupError` where
        there is no such source.
        """
        with self._anew(name, source.partition(MARK)[0]):
            if not self._open.knows(source):
                raise LookupError(f"there is no {source!r}")
            self._forget(name)
            self._open.copy(source, name, chosen)

    def remove(self, name: str) -> None:
        """Forget a world and its snapshots."""
        with self._anew(name):
            self._forget(name)
            for each in Snapshots(self._store, name).names():
                self._store.forget(snapshot_key(name, each))

    @contextmanager
    def _anew(self, name: str, *beside: str) -> Iterator[None]:
        """Let another epoch begin in one transaction, and tell those who wait.

        `beside` is held too, for what is read of it.
        """
        with self._holding(*{name, *beside}):
            with self._store.transaction():
                yield
            if (world := self._open.get(name)) is not None:
                self._open.note_use(world, self._waiting, self._machine())
        self._tell()

    def _forget(self, name: str) -> None:
        self._store.forget(name)
        origins.forget(self._store, name)
        self._open.close(name)
        self._holding.forget(name)
        self._waiting.forget(name)
        self.on_end(name)


def _from(key: str) -> dict[str, Any]:
    """Return how a world begins that goes on from what is kept under a key."""
    return {"scenario": key, "is_whole": True}
