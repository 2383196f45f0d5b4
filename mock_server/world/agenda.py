"""What is due and when: everything that will happen in a world by itself, in order of time."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from mock_server.world.clock import iso, parse
from mock_server.world.store import Store


@dataclass(frozen=True)
class Entry:
    """One thing that will happen: when, what it is called, and what it needs to know."""

    due_at: datetime
    action: str
    details: Mapping[str, Any]


class Agenda:
    """The entries of one world, soonest first; those of one instant in the order they came."""

    def __init__(self, store: Store, world: str) -> None:
        """Keep the world's entries in the store."""
        self._store = store
        self._table = store.agenda
        self._world = world
        self._soonest = self._read_soonest()

    def add(self, entry: Entry) -> None:
        """Put an entry on the agenda."""
        due_at = iso(entry.due_at)
        row = {
            "world": self._world,
            "due_at": due_at,
            "action": entry.action,
            "details": json.dumps(entry.details, ensure_ascii=False),
        }
        self._store.execute(sa.insert(self._table), row)
        self._soonest = min(self._soonest or due_at, due_at)

    def has_due(self, now: datetime) -> bool:
        """Say whether anything is due by now, without asking the database."""
        return self._soonest is not None and self._soonest <= iso(now)

    def due(self, now: datetime) -> Iterator[Entry]:
        """Take and yield what is due by now, one at a time, so that each may add more."""
        while self.has_due(now):
            row = self._store.execute(self._next()).one()
            self._store.execute(sa.delete(self._table).where(self._table.c.number == row.number))
            self._soonest = self._read_soonest()
            yield Entry(parse(row.due_at), row.action, json.loads(row.details))

    def reload(self) -> None:
        """Read the agenda anew, after a transaction that came to nothing."""
        self._soonest = self._read_soonest()

    def _next(self) -> sa.Select[Any]:
        entries = sa.select(self._table).where(self._table.c.world == self._world)
        return entries.order_by(self._table.c.due_at, self._table.c.number).limit(1)

    def _read_soonest(self) -> str | None:
        row = self._store.execute(self._next()).one_or_none()
        return None if row is None else str(row.due_at)
