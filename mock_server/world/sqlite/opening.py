"""How the database is opened: by one process at a time, and only where it is ours and sound."""

import sqlite3

import sqlalchemy as sa
from sqlalchemy.pool import StaticPool

from mock_server.world.schema import Schema
from mock_server.world.sqlite.obstacles import SENTENCES, code_of

# SQLite keeps two numbers for the program whose file it is: whose, and of which version.
_OURS = int.from_bytes(b"mock", "big")
# A server that was killed needs a moment to be gone.
_PATIENCE_SECONDS = 1.0
# How many of the newest records of each table are looked at when a file is opened.
_SAMPLE = 20
# What an early file of ours has, from before it said whose it is.
_EARLY = {"worlds", "agenda", "ix_agenda"}


def opened(path: str | None, schema: Schema) -> sa.Connection:
    """Open the database for this process alone, and make the tables in a new one.

    `path` None keeps it in memory. Raises `ValueError` for a path where no database is and none
    can be made, and for a database that is in use, another program's, of another version, or
    damaged.
    """
    url = sa.URL.create("sqlite", database=path or ":memory:")
    engine = sa.create_engine(
        url,
        poolclass=StaticPool,
        connect_args={"check_same_thread": False, "timeout": _PATIENCE_SECONDS},
    )
    try:
        connection = engine.connect()
        _take(connection)
        _lay_out(connection, path, schema)
        connection.commit()
        _refuse_damaged(connection, path, schema.metadata)
        # Locked for good, SQLite would leave a journal that is as long as the seeding beside it.
        connection.exec_driver_sql("PRAGMA journal_mode=TRUNCATE")
    except sa.exc.DatabaseError as error:
        engine.dispose()
        raise ValueError(_complaint(path, error)) from None
    except ValueError:
        engine.dispose()
        raise
    return connection


def _take(connection: sa.Connection) -> None:
    """Lock the file until the connection is closed, or the process is gone however it ended."""
    connection.exec_driver_sql("PRAGMA analysis_limit=1000")
    # A record has some two kilobytes. With SQLite's own pages of four, a list that lies anywhere
    # in a large table takes half as long again to read, and a fifth more memory.
    connection.exec_driver_sql("PRAGMA page_size=16384")
    connection.exec_driver_sql("PRAGMA synchronous=NORMAL")
    connection.exec_driver_sql("PRAGMA locking_mode=EXCLUSIVE")
    # The mode alone would let two processes read, and then neither of them write.
    connection.exec_driver_sql("BEGIN EXCLUSIVE")


def _lay_out(connection: sa.Connection, path: str | None, schema: Schema) -> None:
    owner = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
    version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    there = set(connection.exec_driver_sql("SELECT name FROM sqlite_master").scalars())
    if owner == 0 and not there:
        connection.exec_driver_sql(f"PRAGMA application_id={_OURS}")
        connection.exec_driver_sql(f"PRAGMA user_version={schema.mark}")
        for each in schema.statements:
            connection.exec_driver_sql(each)
    elif owner == _OURS or (owner == 0 and there >= _EARLY):
        _refuse_other_version(owner, version, schema)
    else:
        raise ValueError(f"{path} is a database of another program; give --db a file of its own")


def _refuse_other_version(owner: int, version: int, schema: Schema) -> None:
    if (owner, version) != (_OURS, schema.mark):
        advice = "delete it, or give --db another file"
        raise ValueError(f"this database is of another version of mock-server: {advice}")


def _refuse_damaged(connection: sa.Connection, path: str | None, tables: sa.MetaData) -> None:
    """Raise `ValueError` for a file of which something cannot be read, before anybody relies on it.

    Whatever is wrong deep inside one record would show only when that record is asked for, so of
    each table the newest ones are looked at.
    """
    if path is None:
        return
    there = set(connection.exec_driver_sql("SELECT name FROM sqlite_master").scalars())
    missing = sorted(tables.tables.keys() - there)
    if missing:
        raise ValueError(_damaged(path, f"the table {missing[0]} is missing"))
    (told, *_) = connection.exec_driver_sql("PRAGMA quick_check(1)").scalars()
    if told != "ok":
        raise ValueError(_damaged(path, str(told).replace("*** in database main ***\n", "")))
    for each in tables.tables.values():
        for column in each.c:
            if column.name in {"body", "state", "details"}:
                _refuse_unreadable(connection, path, each, column.name)
    connection.commit()


def _refuse_unreadable(connection: sa.Connection, path: str, table: sa.Table, column: str) -> None:
    newest = f"SELECT {column} FROM {table.name} ORDER BY rowid DESC LIMIT {_SAMPLE}"  # noqa: S608 - names of ours
    bad = f"SELECT count(*) FROM ({newest}) WHERE NOT json_valid({column})"  # noqa: S608 - the same
    if connection.exec_driver_sql(bad).scalar_one():
        raise ValueError(_damaged(path, f"a row of the table {table.name} is not JSON"))


def _damaged(path: str | None, what: str) -> str:
    return f"the database {path} is damaged ({what}): bring back a copy of it, or delete it"


def _complaint(path: str | None, error: sa.exc.DatabaseError) -> str:
    code = code_of(error.orig)
    if code == sqlite3.SQLITE_BUSY:
        return f"{path} is in use by another mock-server; stop it, or give --db another file"
    if code == sqlite3.SQLITE_CORRUPT:
        return _damaged(path, str(error.orig))
    return f"no database can be kept at {path}: {SENTENCES.get(code, error.orig)}"
