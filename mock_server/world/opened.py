"""Which database a store is opened on: the one that its name says."""

from collections.abc import Mapping

from mock_server.contract.resource import Resource
from mock_server.world.databases import Database
from mock_server.world.layout import Layout, layout_of
from mock_server.world.sqlite import sql as sqlite
from mock_server.world.sqlite.database import SqliteDatabase


def opened(name: str | None, resources: Mapping[str, Resource]) -> tuple[Database, Layout]:
    """Open the database of that name with a table for each resource; None is one in memory.

    Raises `ValueError` for a database that is in use, another program's, of another version, or
    damaged.
    """
    layout = layout_of(resources, sqlite)
    return SqliteDatabase(name, layout.schema), layout
