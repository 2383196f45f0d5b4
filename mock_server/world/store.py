"""The database under all worlds: its tables, its transactions, and whose rows a world reads."""

import json
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine.interfaces import DBAPICursor

from mock_server.contract.resource import Resource
from mock_server.world import database
from mock_server.world.bookkeeping import agenda_table, worlds_table
from mock_server.world.tables import PRISTINE, RecordTable

Parameters = Mapping[str, Any]
Rows = sa.CursorResult[*tuple[Any, ...]]
Prepared = tuple[str, list[tuple[str, Any]]]  # SQL, and each parameter with its literal value

# Made once: a call of json.dumps with options makes a new encoder each time.
_write_state = json.JSONEncoder(sort_keys=True).encode


class Store:
    """Every record of every world, in SQLite in memory or in a file.

    A world starts without rows of its own and reads the pristine ones. The first write to one of
    its collections copies that collection inside the database; a reset forgets the copies. So a
    new world costs nothing, and no reset can leave anything behind.
    """

    def __init__(self, resources: Mapping[str, Resource], path: str | None = None) -> None:
        """Open the database with a table for each resource; `path` None keeps it in memory.

        Raises `ValueError` for a file that `database.opened` refuses.
        """
        self.lock = threading.RLock()
        metadata = sa.MetaData()
        self.tables = {
            name: RecordTable(name, resource, metadata) for name, resource in resources.items()
        }
        self._worlds, self.agenda = worlds_table(metadata), agenda_table(metadata)
        self._connection = database.opened(path, metadata)
        self._engine = self._connection.engine
        self._driver: Any = self._connection.connection.dbapi_connection
        self._compiled: dict[Any, Prepared] = {}
        self._indexes: set[str] = set()
        self.versions: Counter[tuple[str, str]] = Counter()
        # What the transaction under way has changed, and is undone with it.
        self._touched: set[tuple[str, str]] = set()
        self._fresh_indexes: set[str] = set()

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
            except BaseException:
                self._driver.rollback()
                self._connection.rollback()
                self.versions.update(self._touched)
                self._undo_indexes()
                raise
            finally:
                self._touched.clear()
                self._fresh_indexes.clear()

    def _commit(self) -> None:
        # Both speak through one connection, but SQLAlchemy only knows of its own statements.
        if self._connection.in_transaction():
            self._connection.commit()
        # Most calls only read, and an idle commit costs as much as reading a record does.
        if self._driver.in_transaction:
            self._driver.commit()

    def _undo_indexes(self) -> None:
        if self._fresh_indexes:
            self._indexes -= self._fresh_indexes
            # Each statement makes its indexes when it is prepared.
            self._compiled.clear()

    def touch(self, world: str, table: str) -> None:
        """Give the world's records in a table a new version, since they are others now."""
        self.versions[world, table] += 1
        self._touched.add((world, table))

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
        bound = [tuple([row[name] for name, _ in literals]) for row in rows]
        self._driver.cursor().executemany(text, bound)

    def _prepared(self, shape: Any, build: Callable[[], Any]) -> Prepared:
        if shape not in self._compiled:
            compiled = build().compile(dialect=self._engine.dialect)
            values = compiled.params
            literals = [(name, values[name]) for name in compiled.positiontup or ()]
            self._compiled[shape] = str(compiled), literals
        return self._compiled[shape]

    def execute(
        self, statement: sa.Executable, values: Sequence[Parameters] | Parameters | None = None
    ) -> Rows:
        """Run a statement that is not worth keeping."""
        return self._connection.execute(statement, values)

    def ensure(self, indexes: Mapping[str, str]) -> None:
        """Make the indexes that are not there yet."""
        for name, ddl in indexes.items():
            if name not in self._indexes:
                self._connection.exec_driver_sql(ddl)
                # SQLite picks the best of several indexes only when it knows how each one divides
                # the records; a sample tells it within milliseconds.
                self._connection.exec_driver_sql("ANALYZE")
                self._indexes.add(name)
                self._fresh_indexes.add(name)

    def copy_rows(self, table: str, world: str) -> None:
        """Give the world its own copy of the pristine rows."""
        self.run((table, "copy"), self.tables[table].copy, {"its_world": world})
        self.touch(world, table)

    def arrange(self, table: str, world: str) -> None:
        """Lay the world's rows down oldest first, where they have a `created_at`.

        Lists show them in that order, so the records of a page then lie side by side: reading a
        page from all over a large table costs twice as much.
        """
        source = self.tables[table].table
        if "created_at" not in source.c:
            return
        columns = [each for each in source.c if each.name != "row"]
        names = [each.name for each in columns]
        copies = [sa.Column(each.name, each.type) for each in columns]
        number = sa.Column("row", sa.Integer, primary_key=True)
        aside = sa.Table("aside", sa.MetaData(), number, *copies, prefixes=["TEMPORARY"])
        mine = source.c.world == world
        oldest_first = sa.select(*columns).where(mine).order_by(source.c.created_at, source.c.id)
        aside.create(self._connection)
        self._connection.execute(sa.insert(aside).from_select(names, oldest_first))
        self._connection.execute(sa.delete(source).where(mine))
        back = sa.select(*(aside.c[name] for name in names)).order_by(aside.c.row)
        self._connection.execute(sa.insert(source).from_select(names, back))
        aside.drop(self._connection)
        self.touch(world, table)

    def forget(self, world: str) -> None:
        """Remove everything that is the world's own."""
        for name, each in self.tables.items():
            self.run((name, "forget"), each.forget, {"its_world": world})
            self.touch(world, name)
        self._connection.execute(sa.delete(self.agenda).where(self.agenda.c.world == world))
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
