"""Which records of a table has a world added, changed or removed?"""

from typing import TYPE_CHECKING

import sqlalchemy as sa

from mock_server.world.layers import PRISTINE

if TYPE_CHECKING:
    from mock_server.world.store import Store


def changed_ids(store: "Store", world: str, table: str) -> list[str]:
    """Return the ids of these records: what the world has rows of in order, then what it hides."""
    columns, shadows = store.tables[table].table.c, store.shadows.c

    def own() -> sa.Select[tuple[str]]:
        is_own = columns.world == sa.bindparam("its_world")
        return sa.select(columns.id).where(is_own).order_by(columns.row)

    def hidden() -> sa.Select[tuple[str]]:
        # A shadow tells the place, which is the row of the lowest layer.
        is_below = sa.and_(columns.row == shadows.place, columns.world == PRISTINE)
        is_hidden = sa.and_(shadows.world == sa.bindparam("its_world"), shadows.resource == table)
        return sa.select(columns.id).where(is_below, is_hidden).order_by(columns.row)

    found = [
        str(row[0])
        for shape, build in (("own ids", own), ("hidden ids", hidden))
        for row in store.run((table, shape), build, {"its_world": world}).fetchall()
    ]
    return list(dict.fromkeys(found))
