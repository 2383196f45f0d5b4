"""What a store asks of its database: how its SQL is written, and what an open one can do."""

from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, NamedTuple, Protocol

import sqlalchemy as sa
from sqlalchemy.engine.interfaces import DBAPICursor

from mock_server.world.obstacles import Unwritable

Column = sa.ColumnElement[Any]


class Sql(Protocol):
    """What one kind of database understands, and others do not: a module with these functions."""

    # Writes each statement with its parameters by position.
    dialect: sa.Dialect

    def join_texts(self, texts: Column, by: Column | None = None) -> Column:
        """Return the texts of all rows as one, as bytes, with commas between them.

        `by` is their order, None where the rows come in it.
        """

    def each_of(self, array: Column, name: str, kind: sa.types.TypeEngine[Any]) -> sa.FromClause:
        """Return a table with the `value` of each item of a JSON array, and its place as `key`."""

    def json_field(self, field: str, kind: sa.types.TypeEngine[Any]) -> Column:
        """Return a field of the JSON text in the column `body`, as an index reads it as well."""

    def with_text(self, body: Column, field: str, before: Column, after: Column) -> Column:
        """Return the JSON text with another text in a field, which every record has.

        `before` is what stands there now, or NULL.
        """

    def contains(self, text: Column, part: Column) -> sa.ColumnElement[bool]:
        """Say whether a text has the other one in it."""

    def next_number(self, number: sa.Column[Any]) -> Column:
        """Return a number for a row that is added: no earlier one has it or a higher one."""

    def directed(self, key: Column, *, descending: bool) -> Column:
        """Return a key to order by; what is NULL counts as the least."""

    def index_ddl(self, name: str, table: sa.Table, keys: list[str]) -> str:
        """Return the SQL that makes an index of these columns and expressions if it is not there.

        It serves the order of `directed`.
        """


class Taken(NamedTuple):
    """A world that this process holds against the others."""

    # Whether it may be another one than this process remembers.
    has_moved: bool
    # Whether the connection is another one, so that any world may be.
    is_lost: bool
    # Its tallies as JSON, None where they are as its state tells them.
    tallies: str | None


class Turns(Protocol):
    """How several processes, the replicas, take turns in the worlds of one database."""

    # The number of this replica, which none had before it.
    replica: int

    def time(self) -> datetime:
        """Return the time of the clock that all replicas go by."""

    def take(self, world: str, *, is_first: bool) -> Taken | None:
        """Hold a world until `leave`; None where another replica holds it.

        `is_first` says that this process holds none, so that it may connect anew. Raises
        `Unreachable`.
        """

    def leave(self, world: str, tallies: str | None) -> None:
        """Let others have the world; keep its tallies, None where they are as they were."""

    def seal(self, world: str, look: datetime | None) -> None:
        """Note, in the transaction under way, that the world is another one now.

        Some replica is to look at it at that time by itself, None never.
        """

    def forget(self, world: str) -> None:
        """Remove what `leave` and `seal` keep of a world."""

    def overdue(self, most: int) -> list[str]:
        """Return the names of so many worlds that were to be looked at by now."""


class Database(Protocol):
    """An open database: one connection, on which one thread at a time may be at work."""

    sql: Sql
    # For statements that are not worth keeping, and for those that lay out tables.
    connection: sa.Connection
    # The driver's own connection.
    driver: Any
    # None where this process has the database to itself.
    turns: Turns | None

    def cursor(self) -> DBAPICursor:
        """Return a cursor of the driver."""

    @property
    def is_writing(self) -> bool:
        """Say whether anything was written that is not committed."""

    def commit(self) -> None:
        """Keep what was written."""

    def rollback(self) -> None:
        """Keep nothing of what was written since the last commit."""

    def obstacle(self, error: BaseException) -> Unwritable | None:
        """Return why nothing can be kept now, None for an error that says something else."""

    def index_names(self) -> set[str]:
        """Return the names of the indexes that are there, which a file has from an earlier time."""

    def learn(self, table: str) -> None:
        """Let the database learn how each index of a table divides its rows."""

    def alone(self) -> AbstractContextManager[None]:
        """Let this process do what one does for all; others wait meanwhile, and say so."""

    def close(self) -> None:
        """Let others have the database."""
