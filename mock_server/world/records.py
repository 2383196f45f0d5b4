"""The records of one resource in one world: add, get, patch, remove, select."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from mock_server.contract.json_text import write_json
from mock_server.contract.resource import Resource
from mock_server.world.covering import Cover
from mock_server.world.layers import NEVER_AGAIN, PRISTINE, Rows
from mock_server.world.queries import EVERYTHING, Condition, Page, Selection, comparable
from mock_server.world.reading import Reading, Record
from mock_server.world.sighting import Sighting
from mock_server.world.store import Store

__all__ = ["Collection", "Record"]


class Collection:
    """The records of one resource in one world."""

    def __init__(self, store: Store, table: str, rows: Rows) -> None:
        """Read and write the table as `rows` says."""
        self._store = store
        self._table = store.tables[table]
        self._name = table
        self._rows = rows
        self._reading = Reading(store, table, rows)
        self._cover = Cover(store, table)
        self._sightings = self._reading.sightings

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
            seen = self._seen_in(world)
            rows = [self._row(world, record, seen) for record in whole]
            self._cover.add(self._reading.layers, rows)
        self._touch(world)
        return whole

    def get(self, record_id: object) -> Record | None:
        """Return the record with all that is stored of it, None where there is none."""
        return self._reading.get(record_id)

    def text(self, record_id: object) -> str | None:
        """Return the record's public JSON text as it is stored."""
        return self._reading.text(record_id)

    def all(self, selection: Selection = EVERYTHING) -> list[Record]:
        """Return the selected records whole, in the selection's order."""
        return self._reading.all(selection)

    def first(self, selection: Selection = EVERYTHING) -> Record | None:
        """Return the first of the selected records."""
        return next(iter(self.all(selection)), None)

    def page(self, selection: Selection, *, offset: int = 0, limit: int | None = None) -> Page:
        """Return one page of a selection, its texts joined by commas, never decoded."""
        return self._reading.page(selection, offset=offset, limit=limit)

    def total(self, selection: Selection) -> int:
        """Return how many records the selection has."""
        return self._reading.total(selection)

    def patch(self, record_id: object, changes: Mapping[str, Any]) -> Record | None:
        """Change some fields of a record and return it whole; None where there is none."""
        world = self._rows.write_to(self._name)
        before = self.get(record_id)
        if before is None:
            return None
        after = {**self.resource.blank, **before, **changes}
        self._cover.replace(self._reading.layers, self._row(world, after, self._seen_in(world)))
        self._touch(world)
        return after

    def put(self, record: Mapping[str, Any], seen_until: str | None) -> None:
        """Store a whole record as it was in another world, in the place of the one of its id."""
        world = self._rows.write_to(self._name)
        row, layers = self._row(world, dict(record), {}), self._reading.layers
        if self.text(record["id"]) is None:
            self._cover.add(layers, [row])
        else:
            self._cover.replace(layers, row)
        self._cover.leave_out(world, str(record["id"]), seen_until)
        self._touch(world)

    def keep_sighting(self, owner: str, sighting: Sighting) -> None:
        """Keep when an owner's records were seen in another world."""
        world = self._rows.sight(self._name)
        is_first = owner not in self._sightings.of(world)
        self._sightings.keep(world, owner, sighting, is_first=is_first)

    def remove(self, record_id: object) -> bool:
        """Remove a record; say whether there was one."""
        world = self._rows.write_to(self._name)
        is_gone = self._cover.remove(self._reading.layers, world, str(record_id))
        self._touch(world)
        return is_gone

    def see(self, owner: str, at: str, left_out: Sequence[Condition] = ()) -> None:
        """Note that an owner's records were seen at an instant, except those left out.

        It is kept once, and put into the records' texts when they are read. Only a record that
        begins or ends to be left out is written. `left_out` are comparisons `one_of`.
        """
        world = self._rows.sight(self._name)
        known = self._sightings.of(world).get(owner)
        # What the seeded state left out is left out in every world, until it is seen there.
        before = known or self._sightings.of(PRISTINE).get(owner)
        out = self._left_out(owner) if before is not None and before.has_left_out else set()
        leaving = {each for one in left_out for each in self._seen_among(owner, one)}
        returning = out - {each for one in left_out for each in self._left_out(owner, one)}
        self._hold(dict.fromkeys(sorted(leaving), NEVER_AGAIN) | dict.fromkeys(sorted(returning)))
        has_left_out = bool(leaving or out - returning)
        self._sightings.keep(world, owner, Sighting(at, has_left_out), is_first=known is None)

    def keep_newest(self, most: int, selection: Selection) -> None:
        """Remove the selected records but the newest, in the order in which they were added."""
        world = self._rows.write_to(self._name)
        found = self._reading.run(
            "newest", selection, lambda view: view.newest(selection)
        ).fetchall()
        self._cover.remove_rows(world, found[most:])
        self._touch(world)

    def _seen_among(self, owner: str, one: Condition) -> Iterable[str]:
        return self._ids(owner, one, Condition("seen_until", (NEVER_AGAIN,), "none_of"))

    def _left_out(self, owner: str, *more: Condition) -> set[str]:
        return {*self._ids(owner, *more, Condition("seen_until", NEVER_AGAIN))}

    def _ids(self, owner: str, *conditions: Condition) -> Iterable[str]:
        sighted = self.resource.sighted
        if sighted is None:
            raise LookupError(f"{self._name} has no sightings")
        selection = Selection((Condition(sighted.owner, owner), *conditions))
        rows = self._reading.run("ids", selection, lambda view: view.ids(selection)).fetchall()
        return [str(each[0]) for each in rows]

    def _hold(self, records: Mapping[str, str | None]) -> None:
        """Let no sighting count for a record until then, or let them count again."""
        if not records:
            return
        world = self._rows.write_to(self._name)
        layers, seen = self._reading.layers, self._seen_in(world)
        for record_id, until in records.items():
            if layers.depth > 1:
                row = self._row(world, self.get(record_id) or {}, seen)
                self._cover.replace(layers, row)
            self._cover.leave_out(world, record_id, until)
        self._touch(world)

    def _row(self, world: str, record: Record, seen: Mapping[str, Sighting]) -> Record:
        row = {column: record.get(column) for column in self._table.plain}
        for column, each in self._table.derived.items():
            row[column] = comparable(each.by, record.get(each.field))
        row["world"], row["id"] = world, str(record["id"])
        row["body"], row["hidden"] = self._texts(record)
        row["seen_until"] = self._sighted_at(record, seen) if seen else None
        return row

    def _texts(self, record: Record) -> tuple[str, str | None]:
        """Return what of a whole record is shown, and what is stored beside it."""
        beside = len(record) - len(self.resource.fields)
        if not beside:
            return write_json(record), None
        # A whole record begins with the contract's fields, in the contract's order.
        public = record.copy()
        hidden = [public.popitem() for _ in range(beside)]
        return write_json(public), write_json(dict(reversed(hidden)))

    def _seen_in(self, world: str) -> Mapping[str, Sighting]:
        is_sighted = self.resource.sighted is not None and self._reading.layers.is_sighted
        return self._sightings.of(world) if is_sighted else {}

    def _sighted_at(self, record: Record, seen: Mapping[str, Sighting]) -> str | None:
        """Return the last sighting before a record is written, which its text replaces."""
        sighted = self.resource.sighted
        last = None if sighted is None else seen.get(str(record[sighted.owner]))
        return None if last is None else last.at

    def _touch(self, world: str) -> None:
        self._store.touch(world, self._name)
