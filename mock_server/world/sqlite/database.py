"""An open SQLite database, which one process has to itself."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from sqlalchemy.engine.interfaces import DBAPICursor

from mock_server.world.databases import Sql, Turns
from mock_server.world.obstacles import Unwritable
from mock_server.world.schema import Schema
from mock_server.world.sqlite import obstacles, sql
from mock_server.world.sqlite.opening import opened


class SqliteDatabase:
    """One connection to a file, or to a database in memory."""

    sql: Sql = sql
    turns: Turns | None = None

    def __init__(self, path: str | None, schema: Schema) -> None:
        """Open the file, None for memory; raises `ValueError` for one that `opened` refuses."""
        self.connection = opened(path, schema)
        driver: Any = self.connection.connection.dbapi_connection
        self.driver = driver
        # Asked with every statement, so nothing stands between.
        self.cursor: Callable[[], DBAPICursor] = driver.cursor
        self._path, self._file = path, obstacles.identity(path)

    @property
    def is_writing(self) -> bool:
        return bool(self.driver.in_transaction)

    def commit(self) -> None:
        if self.driver.in_transaction:
            self._refuse_lost_file()
        # Both speak through one connection, but SQLAlchemy only knows of its own statements.
        if self.connection.in_transaction():
            self.connection.commit()
        # Most calls only read, and an idle commit costs as much as reading a record does.
        if self.driver.in_transaction:
            self.driver.commit()

    def rollback(self) -> None:
        self.driver.rollback()
        self.connection.rollback()

    def _refuse_lost_file(self) -> None:
        """Raise `Unwritable` where the file is gone: SQLite would go on, and all would be lost."""
        if self._path is not None and obstacles.identity(self._path) != self._file:
            advice = "stop the server, bring the file back and start again"
            raise Unwritable(
                f"the database {self._path} was deleted or replaced while it was in use: {advice}"
            )

    def obstacle(self, error: BaseException) -> Unwritable | None:
        return obstacles.obstacle(error, self._path)

    def index_names(self) -> set[str]:
        kept = "SELECT name FROM sqlite_master WHERE type = 'index'"
        found = set(self.connection.exec_driver_sql(kept).scalars())
        self.connection.commit()
        return found

    def learn(self, table: str) -> None:
        # It picks the best of several indexes only then; a sample tells it within milliseconds. It
        # is told of this table alone: an agenda that is nearly empty now would mislead it when it
        # is full.
        self.connection.exec_driver_sql(f"ANALYZE {table}")

    def alone(self) -> AbstractContextManager[None]:
        return nullcontext()

    def close(self) -> None:
        self.connection.close()
        self.connection.engine.dispose()
