"""A world's rows as plain values, to carry them to another store and put them down there."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import sqlalchemy as sa

from mock_server.world.agenda import Entry
from mock_server.world.clock import iso, parse
from mock_server.world.layers import PRISTINE
from mock_server.world.queries import EVERYTHING
from mock_server.world.reading import Reading
from mock_server.world.sighting import Sighting, Sightings
from mock_server.world.store import Store
from mock_server.world.world import World

Line = Mapping[str, Any]


def lines_of(store: Store, world: World, *, is_whole: bool) -> Iterator[dict[str, Any]]:
    """Yield a world's rows: its own alone, or all that it shows.

    A line says of its `table` that a record was `removed`, what a `record` is now, or when all
    records of an `owner` were seen; others say what is on the `agenda`. Put down in their order
    they make the same lists.
    """
    for table in sorted(store.tables):
        if is_whole or world.owns(table):
            yield from () if is_whole else _removed(store, world, table)
            yield from _records(store, world, table, is_whole=is_whole)
            for owner, seen in sorted(Sightings(store, table).of(world.name).items()):
                told = {"owner": owner, "seen_at": seen.at, "has_left_out": seen.has_left_out}
                yield {"table": table, **told}
    for entry in world.agenda.all():
        yield {
            "agenda": entry.action,
            "due_at": iso(entry.due_at),
            "details": entry.details,
            "is_routine": entry.is_routine,
        }


def put_down(world: World, lines: Iterable[Line]) -> None:
    """Bring rows into a world that has none of its own."""
    for line in lines:
        if "agenda" in line:
            due_at, details = parse(line["due_at"]), line["details"]
            world.agenda.add(Entry(due_at, line["agenda"], details, line["is_routine"]))
            continue
        records = world.collection(line["table"])
        if "removed" in line:
            records.remove(line["removed"])
        elif "record" in line:
            records.put(line["record"], line.get("seen_until"))
        else:
            records.keep_sighting(line["owner"], Sighting(line["seen_at"], line["has_left_out"]))


def _removed(store: Store, world: World, table: str) -> Iterator[dict[str, Any]]:
    """Yield the seeded records that the world shows no more, the oldest first."""
    columns, shadows = store.tables[table].table.c, store.shadows.c

    def build() -> sa.Select[tuple[str]]:
        own = sa.select(columns.place).where(columns.world == sa.bindparam("its_world"))
        is_hidden = sa.and_(
            shadows.world == sa.bindparam("its_world"),
            shadows.resource == table,
            shadows.place == columns.row,
            shadows.place.not_in(own),
        )
        # The place of a shadow is the row of a seeded record.
        hidden = sa.select(columns.id).where(is_hidden, columns.world == PRISTINE)
        return hidden.order_by(columns.row)

    found = store.run((table, "removed ids"), build, {"its_world": world.name}).fetchall()
    for (record_id,) in found:
        yield {"table": table, "removed": record_id}


def _records(store: Store, world: World, table: str, *, is_whole: bool) -> Iterator[dict[str, Any]]:
    columns = store.tables[table].table.c
    wanted = (columns.body, columns.hidden, columns.seen_until)

    def own() -> sa.Select[Any]:
        mine = sa.select(*wanted).where(columns.world == sa.bindparam("its_world"))
        return mine.order_by(sa.func.coalesce(columns.place, columns.row))

    def shown() -> sa.Select[Any]:
        return sa.select(*wanted).where(columns.row == sa.bindparam("number"))

    if is_whole:
        reading = Reading(store, table, world)
        rows = reading.run("rows", EVERYTHING, lambda view: view.rows(EVERYTHING)).fetchall()
        numbers = [{"number": row[0]} for row in rows]
    else:
        numbers = [{"its_world": world.name}]
    what, build = ("one row", shown) if is_whole else ("own rows", own)
    found = (row for each in numbers for row in store.run((table, what), build, each).fetchall())
    for body, hidden, seen_until in found:
        record = {**json.loads(body), **(json.loads(hidden) if hidden else {})}
        seen = {} if seen_until is None else {"seen_until": seen_until}
        yield {"table": table, "record": record, **seen}
