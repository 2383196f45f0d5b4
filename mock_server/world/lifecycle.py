"""How worlds are made, copied, brought back to their beginning, and removed."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from types import MappingProxyType
from typing import Any

from mock_server.world.beginning import ORDINARY, Beginning
from mock_server.world.holding import Holding
from mock_server.world.naming import MARK, snapshot_key
from mock_server.world.snapshots import Snapshots
from mock_server.world.store import Store

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
            if beginning != ORDINARY:
                self._open.begin(name, beginning)

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
        self._open.close(name)
        self._holding.forget(name)
        self._waiting.forget(name)
        self.on_end(name)
