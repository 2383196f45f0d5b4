"""An open PostgreSQL database, which this process shares with the other replicas."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import sqlalchemy as sa
from sqlalchemy.engine.interfaces import DBAPICursor

from mock_server.world.databases import Sql, Turns
from mock_server.world.obstacles import Unreachable, Unwritable
from mock_server.world.postgresql import opening, sql
from mock_server.world.postgresql.turns import PostgresqlTurns
from mock_server.world.schema import Schema

# What a database says that is gone, going, or only a copy that another one has been made from.
_GONE = (psycopg.OperationalError, psycopg.errors.ReadOnlySqlTransaction)
_WRITES = ("INSERT", "UPDATE", "DELETE", "CREATE", "DROP T")
# After an attempt in vain callers are refused at once for so long, not one after the other.
_PAUSE_SECONDS = 0.5


class PostgresqlDatabase:
    """One connection, which is made anew where it was lost.

    A statement that reads is a transaction of its own; the first one that writes begins one.
    """

    sql: Sql = sql

    def __init__(self, url: str, schema: Schema) -> None:
        """Open the database; raises `ValueError` for one that `opening.opened` refuses."""
        self._url = url
        self._try_again_at = 0.0
        self._use(opening.opened(url, schema))
        self.turns: Turns | None = PostgresqlTurns(self)

    def _use(self, connection: sa.Connection) -> None:
        self.connection = connection
        self.driver: Any = connection.connection.dbapi_connection
        self._cursors = type("Cursor", (_Cursor,), {"database": self})

    def cursor(self) -> DBAPICursor:
        cursor: DBAPICursor = self._cursors(self.driver)
        return cursor

    def reconnected(self) -> bool:
        """See that there is a connection; say whether it is another one than before.

        Raises `Unreachable` where there is none.
        """
        if not self.driver.closed:
            return False
        if time.monotonic() < self._try_again_at:
            raise Unreachable(f"the database {opening.shown(self._url)} cannot be reached")
        opening.close(self.connection)
        with self.telling():
            self._try_again_at = time.monotonic() + _PAUSE_SECONDS
            self._use(opening.connected(self._url))
        return True

    @property
    def is_writing(self) -> bool:
        return bool(self.driver.info.transaction_status != psycopg.pq.TransactionStatus.IDLE)

    def begin(self) -> None:
        """Begin a transaction, unless one is under way."""
        if self.driver.info.transaction_status == psycopg.pq.TransactionStatus.IDLE:
            self.driver.execute("BEGIN")

    def commit(self) -> None:
        if self.is_writing:
            with self.telling():
                self.driver.execute("COMMIT")

    def rollback(self) -> None:
        if not self.driver.closed and self.is_writing:
            with self.telling():
                self.driver.execute("ROLLBACK")

    @contextmanager
    def telling(self) -> Iterator[None]:
        """Raise `Unreachable` for what says that the database is gone."""
        try:
            yield
        except (psycopg.Error, sa.exc.DBAPIError) as error:
            obstacle = self.obstacle(error)
            if obstacle is None:
                raise
            raise obstacle from error

    def obstacle(self, error: BaseException) -> Unwritable | None:
        original = error.orig if isinstance(error, sa.exc.DBAPIError) else error
        is_gone = isinstance(original, _GONE)
        if not is_gone and not self.driver.closed:
            return None
        told = str(original).strip().splitlines()
        what = told[0] if told else "the connection is lost"
        return Unreachable(f"the database {opening.shown(self._url)} cannot be used now: {what}")

    def index_names(self) -> set[str]:
        kept = "SELECT indexname FROM pg_indexes WHERE schemaname = current_schema()"
        return set(self.connection.exec_driver_sql(kept).scalars())

    def learn(self, table: str) -> None:
        self.connection.exec_driver_sql(f"ANALYZE {table}")

    @contextmanager
    def alone(self) -> Iterator[None]:
        with self.telling(), opening.alone(self.connection, opening.WORK, "seeding"):
            yield

    def close(self) -> None:
        opening.close(self.connection)


class _Cursor(psycopg.RawCursor[Any]):
    """A cursor whose first statement that writes begins a transaction."""

    database: PostgresqlDatabase

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        super().__init__(connection)
        # As text, bytes would travel at twice their length.
        self.format = psycopg.pq.Format.BINARY

    def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
        with self.database.telling():
            if query.startswith(_WRITES):
                self.database.begin()
            return super().execute(query, params, **options)

    def executemany(self, query: Any, params_seq: Any, **options: Any) -> None:
        with self.database.telling():
            self.database.begin()
            super().executemany(query, params_seq, **options)
