"""What each world says of itself, beside its records: kept as JSON under the world's name."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

if TYPE_CHECKING:
    from mock_server.world.store import Store

# Made once: a call of json.dumps with options makes a new encoder each time.
_write = json.JSONEncoder(sort_keys=True).encode

_EPOCHS = "epochs"


class States:
    """The states of all worlds of a store, and how many epochs have begun in it."""

    def __init__(self, store: "Store", worlds: sa.Table, counters: sa.Table) -> None:
        """Keep them in these tables of the store."""
        self._store = store
        self._worlds, self._counters = worlds, counters

    def of(self, world: str) -> dict[str, Any] | None:
        """Return what was kept of the world itself, None for one that was never used."""
        found = self._store.run("read a state", self._reading, {"its_name": world}).fetchone()
        return None if found is None else json.loads(found[0])

    def keep(self, world: str, state: Mapping[str, Any]) -> None:
        """Keep what the world says of itself."""
        values = {"name": world, "its_name": world, "state": _write(state)}
        if self._store.run("change a state", self._changing, values).rowcount == 0:
            self._store.run("keep a state", self._keeping, values)

    def forget(self, world: str) -> None:
        """Remove what was kept of the world itself."""
        self._store.run("forget a state", self._forgetting, {"its_name": world})

    def names(self, low: str = "", high: str = "~") -> list[str]:
        """Return the names between these two under which something is kept, in their order."""
        found = self._store.run("names of states", self._reading_names, {"low": low, "high": high})
        return [str(each[0]) for each in found.fetchall()]

    def next_epoch(self) -> int:
        """Return the number of an epoch that begins now.

        No number is given twice, even after a reset has forgotten all that was the world's.
        """
        which = {"its_name": _EPOCHS}
        if self._store.run("count up", self._counting, which).rowcount == 0:
            self._store.run("begin to count", self._beginning, {"name": _EPOCHS, "last": 1})
        ((last,),) = self._store.run("read a counter", self._reading_counter, which).fetchall()
        return int(last)

    def _reading(self) -> sa.Select[str]:
        return sa.select(self._worlds.c.state).where(self._is_its())

    def _reading_names(self) -> sa.Select[str]:
        name = self._worlds.c.name
        is_between = name.between(sa.bindparam("low"), sa.bindparam("high"))
        return sa.select(name).where(is_between).order_by(name)

    def _changing(self) -> sa.Update:
        return sa.update(self._worlds).where(self._is_its()).values(state=sa.bindparam("state"))

    def _keeping(self) -> sa.Insert:
        names = ("name", "state")
        return sa.insert(self._worlds).values({each: sa.bindparam(each) for each in names})

    def _forgetting(self) -> sa.Delete:
        return sa.delete(self._worlds).where(self._is_its())

    def _is_its(self) -> sa.ColumnElement[bool]:
        return self._worlds.c.name == sa.bindparam("its_name")

    def _reading_counter(self) -> sa.Select[int]:
        return sa.select(self._counters.c.last).where(self._is_counter())

    def _counting(self) -> sa.Update:
        last = self._counters.c.last
        return sa.update(self._counters).where(self._is_counter()).values(last=last + 1)

    def _beginning(self) -> sa.Insert:
        names = ("name", "last")
        return sa.insert(self._counters).values({each: sa.bindparam(each) for each in names})

    def _is_counter(self) -> sa.ColumnElement[bool]:
        return self._counters.c.name == sa.bindparam("its_name")
