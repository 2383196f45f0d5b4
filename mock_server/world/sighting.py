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
        # Rows and sightings change at different times, so each have a version of their own.
        self._mark = f"{table} sightings"

    def version(self, world: str) -> int:
        """Return a number that stands for the world's sightings as they are now."""
        return self._store.version(world, self._mark)

    def of(self, world: str) -> Mapping[str, Sighting]:
        """Return the world's sightings as they are now."""
        key = world, self._mark
        return self._store.answers.recall(key, self.version(world), lambda: self._read(world))

    def keep(self, world: str, owner: str, sighting: Sighting, *, is_first: bool) -> None:
        """Keep the last sighting of an owner's records, in place of an earlier one."""
        own = {"world": world, "resource": self._name, "owner": owner}
        row = {
            **own,
            **{f"its_{name}": each for name, each in own.items()},
            "at": sighting.at,
            "has_left_out": sighting.has_left_out,
        }
        if is_first:
            self._store.run("sight", self._adding, row)
        else:
            self._store.run("sight again", self._changing, row)
        self._store.touch(world, self._mark)

    def _read(self, world: str) -> tuple[dict[str, Sighting], int]:
        values = {"its_world": world, "its_resource": self._name}
        rows = self._store.run("sightings", self._reading, values).fetchall()
        found = {owner: Sighting(at, bool(left)) for owner, at, left in rows}
        return found, 300 * len(found)

    def _reading(self) -> sa.Select[Any]:
        columns = self._sightings.c
        found = sa.select(columns.owner, columns.at, columns.has_left_out)
        return found.where(self._are("world", "resource"))

    def _changing(self) -> sa.Update:
        names = ("at", "has_left_out")
        written: dict[str, Any] = {each: sa.bindparam(each) for each in names}
        is_its = self._are("world", "resource", "owner")
        return sa.update(self._sightings).where(is_its).values(written)

    def _adding(self) -> sa.Insert:
        names = [each.name for each in self._sightings.c]
        return sa.insert(self._sightings).values({each: sa.bindparam(each) for each in names})

    def _are(self, *names: str) -> sa.ColumnElement[bool]:
        columns = self._sightings.c
        return sa.and_(*(columns[each] == sa.bindparam(f"its_{each}") for each in names))
