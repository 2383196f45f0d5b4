"""What is due and when: everything that will happen in a world by itself, in order of time."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from mock_server.world.clock import iso, parse
from mock_server.world.store import Rows, Store


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
        self._soonest: datetime | None = None
        self.reload()

    def add(self, entry: Entry) -> None:
        """Put an entry on the agenda."""
        row = {
            "world": self._world,
            "due_at": iso(entry.due_at),
            "action": entry.action,
            "details": json.dumps(entry.details, ensure_ascii=False),
        }
        self._store.run("add an entry", self._adding, row)
        self._soonest = min(self._soonest or entry.due_at, entry.due_at)

    def has_due(self, now: datetime) -> bool:
        """Say whether anything is due by now, without asking the database."""
        return self._soonest is not None and self._soonest <= now

    def due(self, now: datetime) -> Iterator[Entry]:
        """Take and yield what is due by now, one at a time, so that each may add more."""
        while self.has_due(now):
            row = self._next().one()
            self._store.run("take an entry", self._taking, {"number": row.number})
            yield Entry(parse(row.due_at), row.action, json.loads(row.details))
            self.reload()

    def reload(self) -> None:
        """Look up anew when the next entry is due."""
        row = self._next().one_or_none()
        self._soonest = None if row is None else parse(row.due_at)

    def _next(self) -> Rows:
        return self._store.run("the next entry", self._reading, {"world": self._world})

    def _reading(self) -> sa.Select[Any]:
        entries = sa.select(self._table).where(self._table.c.world == sa.bindparam("world"))
        return entries.order_by(self._table.c.due_at, self._table.c.number).limit(1)

    def _adding(self) -> sa.Insert:
        columns = ("world", "due_at", "action", "details")
        return sa.insert(self._table).values({name: sa.bindparam(name) for name in columns})

    def _taking(self) -> sa.Delete:
        return sa.delete(self._table).where(self._table.c.number == sa.bindparam("number"))
