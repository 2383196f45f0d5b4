"""How a resource becomes a table, and a selection becomes SQL."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from mock_server.contract.resource import Filter, Resource, types_of
from mock_server.world.databases import Sql
from mock_server.world.layers import NEVER_AGAIN
from mock_server.world.queries import Condition, Selection

_COLUMN_TYPES: Mapping[str, type[sa.types.TypeEngine[Any]]] = {
    "integer": sa.BigInteger,
    "number": sa.Float,
    "boolean": sa.Boolean,
}


class RecordTable:
    """One resource's table: the world's name, the id, what lists filter by, and the JSON text.

    `body` is what replies show, `hidden` what is stored beside it. `row` counts the records up.
    `place` is the row below for which a row stands, else its own; the lowest layer has none.
    `seen_until` is the last sighting that is already in the text.
    """

    def __init__(self, name: str, resource: Resource, metadata: sa.MetaData, sql: Sql) -> None:
        """Make the table from the resource's contract, for a database that speaks like this."""
        self.resource = resource
        self.sql = sql
        self.stored = {column_name(each): each for each in sorted(_indexed(resource), key=str)}
        self.derived = {name: each for name, each in self.stored.items() if name != each.field}
        self.plain = tuple(name for name in self.stored if name not in self.derived)
        self.table = sa.Table(
            name,
            metadata,
            sa.Column("row", sa.Integer, primary_key=True),
            sa.Column("place", sa.Integer),
            sa.Column("world", sa.String, nullable=False),
            sa.Column("id", sa.String, nullable=False),
            *(
                sa.Column(column, _column_type(resource, each))
                for column, each in self.stored.items()
            ),
            sa.Column("seen_until", sa.String),
            sa.Column("body", sa.Text, nullable=False),
            sa.Column("hidden", sa.Text),
            sa.UniqueConstraint("world", "id"),
        )

    def insert(self) -> sa.Insert:
        """Return the statement that adds a record, its values bound by column name."""
        return sa.insert(self.table).values(self._written())

    def insert_above(self) -> sa.Insert:
        """Return the statement that adds a record where other rows lie below."""
        place = self.sql.next_number(self.table.c.row)
        return sa.insert(self.table).values(self._written() | {"place": place})

    def cover(self) -> sa.Insert:
        """Return the statement that adds a record which stands for the one at `place`."""
        return sa.insert(self.table).values(self._written() | {"place": sa.bindparam("place")})

    def update(self) -> sa.Update:
        """Return the statement that replaces the record of `world` and `id`.

        What sightings leave out stays left out.
        """
        until = self.table.c.seen_until
        kept = sa.case((until == NEVER_AGAIN, until), else_=sa.bindparam("seen_until"))
        written = self._written() | {"seen_until": kept}
        return sa.update(self.table).where(*self._one()).values(written)

    def leave_out(self) -> sa.Update:
        """Return the statement that sets from when on sightings count for a record."""
        until = sa.bindparam("until", type_=sa.String())
        return sa.update(self.table).where(*self._one()).values(seen_until=until)

    def delete(self) -> sa.Delete:
        """Return the statement that removes the record of `world` and `id`."""
        return sa.delete(self.table).where(*self._one())

    def delete_row(self) -> sa.Delete:
        """Return the statement that removes one `row`."""
        return sa.delete(self.table).where(self.table.c.row == sa.bindparam("number"))

    def forget(self) -> sa.Delete:
        """Return the statement that removes all that is `its_world`'s own."""
        return sa.delete(self.table).where(self.table.c.world == sa.bindparam("its_world"))

    def _written(self) -> dict[str, Any]:
        given = (each for each in self.table.c if each.name not in {"row", "place"})
        return {each.name: sa.bindparam(each.name) for each in given}

    def _one(self) -> tuple[sa.ColumnElement[bool], sa.ColumnElement[bool]]:
        # An update binds the columns' own names to the new values.
        columns = self.table.c
        is_world = columns.world == sa.bindparam("its_world")
        return is_world, columns.id == sa.bindparam("its_id")

    def expression(self, field: str) -> sa.ColumnElement[Any]:
        """Return the column of a field, or the place in the JSON text where it has none."""
        if field in self.table.c:
            return self.table.c[field]
        return self.sql.json_field(field, _column_type(self.resource, Filter(field)))

    def indexes(self, selection: Selection) -> dict[str, str]:
        """Return the indexes, DDL by name, that serve this selection without a whole table scan."""
        found = {}
        for each in selection.conditions:
            column = column_name(Filter(each.field, each.by))
            if each.by not in {"contains", "none_of"} and column in self.stored:
                name = f"ix_{self.table.name}_{column}"
                found.update(self._index(name, column, "created_at"))
        for one in selection.order[:1]:
            found.update(self._index(order_index(self.table.name, one.field), one.field))
        return found

    def _index(self, name: str, *fields: str) -> dict[str, str]:
        known = {*self.resource.fields, *self.stored}
        keys = [
            self._key(each)
            for each in dict.fromkeys(("world", *fields, "id"))
            if each in {"world", *known}
        ]
        return {name: self.sql.index_ddl(name, self.table, keys)}

    def _key(self, field: str) -> str:
        return field if field in self.table.c else str(self.expression(field))


def order_index(table: str, field: str) -> str:
    """Return the name of the index by which a table is read in the order of a field."""
    return f"ix_{table}_by_{field}"


def column_name(one: Filter) -> str:
    """Return the name of the column that a comparison reads."""
    if one.by in {"digits", "ignoring_case", "contains"}:
        return f"{one.field}__{one.by}"
    return one.field


def _indexed(resource: Resource) -> set[Filter]:
    """Return one filter for each column: ranges read the same column as equality."""
    plain = {Filter(each.field) for each in resource.filters if column_name(each) == each.field}
    derived = {each for each in resource.filters if column_name(each) != each.field}
    dated = {Filter("created_at")} if "created_at" in resource.fields else set()
    return {each for each in plain | derived | dated if each.field != "id"}


def _column_type(resource: Resource, one: Filter) -> sa.types.TypeEngine[Any]:
    if column_name(one) != one.field:
        return sa.String()
    stated = resource.private.get(one.field)
    types = {stated} if stated else types_of(resource.fields[one.field]) - {"null"}
    return _COLUMN_TYPES.get(min(types, default="string"), sa.String)()


def compared(
    sql: Sql, column: sa.ColumnElement[Any], name: str, condition: Condition
) -> sa.ColumnElement[bool]:
    """Return whether a column meets a condition, whose value is bound by that name."""
    by: str = condition.by
    value: sa.BindParameter[Any] = sa.bindparam(name)
    if by in {"none_of", "one_of"}:
        listed = sa.select(sql.each_of(value, f"{name}_each", column.type).c.value)
        return column.in_(listed) if by == "one_of" else sa.func.coalesce(column, "").not_in(listed)
    if condition.value is None:
        return column.is_(None)
    if by == "at_least":
        return column >= value
    if by == "at_most":
        return column <= value
    if by == "contains":
        return sql.contains(column, value)
    return column == value
