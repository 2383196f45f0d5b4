"""How a PostgreSQL database is reached, and laid out by the first replica that comes."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psycopg
import sqlalchemy as sa
from psycopg.types.string import StrDumper
from sqlalchemy.pool import StaticPool

from mock_server.world.postgresql.functions import STATEMENTS
from mock_server.world.postgresql.sql import storable
from mock_server.world.schema import Schema

_log = logging.getLogger(__name__)

_PATIENCE_SECONDS = 3
# What one replica does for all: it makes the tables, and seeds them.
LAYING_OUT, WORK = "lay out@", "seed@"
_LAYOUT = "mock_server_layout"
# A connection that a cut line or a stopped machine has ended is noticed after about 15 seconds.
_ALIVE: dict[str, Any] = {"keepalives_idle": 5, "keepalives_interval": 5, "keepalives_count": 2}
# Statements are few and run often; PostgreSQL plans each once for a connection.
_PREPARED = 1_000


class _StorableText(StrDumper):
    """Hands texts to columns; what they hold in JSON has no NUL to begin with."""

    def dump(self, obj: str) -> Any:
        return super().dump(storable(obj))


def connected(url: str) -> sa.Connection:
    """Connect to the database; raises `psycopg.OperationalError` where it cannot be reached.

    Each statement is a transaction of its own until one is begun.
    """

    def connect() -> psycopg.Connection[Any]:
        driver = psycopg.connect(url, autocommit=True, connect_timeout=_PATIENCE_SECONDS, **_ALIVE)
        driver.prepare_threshold, driver.prepared_max = 1, _PREPARED
        driver.adapters.register_dumper(str, _StorableText)
        return driver

    engine = sa.create_engine(
        "postgresql+psycopg://", creator=connect, poolclass=StaticPool, isolation_level="AUTOCOMMIT"
    )
    return engine.connect()


def opened(url: str, schema: Schema) -> sa.Connection:
    """Connect to the database, and make the tables in an empty one.

    Raises `ValueError` for a database that cannot be reached, is another program's, or is of
    another version.
    """
    try:
        connection = connected(url)
    except (psycopg.Error, sa.exc.DBAPIError) as error:
        told = str(getattr(error, "orig", error)).strip().splitlines()[-1]
        raise ValueError(f"no database can be reached at {shown(url)}: {told}") from None
    try:
        with alone(connection, LAYING_OUT, "making the tables of"):
            _lay_out(connection, url, schema)
    except BaseException:
        close(connection)
        raise
    return connection


def close(connection: sa.Connection) -> None:
    """Let others have what the connection held; one that is lost has nothing to let go of."""
    with suppress(psycopg.Error, sa.exc.DBAPIError):
        connection.close()
    connection.engine.dispose()


def shown(url: str) -> str:
    """Return the database's address without its password."""
    return sa.make_url(url).set(query={}).render_as_string(hide_password=True)


@contextmanager
def alone(connection: sa.Connection, work: str, told: str) -> Iterator[None]:
    """Do what one replica does for all, once no other one is at it."""
    key = f"hashtextextended('{work}', 0)"
    if not connection.exec_driver_sql(f"SELECT pg_try_advisory_lock({key})").scalar_one():
        _log.warning("another mock-server is %s this database; waiting until it is done", told)
        connection.exec_driver_sql(f"SELECT pg_advisory_lock({key})")
    try:
        yield
    finally:
        if not connection.invalidated:
            connection.exec_driver_sql(f"SELECT pg_advisory_unlock({key})")


def _lay_out(connection: sa.Connection, url: str, schema: Schema) -> None:
    there = set(
        connection.exec_driver_sql(
            "SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace"
            " AND relkind IN ('r', 'v', 'm', 'p', 'f')"
        ).scalars()
    )
    if _LAYOUT in there:
        mark = connection.exec_driver_sql(f"SELECT mark FROM {_LAYOUT}").scalar_one()  # noqa: S608 - a name of ours
        if mark != schema.mark:
            advice = "make an empty one, and give --db its name"
            raise ValueError(f"this database is of another version of mock-server: {advice}")
    elif there:
        raise ValueError(
            f"{shown(url)} is a database of another program (it has a table"
            f" {min(there)}); give --db an empty one"
        )
    else:
        _make(connection, schema)


def _make(connection: sa.Connection, schema: Schema) -> None:
    making = [
        "BEGIN",
        *schema.statements,
        *STATEMENTS,
        f"CREATE TABLE {_LAYOUT} (mark BIGINT)",
        f"INSERT INTO {_LAYOUT} VALUES ({schema.mark})",  # noqa: S608 - a number of ours
        "COMMIT",
    ]
    driver: Any = connection.connection.dbapi_connection
    # One message: several hundred would take as many journeys.
    driver.execute(";\n".join(making))
