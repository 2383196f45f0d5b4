"""Which indexes the lists have: each made when a list first needs it, and not too many."""

from mock_server.world.databases import Database
from mock_server.world.tables import order_index

# Each index makes every write to its table dearer, and takes room; beyond so many a sort serves.
_MOST_ORDER_INDEXES = 8


class Indexes:
    """The indexes that are there, those of the transaction under way included."""

    def __init__(self, database: Database) -> None:
        """Know those that the database has from an earlier time."""
        self._database = database
        self._names = database.index_names()
        self._fresh: set[str] = set()
        self._wanted: list[tuple[str, str, str]] = []

    def has(self, table: str, name: str) -> bool:
        """Say whether there is such an index, or as many as there may be."""
        return name in self._names or not self._has_room(table, name)

    def make(self, table: str, name: str, ddl: str) -> None:
        """Make an index, and let the database learn how it divides the records."""
        self._database.connection.exec_driver_sql(ddl)
        self._database.learn(table)
        self._names.add(name)
        self._fresh.add(name)

    def want(self, table: str, name: str, ddl: str) -> None:
        """Let an index be made later, with `make_wanted`."""
        self._names.add(name)
        self._wanted.append((table, name, ddl))

    def make_wanted(self) -> None:
        """Make the indexes that are wanted; of several processes one at a time does so."""
        wanted, self._wanted = self._wanted, []
        with self._database.alone():
            for each in wanted:
                self.make(*each)
        self.settle()

    @property
    def are_wanted(self) -> bool:
        """Say whether there are indexes to make."""
        return bool(self._wanted)

    def settle(self) -> None:
        """Note that the transaction under way is over."""
        self._fresh.clear()

    def undo(self) -> bool:
        """Forget what the transaction under way made, and say whether that is anything."""
        self._names -= self._fresh
        return bool(self._fresh)

    def _has_room(self, table: str, name: str) -> bool:
        # What lists filter by is bounded by the contract, what they can be ordered by is not.
        start = order_index(table, "")
        if not name.startswith(start):
            return True
        return sum(each.startswith(start) for each in self._names) < _MOST_ORDER_INDEXES
