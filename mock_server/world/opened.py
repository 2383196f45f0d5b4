"""Which database a store is opened on: the one that its name says."""

from collections.abc import Mapping

from mock_server.contract.resource import Resource
from mock_server.world.databases import Database
from mock_server.world.layout import Layout, layout_of
from mock_server.world.sqlite import sql as sqlite
from mock_server.world.sqlite.database import SqliteDatabase

_SCHEMES = ("postgresql://", "postgres://")


def is_shared(name: str | None) -> bool:
    """Say whether several processes can use the database of that name at once."""
    return name is not None and name.startswith(_SCHEMES)


def opened(name: str | None, resources: Mapping[str, Resource]) -> tuple[Database, Layout]:
    """Open the database of that name with a table for each resource; None is one in memory.

    Raises `ValueError` for a database that is in use, another program's, of another version,
    damaged, or of a kind whose driver is not installed.
    """
    if name is not None and is_shared(name):
        return _opened_shared(name, resources)
    layout = layout_of(resources, sqlite)
    return SqliteDatabase(name, layout.schema), layout


def _opened_shared(url: str, resources: Mapping[str, Resource]) -> tuple[Database, Layout]:
    try:
        from mock_server.world.postgresql import sql as postgresql
        from mock_server.world.postgresql.database import PostgresqlDatabase
    except ImportError as error:
        advice = "pip install 'proptech-sandbox[postgresql]'"
        raise ValueError(f"PostgreSQL needs its driver ({error}): {advice}") from None
    layout = layout_of(resources, postgresql)
    return PostgresqlDatabase(url, layout.schema), layout
