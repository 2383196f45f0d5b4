"""The snapshots of a world: its states at earlier instants, each kept whole under a name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from mock_server.world.naming import snapshot_key
from mock_server.world.store import Store

MOST = 100


@dataclass(frozen=True)
class Snapshot:
    """What a world was at one instant of its own time."""

    name: str
    at: str


class Snapshots:
    """The snapshots of one world, by name; each is a copy of the rows that are the world's own."""

    def __init__(self, store: Store, world: str) -> None:
        """Keep them beside the world's own rows."""
        self._store = store
        self._world = world

    def __len__(self) -> int:
        return len(self.names())

    def names(self) -> list[str]:
        """Return the names of the snapshots in their order."""
        low, high = snapshot_key(self._world, ""), snapshot_key(self._world, "~")
        return [each.removeprefix(low) for each in self._store.states.names(low, high)]

    def all(self) -> list[Snapshot]:
        """Return the snapshots, ordered by name."""
        return [self._read(each) for each in self.names()]

    def take(self, name: str, own: Callable[[str], Mapping[str, Any]]) -> Snapshot:
        """Keep the world as it is, in place of an earlier snapshot of that name.

        `own` copies the world's own rows to a key and returns its state.
        """
        key = snapshot_key(self._world, name)
        self._store.forget(key)
        self._store.states.keep(key, own(key))
        return self._read(name)

    def drop(self, name: str) -> bool:
        """Forget a snapshot; say whether there was one."""
        key = snapshot_key(self._world, name)
        is_there = self._store.states.of(key) is not None
        self._store.forget(key)
        return is_there

    def _read(self, name: str) -> Snapshot:
        state = self._store.states.of(snapshot_key(self._world, name)) or {}
        return Snapshot(name, state["at"])
