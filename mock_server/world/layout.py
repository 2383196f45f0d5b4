"""Which tables a store has, worked out once for the stores of the same resources."""

from collections import OrderedDict
from collections.abc import Mapping

import sqlalchemy as sa

from mock_server.contract.resource import Resource
from mock_server.world.bookkeeping import (
    agenda_table,
    counters_table,
    shadows_table,
    sightings_table,
    worlds_table,
)
from mock_server.world.databases import Sql
from mock_server.world.layers import Layers
from mock_server.world.schema import Schema
from mock_server.world.tables import RecordTable
from mock_server.world.views import View

_FEW = 8

Key = tuple[Sql, tuple[tuple[str, int], ...]]


class Layout:
    """The tables of a store and how they are read, which no store ever changes."""

    def __init__(self, resources: Mapping[str, Resource], sql: Sql) -> None:
        """Lay out a table for each resource, and those that every store has."""
        metadata = sa.MetaData()
        self.records = {
            name: RecordTable(name, resource, metadata, sql) for name, resource in resources.items()
        }
        self.worlds, self.counters = worlds_table(metadata), counters_table(metadata)
        self.agenda = agenda_table(metadata)
        self.shadows, self.sightings = shadows_table(metadata), sightings_table(metadata)
        self.schema = Schema(metadata, sql.dialect)
        self._views: dict[tuple[str, int, bool], View] = {}

    def view(self, table: str, layers: Layers) -> View:
        """Return how a table is read through these layers."""
        key = table, layers.depth, layers.is_sighted
        if key not in self._views:
            beside = self.shadows, self.sightings
            self._views[key] = View(self.records[table], beside, key[1], is_sighted=key[2])
        return self._views[key]


# A process makes many stores, above all where tests do, and nearly always of the same resources.
_known: OrderedDict[Key, Layout] = OrderedDict()


def layout_of(resources: Mapping[str, Resource], sql: Sql) -> Layout:
    """Return the layout for these resources, which are told apart by identity.

    SQLAlchemy takes longer to make the tables of a store than everything else does.
    """
    # A known layout holds its resources, so that no other one can have their identity.
    key = sql, tuple((name, id(each)) for name, each in resources.items())
    found = _known.pop(key, None) or Layout(resources, sql)
    _known[key] = found
    if len(_known) > _FEW:
        _known.popitem(last=False)
    return found
