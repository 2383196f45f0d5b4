"""How much there is of something in all worlds together, counted by the database."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from mock_server.world.naming import is_world
from mock_server.world.store import Store


def agenda_entries(store: Store) -> Mapping[tuple[str, bool], int]:
    """Return how many entries stand on the agendas, by action and by whether they are routine."""
    table = store.agenda
    found = _counted(store, "count the agendas", table.c.world, table.c.action, table.c.is_routine)
    return {(action, bool(is_routine)): count for (action, is_routine), count in found.items()}


def records_by(store: Store, table: str, field: str) -> Mapping[str, int]:
    """Return how many records a table has for each value of a field.

    The table must have no seeded records: those would have to be counted for each world.
    """
    columns = store.tables[table].table.c
    found = _counted(store, f"count {table} by {field}", columns.world, columns[field])
    return {value: count for (value,), count in found.items()}


def _counted(
    store: Store, shape: str, world: sa.Column[str], *by: sa.Column[Any]
) -> Counter[tuple[Any, ...]]:
    """Count rows by these columns, in what is a world: snapshots have rows in the same tables."""

    def build() -> sa.Select[Any]:
        return sa.select(world, *by, sa.func.count()).group_by(world, *by)

    found: Counter[tuple[Any, ...]] = Counter()
    for name, *values, count in store.run(shape, build, {}).fetchall():
        if is_world(name):
            found[tuple(values)] += count
    return found
