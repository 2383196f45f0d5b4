"""The database under all worlds: its tables, its transactions, and whose rows a world reads."""

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import count
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine.interfaces import DBAPICursor

from mock_server.contract.resource import Resource
from mock_server.memory import Memory
from mock_server.world import arranging, database, sqlite
from mock_server.world.bookkeeping import (
    agenda_table,
    shadows_table,
    sightings_table,
    worlds_table,
)
from mock_server.world.fair_lock import FairLock
from mock_server.world.layers import PRISTINE, Layers
from mock_server.world.tables import RecordTable, order_index
from mock_server.world.views import View

Parameters = Mapping[str, Any]
Rows = sa.CursorResult[*tuple[Any, ...]]
Prepared = tuple[str, list[tuple[str, Any]]]  # SQL, and each parameter with its literal value

# Made once: a call of json.dumps with options makes a new encoder each time.
_write_state = json.JSONEncoder(sort_keys=True).encode

# How much is remembered for all worlds together: statements, and what was read of records.
_STATEMENT_BYTES = 4_000_000
_ANSWER_BYTES = 16_000_000
_CONTENTS_BYTES = 8_000_000
_PAGE_BYTES = 8_000_000
# Each index makes every write to its table dearer, and takes room; beyond so many a sort serves.
_MOST_ORDER_INDEXES = 8


class Store:
    """Every record of every world, in SQLite in memory or in a file.

    A world starts without rows of its own and reads the pristine ones. What it changes becomes a
    row of its own, and the row below is hidden from it; a reset forgets both. So a new world costs
    nothing, a write costs one row, and no reset can leave anything behind.
    """

    def __init__(self, resources: Mapping[str, Resource], path: str | None = None) -> None:
        """Open the database with a table for each resource; `path` None keeps it in memory.

        Raises `ValueError` for a file that `database.opened` refuses.
        """
        self.lock = FairLock()
        metadata = sa.MetaData()
        self.tables = {
            name: RecordTable(name, resource, metadata) for name, resource in resources.items()
        }
        self._worlds, self.agenda = worlds_table(metadata), agenda_table(metadata)
        self.shadows, self.sightings = shadows_table(metadata), sightings_table(metadata)
        self._views: dict[tuple[str, int, bool], View] = {}
        self._connection = database.opened(path, metadata)
        self._engine = self._connection.engine
        self._driver: Any = self._connection.connection.dbapi_connection
        self._compiled = Memory(_STATEMENT_BYTES)
        self._indexes = sqlite.index_names(self._connection)
        self.answers, self.pages = Memory(_ANSWER_BYTES), Memory(_PAGE_BYTES)
        self.contents = Memory(_CONTENTS_BYTES)
        # No number is ever given twice, so that no version can be taken for another one.
        self._numbers = count(1)
        self._versions: dict[tuple[str, str], int] = {}
        # What the transaction under way has changed, and is undone with it.
        self._touched: set[tuple[str, str]] = set()
        self._fresh_indexes: set[str] = set()
        self._forgotten: set[str] = set()

    def close(self) -> None:
        """Close the database, and let others have its file."""
        self._connection.close()
        self._engine.dispose()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep all that is written inside, or, when an exception leaves it, none of it."""
        with self.lock:
            try:
                yield
                self._commit()
                self._forget_versions()
            except BaseException:
                self._driver.rollback()
                self._connection.rollback()
                for each in self._touched:
                    self._versions[each] = next(self._numbers)
                self._undo_indexes()
                raise
            finally:
                self._touched.clear()
                self._fresh_indexes.clear()
                self._forgotten.clear()

    def _commit(self) -> None:
        # Both speak through one connection, but SQLAlchemy only knows of its own statements.
        if self._connection.in_transaction():
            self._connection.commit()
        # Most calls only read, and an idle commit costs as much as reading a record does.
        if self._driver.in_transaction:
            self._driver.commit()

    def _forget_versions(self) -> None:
        """Drop the versions of worlds that are gone, or each reset would leave some for ever."""
        if self._forgotten:
            known = self._versions.items()
            self._versions = {key: each for key, each in known if key[0] not in self._forgotten}

    def _undo_indexes(self) -> None:
        if self._fresh_indexes:
            self._indexes -= self._fresh_indexes
            # Each statement makes its indexes when it is prepared.
            self._compiled = Memory(_STATEMENT_BYTES)

    def touch(self, world: str, table: str) -> None:
        """Give the world's records in a table a new version, since they are others now."""
        self._versions[world, table] = next(self._numbers)
        self._touched.add((world, table))

    def version(self, world: str, table: str) -> int:
        """Return a number that stands for the world's records in a table as they are now."""
        return self._versions.get((world, table), 0)

    def run(self, shape: Any, build: Callable[[], Any], values: Parameters) -> DBAPICursor:
        """Run a statement; `build` makes it once for each `shape`, which then keeps its SQL.

        The driver's own cursor answers: the statements that every call runs are short, and a
        result object around each would cost more than most of them do.
        """
        text, literals = self._prepared(shape, build)
        cursor: DBAPICursor = self._driver.cursor()
        cursor.execute(text, tuple([values.get(name, literal) for name, literal in literals]))
        return cursor

    def run_many(self, shape: Any, build: Callable[[], Any], rows: Sequence[Parameters]) -> None:
        """Run a statement, kept as by `run`, once for each row of values."""
        text, literals = self._prepared(shape, build)
        bound = [tuple([row.get(name, each) for name, each in literals]) for row in rows]
        self._driver.cursor().executemany(text, bound)

    def _prepared(self, shape: Any, build: Callable[[], Any]) -> Prepared:
        return self._compiled.recall(shape, None, lambda: self._compile(build()))

    def _compile(self, statement: Any) -> tuple[Prepared, int]:
        compiled = statement.compile(dialect=self._engine.dialect)
        values, text = compiled.params, str(compiled)
        literals = [(name, values[name]) for name in compiled.positiontup or ()]
        # The driver keeps what it made of a statement beside its text.
        return (text, literals), 4 * len(text)

    def execute(
        self, statement: sa.Executable, values: Sequence[Parameters] | Parameters | None = None
    ) -> Rows:
        """Run a statement that is not worth keeping."""
        return self._connection.execute(statement, values)

    def ensure(self, table: str, indexes: Mapping[str, str]) -> None:
        """Make the indexes of a table that are not there yet; a sort does without one too many."""
        for name, ddl in indexes.items():
            if name not in self._indexes and self._has_room(table, name):
                self._connection.exec_driver_sql(ddl)
                sqlite.learn(self._connection, table)
                self._indexes.add(name)
                self._fresh_indexes.add(name)

    def _has_room(self, table: str, name: str) -> bool:
        # What lists filter by is bounded by the contract, what they can be ordered by is not.
        start = order_index(table, "")
        if not name.startswith(start):
            return True
        return sum(each.startswith(start) for each in self._indexes) < _MOST_ORDER_INDEXES

    def view(self, table: str, layers: Layers) -> View:
        """Return how a table is read through these layers."""
        key = table, layers.depth, layers.is_sighted
        if key not in self._views:
            beside = self.shadows, self.sightings
            self._views[key] = View(self.tables[table], beside, key[1], is_sighted=key[2])
        return self._views[key]

    def refill(self, fill: Callable[[sqlite3.Connection], bool]) -> bool:
        """Let the whole content be replaced; say whether it was."""
        with self.lock:
            is_filled = fill(self._driver)
            if is_filled:
                self._indexes = sqlite.index_names(self._connection)
                for table in self.tables:
                    self._versions[PRISTINE, table] = next(self._numbers)
            return is_filled

    def copy_out(self, keep: Callable[[sqlite3.Connection], None]) -> None:
        """Let the whole content be copied, as it was last committed."""
        with self.lock:
            keep(self._driver)

    def arrange(self, table: str, world: str) -> None:
        """Lay the world's rows down in the order in which lists show them."""
        if arranging.arrange(self._connection, self.tables[table].table, world):
            self.touch(world, table)

    def forget(self, world: str) -> None:
        """Remove everything that is the world's own."""
        for name, each in self.tables.items():
            gone = self.run((name, "forget"), each.forget, {"its_world": world})
            if gone.rowcount or (world, name) in self._versions:
                self.touch(world, name)
        self._forgotten.add(world)
        for beside in (self.agenda, self.shadows, self.sightings):
            self._connection.execute(sa.delete(beside).where(beside.c.world == world))
        self._connection.execute(sa.delete(self._worlds).where(self._worlds.c.name == world))

    def state(self, world: str) -> dict[str, Any] | None:
        """Return what was kept of the world itself, None for one that was never used."""
        found = self.run("read a state", self._reading_state, {"its_name": world}).fetchone()
        return None if found is None else json.loads(found[0])

    def keep_state(self, world: str, state: Mapping[str, Any]) -> None:
        """Keep what the world says of itself."""
        values = {"name": world, "its_name": world, "state": _write_state(state)}
        if self.run("change a state", self._changing_state, values).rowcount == 0:
            self.run("keep a state", self._keeping_state, values)

    def _reading_state(self) -> sa.Select[str]:
        is_its = self._worlds.c.name == sa.bindparam("its_name")
        return sa.select(self._worlds.c.state).where(is_its)

    def _changing_state(self) -> sa.Update:
        is_its = self._worlds.c.name == sa.bindparam("its_name")
        return sa.update(self._worlds).where(is_its).values(state=sa.bindparam("state"))

    def _keeping_state(self) -> sa.Insert:
        names = ("name", "state")
        return sa.insert(self._worlds).values({each: sa.bindparam(each) for each in names})

    def world_names(self) -> list[str]:
        """Return the worlds in use, by name, the pristine one left out."""
        names = self._connection.execute(sa.select(self._worlds.c.name)).scalars()
        return sorted(name for name in names if name != PRISTINE)
