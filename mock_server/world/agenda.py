"""What is due and when: everything that will happen in a world by itself, in order of time."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from mock_server.contract.json_text import write_json
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
        self._next: tuple[int, Entry] | None = None
        self.reload()

    def add(self, entry: Entry) -> None:
        """Put an entry on the agenda."""
        row = {
            "world": self._world,
            "due_at": iso(entry.due_at),
            "action": entry.action,
            "details": write_json(entry.details),
        }
        self._store.run("add an entry", self._adding, row)
        if self._next is None or entry.due_at < self._next[1].due_at:
            self.reload()

    def has_due(self, now: datetime) -> bool:
        """Say whether anything is due by now, without asking the database."""
        return self._next is not None and self._next[1].due_at <= now

    def due(self, now: datetime) -> Iterator[Entry]:
        """Take and yield what is due by now, one at a time, so that each may add more."""
        while self._next is not None and self._next[1].due_at <= now:
            number, entry = self._next
            self._store.run("take an entry", self._taking, {"number": number})
            self.reload()
            yield entry

    def reload(self) -> None:
        """Look up anew which entry is next."""
        row = self._store.run("the next entry", self._reading, {"world": self._world}).fetchone()
        self._next = None if row is None else _numbered_entry(*row)

    def _reading(self) -> sa.Select[Any]:
        columns = [self._table.c[name] for name in ("number", "due_at", "action", "details")]
        entries = sa.select(*columns).where(self._table.c.world == sa.bindparam("world"))
        return entries.order_by(self._table.c.due_at, self._table.c.number).limit(1)

    def _adding(self) -> sa.Insert:
        columns = ("world", "due_at", "action", "details")
        return sa.insert(self._table).values({name: sa.bindparam(name) for name in columns})

    def _taking(self) -> sa.Delete:
        return sa.delete(self._table).where(self._table.c.number == sa.bindparam("number"))


def _numbered_entry(number: int, due_at: str, action: str, details: str) -> tuple[int, Entry]:
    return number, Entry(parse(due_at), action, json.loads(details))
