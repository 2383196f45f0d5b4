"""How a world changes records that lie below it: with rows of its own, which stand for those."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from mock_server.world.layers import NEVER_AGAIN, Layers
from mock_server.world.store import Store

Row = Mapping[str, Any]


class Cover:
    """The rows of one table that are a world's own, and what they hide."""

    def __init__(self, store: Store, table: str) -> None:
        """Write to this table."""
        self._store = store
        self._table = store.tables[table]
        self._name = table

    def add(self, layers: Layers, rows: Sequence[Row]) -> None:
        """Add rows, each in a place of its own."""
        what = "insert" if layers.depth == 1 else "insert above"
        build = self._table.insert if layers.depth == 1 else self._table.insert_above
        self._store.run_many((self._name, what), build, rows)

    def replace(self, layers: Layers, row: Row) -> None:
        """Put a row in the place of the record that it is, which is there."""
        which = {"its_world": row["world"], "its_id": row["id"]}
        updated = self._store.run((self._name, "update"), self._table.update, {**row, **which})
        if updated.rowcount == 0:
            place, until = self._locate(layers, row["id"])
            # What sightings leave out below is left out here as well.
            kept = until if until == NEVER_AGAIN else row["seen_until"]
            covered = {**row, "place": place, "seen_until": kept}
            self._store.run((self._name, "cover"), self._table.cover, covered)
            self._hide(row["world"], [place])

    def remove(self, layers: Layers, world: str, record_id: str) -> bool:
        """Show a record no more; say whether there was one."""
        which = {"its_world": world, "its_id": record_id}
        gone = self._store.run((self._name, "delete"), self._table.delete, which)
        if gone.rowcount:
            return True
        found = self._locate(layers, record_id)
        if found is None:
            return False
        self._hide(world, [found[0]])
        return True

    def remove_rows(self, world: str, found: Iterable[tuple[int, str, int]]) -> None:
        """Show some records no more, given by row, world and place."""
        own, below = [], []
        for row, whose, place in found:
            own.append({"number": row}) if whose == world else below.append(place)
        self._store.run_many((self._name, "delete row"), self._table.delete_row, own)
        self._hide(world, below)

    def leave_out(self, world: str, record_id: str, until: str | None) -> None:
        """Set until when sightings do not count for a row of the world's own."""
        values = {"its_world": world, "its_id": record_id, "until": until}
        self._store.run((self._name, "leave out"), self._table.leave_out, values)

    def _locate(self, layers: Layers, record_id: str) -> Any:
        view = self._store.view(self._name, layers)
        values = {"its_id": record_id, **layers.values}
        shape = self._name, "locate", layers.depth
        return self._store.run(shape, view.locate, values).fetchone()

    def _hide(self, world: str, places: Iterable[int]) -> None:
        rows = [{"world": world, "resource": self._name, "place": each} for each in places]
        self._store.run_many("hide", self._hiding, rows)

    def _hiding(self) -> sa.Insert:
        names = ("world", "resource", "place")
        return sa.insert(self._store.shadows).values({each: sa.bindparam(each) for each in names})
