"""How replicas take turns: one at a time has a world, and knows whether another one changed it."""

import time
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from mock_server.world.clock import iso
from mock_server.world.databases import Taken
from mock_server.world.obstacles import Unreachable

# Of more worlds than these nothing is remembered, and what was read of them is read anew.
_MANY = 10_000


class Connected(Protocol):
    """A database that is connected, or can be again."""

    driver: Any

    def cursor(self) -> Any:
        """Return a cursor of the driver."""

    def reconnected(self) -> bool:
        """See that there is a connection; say whether it is another one than before."""


class PostgresqlTurns:
    """Whose turn it is in each world, and what this replica knows of it."""

    def __init__(self, database: Connected) -> None:
        """Take turns in this database, as one of its replicas."""
        self._database = database
        self._versions: dict[str, int | None] = {}
        ((self.replica, self._read),) = self._ask(
            "SELECT nextval('replicas'), extract(epoch FROM clock_timestamp())::float8"
        )
        self._read_at = time.monotonic()
        self._is_lost = False

    def time(self) -> datetime:
        """Return the database's time, as it was when this replica last took a world, and since."""
        return datetime.fromtimestamp(self._read + time.monotonic() - self._read_at, UTC)

    def take(self, world: str, *, is_first: bool) -> Taken | None:
        if not is_first:
            return self._take(world)
        self._connect()
        try:
            return self._take(world)
        except Unreachable:
            # Whoever holds nothing yet has lost nothing, and may begin again.
            self._connect()
        return self._take(world)

    def _connect(self) -> None:
        self._is_lost = self._database.reconnected() or self._is_lost

    def _take(self, world: str) -> Taken | None:
        ((is_taken, version, tallies, at),) = self._ask("SELECT * FROM take_turn($1)", world)
        self._read, self._read_at = at, time.monotonic()
        if not is_taken:
            return None
        is_lost, self._is_lost = self._is_lost, False
        has_moved = is_lost or self._versions.get(world) != version
        if len(self._versions) > _MANY:
            self._versions.clear()
        self._versions[world] = version
        return Taken(has_moved, is_lost, tallies)

    def leave(self, world: str, tallies: str | None) -> None:
        self._ask("SELECT leave_turn($1, $2)", world, tallies)

    def seal(self, world: str, look: datetime | None) -> None:
        at = None if look is None else iso(look)
        ((self._versions[world],),) = self._ask("SELECT seal_turn($1, $2)", world, at)

    def forget(self, world: str) -> None:
        self._ask("SELECT forget_turn($1)", world)
        self._versions[world] = None

    def overdue(self, most: int) -> list[str]:
        self._connect()
        now = iso(self.time() - timedelta(milliseconds=1))
        found = self._ask("SELECT name FROM looks WHERE at <= $1 ORDER BY at LIMIT $2", now, most)
        return [str(each[0]) for each in found]

    def _ask(self, text: str, *values: Any) -> list[Any]:
        found: list[Any] = self._database.cursor().execute(text, values).fetchall()
        return found
