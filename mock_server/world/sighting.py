"""When all records of one owner were last seen, kept once for all of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from mock_server.world.store import Store


@dataclass(frozen=True)
class Sighting:
    """An instant at which an owner was found to have its records, but for some left out."""

    at: str
    has_left_out: bool


class Sightings:
    """A world's sightings of one table's records, by owner."""

    def __init__(self, store: Store, table: str) -> None:
        """Keep them beside this table."""
        self._store = store
        self._sightings = store.sightings
        self._name = table

    def of(self, world: str) -> Mapping[str, Sighting]:
        """Return the world's sightings as they are now."""
        key = world, self._name, "sightings"
        version = self._store.version(world, self._name)
        return self._store.answers.recall(key, version, lambda: self._read(world))

    def keep(self, world: str, owner: str, sighting: Sighting) -> None:
        """Keep the last sighting of an owner's records."""
        row = {
            "its_world": world,
            "its_owner": owner,
            "at": sighting.at,
            "has_left_out": sighting.has_left_out,
        }
        changed = self._store.run((self._name, "sight again"), self._changing, row)
        if changed.rowcount == 0:
            own = {**row, "world": world, "resource": self._name, "owner": owner}
            self._store.run("sight", self._adding, own)

    def _read(self, world: str) -> tuple[dict[str, Sighting], int]:
        rows = self._store.run((self._name, "sightings"), self._reading, {"its_world": world})
        found = {owner: Sighting(at, bool(left)) for owner, at, left in rows.fetchall()}
        return found, 300 * len(found)

    def _reading(self) -> sa.Select[Any]:
        columns = self._sightings.c
        found = sa.select(columns.owner, columns.at, columns.has_left_out)
        return found.where(*self._mine())

    def _changing(self) -> sa.Update:
        is_its = self._sightings.c.owner == sa.bindparam("its_owner")
        names = ("at", "has_left_out")
        written: dict[str, Any] = {each: sa.bindparam(each) for each in names}
        return sa.update(self._sightings).where(*self._mine(), is_its).values(written)

    def _adding(self) -> sa.Insert:
        names = [each.name for each in self._sightings.c]
        return sa.insert(self._sightings).values({each: sa.bindparam(each) for each in names})

    def _mine(self) -> tuple[sa.ColumnElement[bool], sa.ColumnElement[bool]]:
        columns = self._sightings.c
        is_world = columns.world == sa.bindparam("its_world")
        return is_world, columns.resource == self._name
