"""How the rows that are a world's own are copied to another name."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import sqlalchemy as sa

if TYPE_CHECKING:
    from mock_server.world.store import Store


def copy_rows(store: "Store", source: str, target: str, tables: Iterable[str]) -> None:
    """Copy the records of these tables and all that stands beside them.

    Copies come in the order of the originals. Each keeps its place, the number that it is ordered
    by, so that every list of the target has the order of the source's. What is added later gets a
    higher number: a place is never above the row that has it.
    """
    for name in tables:
        _copy(store, store.tables[name].table, source, target, "row")
        store.touch(target, name)
    for beside, number in ((store.agenda, "number"), (store.shadows, ""), (store.sightings, "")):
        _copy(store, beside, source, target, number)


def _copy(store: "Store", table: sa.Table, source: str, target: str, number: str) -> None:
    def build() -> sa.Insert:
        columns = [each for each in table.c if each.name not in {"world", number}]
        rows = sa.select(sa.bindparam("target"), *columns)
        rows = rows.where(table.c.world == sa.bindparam("source"))
        rows = rows.order_by(table.c[number]) if number else rows
        return sa.insert(table).from_select(["world", *(each.name for each in columns)], rows)

    store.run((table.name, "copy"), build, {"source": source, "target": target})
