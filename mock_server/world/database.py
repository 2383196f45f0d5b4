"""How the database is opened: by one process at a time, and only where it is ours."""

import hashlib
import sqlite3

import sqlalchemy as sa
from sqlalchemy.pool import StaticPool

# SQLite keeps two numbers for the program whose file it is: whose, and of which version.
_OURS = int.from_bytes(b"mock", "big")
# A server that was killed needs a moment to be gone.
_PATIENCE_SECONDS = 1.0
# What an early file of ours has, from before it said whose it is.
_EARLY = {"worlds", "agenda", "ix_agenda"}


def opened(path: str | None, tables: sa.MetaData) -> sa.Connection:
    """Open the database for this process alone, and make the tables in a new one.

    `path` None keeps it in memory. Raises `ValueError` for a path where no database is and none
    can be made, and for a database that is in use, another program's, or of another version.
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
        _lay_out(connection, path, tables)
        connection.commit()
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


def _lay_out(connection: sa.Connection, path: str | None, tables: sa.MetaData) -> None:
    owner = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
    version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    there = set(connection.exec_driver_sql("SELECT name FROM sqlite_master").scalars())
    if owner == 0 and not there:
        connection.exec_driver_sql(f"PRAGMA application_id={_OURS}")
        connection.exec_driver_sql(f"PRAGMA user_version={_layout(tables)}")
        tables.create_all(connection)
    elif owner == _OURS or (owner == 0 and there >= _EARLY):
        _refuse_other_version(owner, version, tables)
    else:
        raise ValueError(f"{path} is a database of another program; give --db a file of its own")


def _refuse_other_version(owner: int, version: int, tables: sa.MetaData) -> None:
    if (owner, version) != (_OURS, _layout(tables)):
        advice = "delete it, or give --db another file"
        raise ValueError(f"this database is of another version of mock-server: {advice}")


def _layout(tables: sa.MetaData) -> int:
    """Return a short mark of the tables and columns: another version's differs."""
    columns = [f"{each} {each.type}" for one in tables.tables.values() for each in one.c]
    digest = hashlib.sha256("\n".join(sorted(columns)).encode()).digest()
    # SQLite's number has 31 bits and a sign.
    return int.from_bytes(digest[:4], "big") >> 1


def _complaint(path: str | None, error: sa.exc.DatabaseError) -> str:
    # The lower byte is the kind of error, the others say more of it.
    if getattr(error.orig, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY:
        return f"{path} is in use by another mock-server; stop it, or give --db another file"
    return f"no database can be kept at {path}: {error.orig}"
