"""What is due and when: everything that will happen in a world by itself, in order of time."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from mock_server.contract.json_text import write_json
from mock_server.world.clock import iso, parse
from mock_server.world.store import Store


@dataclass(frozen=True)
class Entry:
    """One thing that will happen: when, what it is called, and what it needs to know.

    What is routine comes round for ever; a world where nothing else is waiting is idle.
    """

    due_at: datetime
    action: str
    details: Mapping[str, Any]
    is_routine: bool = False


class Agenda:
    """The entries of one world, soonest first; those of one instant in the order they came."""

    def __init__(self, store: Store, world: str) -> None:
        """Keep the world's entries in the store."""
        self._store = store
        self._table = store.agenda
        self._world = world
        self._next: tuple[int, Entry] | None = None
        # None where it has to be looked up anew.
        self._is_idle: bool | None = None
        self.has_grown = False
        self.reload()

    @property
    def next_entry(self) -> Entry | None:
        """Return what will happen next, None where nothing will."""
        return None if self._next is None else self._next[1]

    @property
    def next_due(self) -> datetime | None:
        """Return when the next thing will happen, None where nothing will."""
        return None if self._next is None else self._next[1].due_at

    def add(self, entry: Entry) -> None:
        """Put an entry on the agenda."""
        row = {
            "world": self._world,
            "due_at": iso(entry.due_at),
            "action": entry.action,
            "details": write_json(entry.details),
            "is_routine": entry.is_routine,
        }
        self._store.run("add an entry", self._adding, row)
        self.has_grown = True
        if not entry.is_routine:
            self._is_idle = False
        if self._next is None or entry.due_at < self._next[1].due_at:
            self._look_up_next()

    def has_due(self, now: datetime) -> bool:
        """Say whether anything is due by now, without asking the database."""
        return self._next is not None and self._next[1].due_at <= now

    def is_idle(self) -> bool:
        """Say whether nothing is waiting but routine."""
        if self._is_idle is None:
            found = self._store.run("what is not routine", self._waiting, {"world": self._world})
            self._is_idle = found.fetchone() is None
        return self._is_idle

    def take(self) -> Entry:
        """Take the next entry; raises `LookupError` where there is none."""
        if self._next is None:
            raise LookupError(f"nothing stands on the agenda of {self._world!r}")
        number, entry = self._next
        self._store.run("take an entry", self._taking, {"number": number})
        self._look_up_next()
        if not entry.is_routine:
            self._is_idle = None
        return entry

    def all(self) -> list[Entry]:
        """Return everything that stands on the agenda, in its order."""
        found = self._store.run("the whole agenda", self._in_order, {"world": self._world})
        return [_numbered_entry(*row)[1] for row in found.fetchall()]

    def upcoming(self, until: datetime) -> list[tuple[int, Entry]]:
        """Return what is due by then in its order, each with its number."""
        values = {"world": self._world, "until": iso(until)}
        found = self._store.run("what is due by then", self._reading_until, values)
        return [_numbered_entry(*row) for row in found.fetchall()]

    def replace(self, numbers: Iterable[int], entries: Iterable[Entry]) -> None:
        """Take the entries of these numbers, and add others in their order."""
        for number in numbers:
            self._store.run("take an entry", self._taking, {"number": number})
        for each in entries:
            self.add(each)
        self.reload()

    def reload(self) -> None:
        """Forget what was worked out, after a transaction that came to nothing."""
        self._is_idle = None
        self._look_up_next()

    def _look_up_next(self) -> None:
        row = self._store.run("the next entry", self._reading, {"world": self._world}).fetchone()
        self._next = None if row is None else _numbered_entry(*row)

    def _reading(self) -> sa.Select[Any]:
        return self._in_order().limit(1)

    def _reading_until(self) -> sa.Select[Any]:
        return self._in_order().where(self._table.c.due_at <= sa.bindparam("until"))

    def _in_order(self) -> sa.Select[Any]:
        names = ("number", "due_at", "action", "details", "is_routine")
        entries = self._mine(*(self._table.c[name] for name in names))
        return entries.order_by(self._table.c.due_at, self._table.c.number)

    def _waiting(self) -> sa.Select[Any]:
        # In the order of the index, or SQLite may read the entries of all worlds: what it knows of
        # the table may come from a time when there was one world.
        waiting = self._mine(self._table.c.number).where(~self._table.c.is_routine)
        return waiting.order_by(self._table.c.due_at, self._table.c.number).limit(1)

    def _mine(self, *columns: sa.Column[Any]) -> sa.Select[Any]:
        return sa.select(*columns).where(self._table.c.world == sa.bindparam("world"))

    def _adding(self) -> sa.Insert:
        columns = ("world", "due_at", "action", "details", "is_routine")
        return sa.insert(self._table).values({name: sa.bindparam(name) for name in columns})

    def _taking(self) -> sa.Delete:
        return sa.delete(self._table).where(self._table.c.number == sa.bindparam("number"))


def _numbered_entry(
    number: int,
    due_at: str,
    action: str,
    details: str,
    is_routine: bool,  # noqa: FBT001 - a column
) -> tuple[int, Entry]:
    return number, Entry(parse(due_at), action, json.loads(details), bool(is_routine))
