"""The database under all worlds: its tables, its transactions, and whose rows a world reads."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timedelta
from functools import partial
from operator import itemgetter
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine.interfaces import DBAPICursor

from mock_server.contract.resource import Resource
from mock_server.memory import Memory
from mock_server.world import arranging
from mock_server.world.fair_lock import FairLock
from mock_server.world.indexes import Indexes
from mock_server.world.layers import PRISTINE, Layers
from mock_server.world.opened import opened
from mock_server.world.states import States
from mock_server.world.versions import Versions
from mock_server.world.views import View

Parameters = Mapping[str, Any]
Rows = sa.CursorResult[*tuple[Any, ...]]
Prepared = tuple[str, list[tuple[str, Any]]]  # SQL, and each parameter with its literal value

# How much is remembered for all worlds together: statements, and what was read of records.
_STATEMENT_BYTES = 4_000_000
_ANSWER_BYTES = 16_000_000
_CONTENTS_BYTES = 8_000_000
_PAGE_BYTES = 8_000_000


class Store:
    """Every record of every world, in SQLite in memory or in a file.

    A world starts without rows of its own and reads the pristine ones. What it changes becomes a
    row of its own, and the row below is hidden from it; a reset forgets both. So a new world costs
    nothing, a write costs one row, and no reset can leave anything behind.
    """

    def __init__(self, resources: Mapping[str, Resource], path: str | None = None) -> None:
        """Open the database with a table for each resource; `path` None keeps it in memory.

        Raises `ValueError` for a database that cannot be used.
        """
        self.lock = FairLock()
        self._database, self._layout = database, layout = opened(path, resources)
        self.tables, self.agenda = layout.records, layout.agenda
        self.shadows, self.sightings = layout.shadows, layout.sightings
        self.states = States(self, layout.worlds, layout.counters)
        self._cursor = database.cursor
        self.turns = database.turns
        # How long no other replica sends what this one has handed out.
        self.claims_last = timedelta(seconds=15)
        self._compiled = Memory(_STATEMENT_BYTES)
        self._indexes = Indexes(self._database)
        self.answers, self.pages = Memory(_ANSWER_BYTES), Memory(_PAGE_BYTES)
        self.contents = Memory(_CONTENTS_BYTES)
        self._versions = Versions()

    @property
    def replica(self) -> int | None:
        """Return the number of this process among those that share the database, if any do."""
        return None if self.turns is None else self.turns.replica

    @property
    def caches(self) -> Mapping[str, Memory]:
        """Return what is remembered for all worlds together, by name."""
        return {
            "answers": self.answers,
            "contents": self.contents,
            "pages": self.pages,
            "statements": self._compiled,
        }

    def close(self) -> None:
        """Close the database, and let others have its file."""
        self._database.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep all that is written inside, or, when an exception leaves it, none of it."""
        with self.lock:
            try:
                yield
                self._database.commit()
                self._versions.settle()
            except BaseException as error:
                self._undo()
                unwritable = self._database.obstacle(error)
                if unwritable is not None:
                    raise unwritable from error
                raise
            finally:
                self._indexes.settle()

    def _undo(self) -> None:
        self._database.rollback()
        self._versions.undo()
        if self._indexes.undo():
            # Each statement makes its indexes when it is prepared.
            self._compiled = Memory(_STATEMENT_BYTES)

    def touch(self, world: str, table: str) -> None:
        """Give the world's records in a table a new version, since they are others now."""
        self._versions.touch(world, table)

    def touch_all(self, world: str) -> None:
        """Give the world's records in all tables a new version: another process changed some."""
        self._versions.touch_all(world)

    def seal(self, world: str, look: Callable[[], datetime | None]) -> None:
        """Tell other processes, where there are some, that the world is another one now.

        `look` says when one of them is to look at it by itself, None never.
        """
        if self.turns is not None and self._database.is_writing:
            self.turns.seal(world, look())

    def alone(self) -> AbstractContextManager[None]:
        """Let this process do what one does for all that share the database."""
        return self._database.alone()

    def version(self, world: str, table: str) -> int:
        """Return a number that stands for the world's records in a table as they are now."""
        return self._versions.of(world, table)

    def run(self, shape: Any, build: Callable[[], Any], values: Parameters) -> DBAPICursor:
        """Run a statement; `build` makes it once for each `shape`, which then keeps its SQL.

        The driver's own cursor answers: the statements that every call runs are short, and a
        result object around each would cost more than most of them do.
        """
        text, literals = self._prepared(shape, build)
        cursor: DBAPICursor = self._cursor()
        cursor.execute(text, tuple([values.get(name, literal) for name, literal in literals]))
        return cursor

    def run_many(self, shape: Any, build: Callable[[], Any], rows: Sequence[Parameters]) -> None:
        """Run a statement, kept as by `run`, once for each row of values."""
        text, literals = self._prepared(shape, build)
        self._cursor().executemany(text, _bound(literals, rows))

    def _prepared(self, shape: Any, build: Callable[[], Any]) -> Prepared:
        return self._compiled.recall(shape, None, lambda: self._compile(build()))

    def _compile(self, statement: Any) -> tuple[Prepared, int]:
        compiled = statement.compile(dialect=self._database.sql.dialect)
        values, text = compiled.params, str(compiled)
        literals = [(name, values[name]) for name in compiled.positiontup or ()]
        # The driver keeps what it made of a statement beside its text.
        return (text, literals), 4 * len(text)

    def execute(
        self, statement: sa.Executable, values: Sequence[Parameters] | Parameters | None = None
    ) -> Rows:
        """Run a statement that is not worth keeping."""
        return self._database.connection.execute(statement, values)

    def ensure(self, table: str, indexes: Mapping[str, str]) -> None:
        """Make the indexes of a table that are not there yet."""
        for name, ddl in indexes.items():
            if not self._indexes.has(table, name):
                # Beside others an index is made when nobody waits for a transaction of this one.
                make = self._make_index if self.turns is None else self._indexes.want
                make(table, name, ddl)

    def _make_index(self, table: str, name: str, ddl: str) -> None:
        has_written = self._database.is_writing
        try:
            self._indexes.make(table, name, ddl)
        except sa.exc.DBAPIError as error:
            # A full disk is no reason not to read, only a slower one; but what was written before
            # in the same transaction may be undone by now, and must not be kept in part.
            if has_written or self._database.obstacle(error) is None:
                raise
            self._undo()

    def make_wanted_indexes(self) -> None:
        """Make the indexes that statements since the last time would use."""
        if self._indexes.are_wanted:
            self._indexes.make_wanted()

    def view(self, table: str, layers: Layers) -> View:
        """Return how a table is read through these layers."""
        return self._layout.view(table, layers)

    def refill(self, fill: Callable[[Any], bool]) -> bool:
        """Let the whole content be replaced; say whether it was."""
        with self.lock:
            is_filled = fill(self._database.driver)
            if is_filled:
                self._indexes = Indexes(self._database)
                for table in self.tables:
                    self.touch(PRISTINE, table)
            return is_filled

    def copy_out(self, keep: Callable[[Any], None]) -> None:
        """Let the whole content be copied, as it was last committed."""
        with self.lock:
            keep(self._database.driver)

    def arrange(self, table: str, world: str) -> None:
        """Lay the world's rows down in the order in which lists show them."""
        if arranging.arrange(self._database.connection, self.tables[table].table, world):
            self.touch(world, table)

    def forget(self, world: str) -> None:
        """Remove everything that is the world's own."""
        for name in self._tables_of(world):
            forget = self.tables[name].forget
            if self.run((name, "forget"), forget, {"its_world": world}).rowcount:
                self.touch(world, name)
        self._versions.forget(world)
        for beside in (self.agenda, self.shadows, self.sightings):
            self.run((beside.name, "forget"), partial(_forgetting, beside), {"its_world": world})
        self.states.forget(world)
        if self.turns is not None:
            self.turns.forget(world)

    def _tables_of(self, world: str) -> Iterable[str]:
        """Return the tables in which a world may have rows, which are few of them all."""
        state = self.states.of(world)
        if state is None and world != PRISTINE:
            return ()
        # A start that was ended halfway may have left seeded records, but never a state.
        tables: Iterable[str] = (state or {}).get("own", self.tables)
        return tables


def _bound(
    literals: Sequence[tuple[str, Any]], rows: Sequence[Parameters]
) -> Sequence[tuple[Any, ...]]:
    names = [name for name, _ in literals]
    if len(names) > 1 and all(name in row for row in rows[:1] for name in names):
        # Where the rows name everything, which most do, no Python runs for each value.
        return list(map(itemgetter(*names), rows))
    return [tuple([row.get(name, each) for name, each in literals]) for row in rows]


def _forgetting(table: sa.Table) -> sa.Delete:
    return sa.delete(table).where(table.c.world == sa.bindparam("its_world"))
