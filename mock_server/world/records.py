"""The records of one resource in one world: add, get, patch, remove, select."""

import json
from array import array
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from itertools import islice
from typing import Any, Protocol, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine.interfaces import DBAPICursor

from mock_server.contract.json_text import write_json
from mock_server.contract.resource import Resource
from mock_server.memory import Version
from mock_server.world.queries import EVERYTHING, Page, Selection, comparable
from mock_server.world.store import Store

Record = dict[str, Any]
T = TypeVar("T")

_MANY = 1_000  # From so many records on the texts before a page are not dragged along.
# A decoded record takes about so many times the memory of its text.
_DECODED = 5
_NUMBER_BYTES = 8


class Rows(Protocol):
    """Whose rows a collection reads, and whose it may write."""

    def read_from(self, table: str) -> str:
        """Return the world whose rows stand for this one's."""

    def write_to(self, table: str) -> str:
        """Return the world's own name, once the rows are its own."""


class Collection:
    """The records of one resource in one world."""

    def __init__(self, store: Store, table: str, rows: Rows) -> None:
        """Read and write the table as `rows` says."""
        self._store = store
        self._table = store.tables[table]
        self._name = table
        self._rows = rows
        self._asked: tuple[Selection, Version] | None = None

    @property
    def resource(self) -> Resource:
        """Return what the records look like."""
        return self._table.resource

    def add(self, record: Mapping[str, Any]) -> Record:
        """Store a record and return it whole: unset fields stand at their emptiest value."""
        return self.add_all([record])[0]

    def add_all(self, records: Iterable[Mapping[str, Any]]) -> list[Record]:
        """Store many records at once and return them whole."""
        world = self._rows.write_to(self._name)
        whole = [{**self.resource.blank, **record} for record in records]
        if whole:
            rows = [self._row(world, record) for record in whole]
            self._store.run_many((self._name, "insert"), self._table.insert, rows)
        self._touch(world)
        return whole

    def get(self, record_id: object) -> Record | None:
        """Return the record with all that is stored of it, None where there is none."""
        found = self._recall(("get", str(record_id)), lambda: self._decoded(record_id))
        return None if found is None else dict(found)

    def text(self, record_id: object) -> str | None:
        """Return the record's public JSON text as it is stored."""
        found = self._find(record_id)
        return None if found is None else str(found[0])

    def patch(self, record_id: object, changes: Mapping[str, Any]) -> Record | None:
        """Change some fields of a record and return it whole; None where there is none."""
        world = self._rows.write_to(self._name)
        before = self.get(record_id)
        if before is None:
            return None
        after = {**self.resource.blank, **before, **changes}
        row = {**self._row(world, after), **self._which(world, record_id)}
        self._store.run((self._name, "update"), self._table.update, row)
        self._touch(world)
        return after

    def remove(self, record_id: object) -> bool:
        """Remove a record; say whether there was one."""
        world = self._rows.write_to(self._name)
        which = self._which(world, record_id)
        gone = self._store.run((self._name, "delete"), self._table.delete, which)
        self._touch(world)
        return gone.rowcount > 0

    def set_all(self, selection: Selection, field: str, value: str) -> None:
        """Set one text field of every selected record, without reading any of them."""
        self._change_all(
            f"set {field}", selection, partial(self._table.set_all, field=field), value=value
        )

    def keep_newest(self, most: int, selection: Selection) -> None:
        """Remove the selected records but the newest, in the order in which they were added."""
        self._change_all("shed", selection, self._table.delete_older, most=most)

    def _change_all(
        self, what: str, selection: Selection, build: Callable[[Selection], Any], **values: Any
    ) -> None:
        world = self._rows.write_to(self._name)
        self._run(what, selection, lambda: build(selection), values)
        self._touch(world)

    def all(self, selection: Selection = EVERYTHING) -> list[Record]:
        """Return the selected records whole, in the selection's order."""
        found = self._recall(("all", selection), lambda: self._decode_all(selection))
        return [dict(each) for each in found]

    def first(self, selection: Selection = EVERYTHING) -> Record | None:
        """Return the first of the selected records."""
        return next(iter(self.all(selection)), None)

    def page(self, selection: Selection, *, offset: int = 0, limit: int | None = None) -> Page:
        """Return one page of a selection, its texts joined by commas, never decoded.

        Who looks whether something has changed asks for the same page again and again.
        """

        def read() -> tuple[Page, int]:
            found = self._read_page(selection, offset, limit)
            return found, len(found.texts) + selection.size

        key = self._whose, self._name, selection, offset, limit
        return self._store.pages.recall(key, self._version(), read)

    def _read_page(self, selection: Selection, offset: int, limit: int | None) -> Page:
        total = self.total(selection)
        limit = total if limit is None else limit
        is_deep = offset >= _MANY
        rows = self._rows_of_page(selection, offset, limit) if is_deep or total < _MANY else None
        if rows is not None:
            return Page(self._texts_of(rows) if rows else b"", len(rows), total)
        ((texts, count),) = self._run(
            "deep page" if is_deep else "page",
            selection,
            lambda: self._table.select_texts(selection, is_deep=is_deep),
            {"limit": limit, "offset": offset},
        ).fetchall()
        return Page(texts or b"", count, total)

    def total(self, selection: Selection) -> int:
        """Return how many records the selection has, counted once for each state of them."""
        return self._recall(("total", selection.conditions), lambda: self._count(selection))

    def _count(self, selection: Selection) -> tuple[int, int]:
        counted = self._run("total", selection, lambda: self._counting(selection), {})
        return int(counted.fetchall()[0][0]), selection.size

    def _counting(self, selection: Selection) -> sa.Select[Any]:
        ids = self._table.select_ids(selection).order_by(None).subquery()
        return sa.select(sa.func.count()).select_from(ids)

    def _rows_of_page(self, selection: Selection, offset: int, limit: int) -> list[int] | None:
        """Return the rows of a page from the selection's kept table of contents.

        Walking an index to a deep offset costs as much as the offset is deep. The second such
        page that is asked of the same records makes a table of contents, and the pages after it
        cost what a first page does. Of a short list any page does so, since it is soon made.
        """
        version = self._version()
        before, self._asked = self._asked, (selection, version)
        if self._asked != before:
            return None
        key = self._whose, self._name, selection
        contents = self._store.contents.recall(key, version, lambda: self._read_rows(selection))
        return list(contents[offset : offset + limit])

    def _read_rows(self, selection: Selection) -> tuple["array[int]", int]:
        rows = self._run("ids", selection, lambda: self._table.select_ids(selection), {})
        found = array("q", [row for (row,) in rows.fetchall()])
        return found, _NUMBER_BYTES * len(found) + selection.size

    def _texts_of(self, rows: list[int]) -> bytes:
        listed = {"rows": str(rows)}
        found = self._store.run((self._name, "texts of"), self._table.select_texts_of, listed)
        ((texts,),) = found.fetchall()
        return bytes(texts)

    def _run(
        self, what: str, selection: Selection, build: Any, values: dict[str, Any]
    ) -> DBAPICursor:
        def prepare() -> Any:
            self._store.ensure(self._name, self._table.indexes(selection))
            return build()

        values = {"world": self._rows.read_from(self._name), **selection.values, **values}
        return self._store.run((self._name, what, selection.shape), prepare, values)

    def _decode_all(self, selection: Selection) -> tuple[list[Record], int]:
        table = self._table.table

        def build() -> sa.Select[Any]:
            ids = self._table.select_ids(selection)
            return ids.with_only_columns(table.c.body, table.c.hidden)

        found = self._run("all", selection, build, {}).fetchall()
        size = _DECODED * sum(len(body) for body, _ in found) + selection.size
        return [_whole(*each) for each in found], size

    def _decoded(self, record_id: object) -> tuple[Record | None, int]:
        found = self._find(record_id)
        if found is None:
            return None, len(str(record_id))
        return _whole(*found), _DECODED * len(found[0])

    def _find(self, record_id: object) -> Any:
        which = self._which(self._rows.read_from(self._name), record_id)
        return self._store.run((self._name, "find"), self._table.find, which).fetchone()

    def _which(self, world: str, record_id: object) -> dict[str, str]:
        return {"its_world": world, "its_id": str(record_id)}

    def _row(self, world: str, record: Record) -> Record:
        # A whole record begins with the contract's fields, in the contract's order.
        fields = iter(record.items())
        public, hidden = dict(islice(fields, len(self.resource.fields))), dict(fields)
        row = {column: record.get(column) for column in self._table.stored}
        for column, each in self._table.derived.items():
            row[column] = comparable(each.by, record.get(each.field))
        row.update(
            world=world,
            id=str(record["id"]),
            body=write_json(public),
            hidden=write_json(hidden) if hidden else None,
        )
        return row

    def _recall(self, key: tuple[Any, ...], work_out: Callable[[], tuple[T, int]]) -> T:
        key = self._whose, self._name, *key
        return self._store.answers.recall(key, self._version(), work_out)

    @property
    def _whose(self) -> str:
        return self._rows.read_from(self._name)

    def _version(self) -> Version:
        return self._store.version(self._whose, self._name)

    def _touch(self, world: str) -> None:
        self._store.touch(world, self._name)


def _whole(body: str, hidden: str | None) -> Record:
    return {**json.loads(body), **(json.loads(hidden) if hidden else {})}
