"""How the records of one table are read through the layers of a world."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import sqlalchemy as sa

from mock_server.contract.resource import Filter
from mock_server.world.queries import EVERYTHING, OrderBy, Selection
from mock_server.world.tables import RecordTable, column_name, compared

Column = sa.ColumnElement[Any]
Rows = sa.Select[*tuple[Any, ...]] | sa.CompoundSelect[*tuple[Any, ...]]
# What is read of each row, by the number of its layer.
Wanted = Callable[[int], Sequence[Column]]


class View:
    """A table as a world shows it: its own rows, and below them those that it does not hide.

    The layers' worlds are bound as `w0`, `w1` ..., the topmost first, and the one that has
    sightings as `viewer`. The order stands on the
    union itself, so that SQLite walks all layers by their index and merges them; around it as a
    subquery everything would be sorted.
    """

    def __init__(
        self,
        source: RecordTable,
        beside: tuple[sa.Table, sa.Table],
        depth: int,
        *,
        is_sighted: bool,
    ) -> None:
        """Read this table in so many layers; `beside` are the shadows and the sightings."""
        self._source = source
        self._table = source.table
        self._sql = source.sql
        self._shadows, self._sightings = beside
        self._depth = depth
        self._sighted = source.resource.sighted if is_sighted else None

    def rows(self, selection: Selection) -> Rows:
        """Return the row numbers of a selection in its order, each in the first column."""
        return self._ordered(selection, lambda _: [self._table.c.row])

    def records(self, selection: Selection) -> Rows:
        """Return the texts of a selection in its order, public and hidden."""
        return self._ordered(selection, lambda _: self._texts())

    def page(self, selection: Selection, *, is_deep: bool) -> Rows:
        """Return one page (`limit`, `offset`) of the selection as one JSON text, and its length.

        For a deep page the rows come from an index alone and the texts are joined to them, so that
        the texts before it are not dragged through memory; near the start that costs more.
        """
        wanted = self._table.c.row if is_deep else self._text().label("body")
        page = self._ordered(selection, lambda _: [wanted])
        page = page.limit(sa.bindparam("limit")).offset(sa.bindparam("offset"))
        found = page.subquery("page")
        if is_deep:
            found = self._texts_of(found, selection).subquery("texts")
        return sa.select(self._sql.join_texts(found.c.body), sa.func.count())

    def texts_of(self) -> sa.Select[Any]:
        """Return the texts of `rows`, a JSON array of them, as one text in the array's order.

        It is one step of the database, because between two steps the interpreter may turn to
        another thread, and with several callers it does.
        """
        page = self._sql.each_of(sa.bindparam("rows"), "page", self._table.c.row.type)
        # Every row is there; an outer join only makes sure that the array leads.
        found = page.outerjoin(self._table, self._table.c.row == page.c.value)
        joined = self._sql.join_texts(self._text(), page.c.key)
        return sa.select(joined).select_from(self._with_sightings(found))

    def count(self, selection: Selection) -> sa.Select[Any]:
        """Return how many records a selection has."""
        one = [self._table.c.row]
        found = self._union(lambda layer: self._part(layer, selection, one)).subquery()
        return sa.select(sa.func.count()).select_from(found)

    def count_hidden(self, selection: Selection, layer: int) -> sa.Select[Any]:
        """Return how many rows of a layer a selection would have, if no layer above hid them."""
        hidden = sa.select(self._shadows.c.place).where(
            self._shadows.c.resource == self._table.name,
            self._shadows.c.world.in_([sa.bindparam(f"w{each}") for each in range(layer)]),
        )
        mine = self._number(layer).in_(hidden)
        found = self._unhidden(layer, selection, [self._table.c.row]).where(mine).subquery()
        return sa.select(sa.func.count()).select_from(found)

    def find(self) -> Rows:
        """Return the texts of the record of `its_id`."""
        return self._union(partial(self._one, wanted=lambda _: self._texts()))

    def locate(self) -> Rows:
        """Return where the record of `its_id` lies: its place, and what its text has seen."""
        return self._union(
            partial(self._one, wanted=lambda layer: [self._number(layer), self._table.c.seen_until])
        )

    def newest(self, selection: Selection) -> Rows:
        """Return row, world and place of all records of a selection, the newest first."""

        def part(layer: int) -> sa.Select[Any]:
            own = [self._table.c.row, self._table.c.world, self._number(layer).label("number")]
            return self._part(layer, selection, own)

        return self._union(part).order_by(sa.column("number").desc())

    def ids(self, selection: Selection) -> Rows:
        """Return the ids of a selection, the oldest record first."""
        return self._ordered(selection, lambda _: [self._table.c.id])

    def order(self, selection: Selection, layer: int = 0) -> list[Column]:
        """Return the ORDER BY of a selection, ties by id in the first field's direction."""
        keys = self._keys(selection, layer)
        fields = _fields(selection)
        return [self._directed(each, one) for each, one in zip(keys, fields, strict=True)]

    def _ordered(self, selection: Selection, wanted: Wanted) -> Rows:
        if self._depth == 1:
            return self._part(0, selection, wanted(0)).order_by(*self.order(selection))

        def part(layer: int) -> sa.Select[Any]:
            return self._part(layer, selection, [*wanted(layer), *self._named(selection, layer)])

        return self._union(part).order_by(*self._order_of(sa.column, selection))

    def _texts_of(self, page: sa.Subquery, selection: Selection) -> sa.Select[Any]:
        """Return the texts of a page's rows, in the page's order."""
        found = self._table.join(page, self._table.c.row == page.c.row)
        texts = sa.select(self._text().label("body")).select_from(self._with_sightings(found))
        if self._depth == 1:
            return texts.order_by(*self.order(selection))
        return texts.order_by(*self._order_of(page.c.__getitem__, selection))

    def _order_of(self, column: Callable[[str], Any], selection: Selection) -> list[Column]:
        fields = enumerate(_fields(selection))
        return [self._directed(column(f"k{index}"), one) for index, one in fields]

    def _named(self, selection: Selection, layer: int) -> list[Column]:
        return [each.label(f"k{n}") for n, each in enumerate(self._keys(selection, layer))]

    def _keys(self, selection: Selection, layer: int) -> list[Column]:
        if not selection.order:
            return [self._number(layer)]
        return [self._expression(each.field) for each in _fields(selection)]

    def _directed(self, key: Column, one: OrderBy) -> Column:
        return self._sql.directed(key, descending=one.descending)

    def _union(self, part: Callable[[int], sa.Select[Any]]) -> Rows:
        if self._depth == 1:
            return part(0)
        return sa.union_all(*(part(layer) for layer in range(self._depth)))

    def _one(self, layer: int, wanted: Wanted) -> sa.Select[Any]:
        found = self._part(layer, EVERYTHING, wanted(layer))
        return found.where(self._table.c.id == sa.bindparam("its_id"))

    def _part(self, layer: int, selection: Selection, wanted: Sequence[Column]) -> sa.Select[Any]:
        """Return what a layer shows of a selection: what no layer above hides."""
        found = self._unhidden(layer, selection, wanted)
        for above in range(layer):
            found = found.where(~self._is_hidden(layer, above))
        return found

    def _unhidden(
        self, layer: int, selection: Selection, wanted: Sequence[Column]
    ) -> sa.Select[Any]:
        found = sa.select(*wanted).select_from(self._with_sightings(self._table))
        found = found.where(self._table.c.world == sa.bindparam(f"w{layer}"))
        for index, condition in enumerate(selection.conditions):
            column = self._expression(column_name(Filter(condition.field, condition.by)))
            found = found.where(compared(self._sql, column, f"v{index}", condition))
        return found

    def _is_hidden(self, layer: int, above: int) -> sa.Exists:
        shadows = self._shadows
        return (
            sa.select(sa.literal(1))
            .where(
                shadows.c.world == sa.bindparam(f"w{above}"),
                shadows.c.resource == self._table.name,
                shadows.c.place == self._number(layer),
            )
            .exists()
        )

    def _number(self, layer: int) -> Column:
        """Return by what the rows of a layer are counted: they come as they were added."""
        return self._table.c.row if layer == self._depth - 1 else self._table.c.place

    def _with_sightings(self, source: Any) -> Any:
        if self._sighted is None:
            return source
        sightings = self._sightings
        return source.outerjoin(
            sightings,
            sa.and_(
                sightings.c.world == sa.bindparam("viewer"),
                sightings.c.resource == self._table.name,
                sightings.c.owner == self._source.expression(self._sighted.owner),
                # What the text has seen already, or is to see no more, counts no more.
                sightings.c.at > sa.func.coalesce(self._table.c.seen_until, ""),
            ),
        )

    def _expression(self, field: str) -> Column:
        own = self._source.expression(field)
        if self._sighted is None or field != self._sighted.field:
            return own
        return sa.func.coalesce(self._sightings.c.at, own)

    def _texts(self) -> list[Column]:
        return [self._text().label("body"), self._table.c.hidden]

    def _text(self) -> Column:
        body = self._table.c.body
        if self._sighted is None:
            return body
        at, field = self._sightings.c.at, self._sighted.field
        seen = self._sql.with_text(body, field, self._source.expression(field), at)
        return sa.case((at.is_(None), body), else_=seen)


def _fields(selection: Selection) -> Sequence[OrderBy]:
    if not selection.order:
        return [OrderBy("row")]
    return [*selection.order, OrderBy("id", descending=selection.order[0].descending)]
