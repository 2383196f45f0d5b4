"""The tables of a database, the SQL that makes them, and the mark of their version."""

import hashlib
from functools import cached_property

import sqlalchemy as sa
from sqlalchemy.schema import CreateIndex, CreateTable, ExecutableDDLElement


class Schema:
    """Tables whose SQL is written once, however many databases are made of it."""

    def __init__(self, metadata: sa.MetaData, dialect: sa.Dialect) -> None:
        """Take the tables as they are; none may be added later."""
        self.metadata = metadata
        self._dialect = dialect

    @cached_property
    def statements(self) -> tuple[str, ...]:
        """Return the SQL that makes the tables and their indexes in an empty database."""
        tables = self.metadata.sorted_tables
        indexes = [each for one in tables for each in sorted(one.indexes, key=_name)]
        made: list[ExecutableDDLElement] = [*map(CreateTable, tables), *map(CreateIndex, indexes)]
        return tuple(str(each.compile(dialect=self._dialect)) for each in made)

    @cached_property
    def mark(self) -> int:
        """Return a short mark of the tables and columns: another version's differs."""
        tables = self.metadata.tables.values()
        columns = [f"{each} {each.type}" for one in tables for each in one.c]
        digest = hashlib.sha256("\n".join(sorted(columns)).encode()).digest()
        # SQLite's number has 31 bits and a sign.
        return int.from_bytes(digest[:4], "big") >> 1


def _name(index: sa.Index) -> str:
    return str(index.name)
