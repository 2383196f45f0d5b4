"""How a resource becomes a table, and a selection becomes SQL."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from mock_server.contract.resource import Filter, Resource, types_of
from mock_server.world.queries import Condition, Order, Selection

PRISTINE = ""  # The name under which the seeded state is kept; no credential can spell it.

_COLUMN_TYPES: Mapping[str, type[sa.types.TypeEngine[Any]]] = {
    "integer": sa.BigInteger,
    "number": sa.Float,
    "boolean": sa.Boolean,
}


class RecordTable:
    """One resource's table: the world's name, the id, what lists filter by, and the JSON text.

    `body` is what replies show, `hidden` what is stored beside it. `row` counts the records up.
    """

    def __init__(self, name: str, resource: Resource, metadata: sa.MetaData) -> None:
        """Make the table from the resource's contract."""
        self.resource = resource
        self.stored = {column_name(each): each for each in sorted(_indexed(resource), key=str)}
        self.derived = {name: each for name, each in self.stored.items() if name != each.field}
        self.table = sa.Table(
            name,
            metadata,
            sa.Column("row", sa.Integer, primary_key=True),
            sa.Column("world", sa.String, nullable=False),
            sa.Column("id", sa.String, nullable=False),
            *(
                sa.Column(column, _column_type(resource, each))
                for column, each in self.stored.items()
            ),
            sa.Column("body", sa.Text, nullable=False),
            sa.Column("hidden", sa.Text),
            sa.UniqueConstraint("world", "id"),
        )

    def select_ids(self, selection: Selection) -> sa.Select[Any]:
        """Return the rows of a selection in its order; values are bound as `v0`, `v1` ..."""
        table = self.table
        statement = sa.select(table.c.row).where(table.c.world == sa.bindparam("world"))
        for index, condition in enumerate(selection.conditions):
            column = self.expression(column_name(Filter(condition.field, condition.by)))
            statement = statement.where(_compared(column, f"v{index}", condition))
        return statement.order_by(*self.order(selection))

    def select_texts(self, selection: Selection, *, is_deep: bool) -> sa.Select[bytes, int]:
        """Return one page (`limit`, `offset`) of the selection as one JSON text.

        For a deep page the ids come from an index alone and the texts are joined to them, so that
        the texts before it are not dragged through memory; near the start that costs more.
        """
        table = self.table
        page = self.select_ids(selection).limit(sa.bindparam("limit"))
        page = page.offset(sa.bindparam("offset"))
        if is_deep:
            ids = page.subquery("page")
            texts = sa.select(table.c.body).join_from(table, ids, table.c.row == ids.c.row)
            found = texts.order_by(*self.order(selection)).subquery("texts")
        else:
            found = page.with_only_columns(table.c.body).subquery("texts")
        joined = sa.func.group_concat(found.c.body, ",")
        # As bytes it goes out as it is; as text it would be decoded here and encoded again.
        return sa.select(sa.cast(joined, sa.LargeBinary), sa.func.count())

    def select_texts_of(self) -> sa.Select[bytes]:
        """Return the texts of `rows`, a JSON array of them, as one text in the array's order.

        It is one step of the database, because between two steps the interpreter may turn to
        another thread, and with several callers it does.
        """
        page = sa.func.json_each(sa.bindparam("rows")).table_valued("value", name="page")
        # Every row is there; an outer join only makes sure that the array leads.
        found = page.outerjoin(self.table, self.table.c.row == page.c.value)
        joined = sa.func.group_concat(self.table.c.body, ",")
        return sa.select(sa.cast(joined, sa.LargeBinary)).select_from(found)

    def insert(self) -> sa.Insert:
        """Return the statement that adds a record, its values bound by column name."""
        return sa.insert(self.table).values(self._written())

    def update(self) -> sa.Update:
        """Return the statement that replaces the record of `world` and `id`."""
        return sa.update(self.table).where(*self._one()).values(self._written())

    def find(self) -> sa.Select[Any]:
        """Return the statement that reads the record of `world` and `id`."""
        return sa.select(self.table.c.body, self.table.c.hidden).where(*self._one())

    def delete(self) -> sa.Delete:
        """Return the statement that removes the record of `world` and `id`."""
        return sa.delete(self.table).where(*self._one())

    def copy(self) -> sa.Insert:
        """Return the statement that gives `its_world` all pristine records in their order.

        They came before those of any world, so they are read as they lie. By the index of worlds
        and ids, which the plus sign keeps SQLite from taking, they would have to be sorted.
        """
        table = self.table
        columns = [each for each in table.c if each.name not in {"row", "world"}]
        is_pristine = sa.literal_column("+world") == PRISTINE
        last = sa.select(sa.func.max(table.c.row)).where(table.c.world == PRISTINE)
        pristine = sa.select(sa.bindparam("its_world"), *columns).where(is_pristine)
        pristine = pristine.where(table.c.row <= last.scalar_subquery()).order_by(table.c.row)
        return sa.insert(table).from_select(["world", *(each.name for each in columns)], pristine)

    def forget(self) -> sa.Delete:
        """Return the statement that removes all that is `its_world`'s own."""
        return sa.delete(self.table).where(self.table.c.world == sa.bindparam("its_world"))

    def set_all(self, selection: Selection, field: str) -> sa.Update:
        """Return the statement that sets one field (`value`) of every selected record."""
        value = sa.bindparam("value", type_=sa.String())
        written: dict[str, sa.ColumnElement[Any]] = {
            "body": sa.func.json_set(self.table.c.body, f"$.{field}", value)
        }
        if field in self.table.c:
            written[field] = value
        return sa.update(self.table).where(self._among(selection)).values(written)

    def delete_older(self, selection: Selection) -> sa.Delete:
        """Return the statement that removes the selected records but the newest `most`."""
        ids = self.select_ids(selection).order_by(None).order_by(self.table.c.row.desc())
        older = ids.limit(-1).offset(sa.bindparam("most"))
        return sa.delete(self.table).where(self.table.c.row.in_(older))

    def _among(self, selection: Selection) -> sa.ColumnElement[bool]:
        return self.table.c.row.in_(self.select_ids(selection).order_by(None))

    def _written(self) -> dict[str, sa.BindParameter[Any]]:
        return {each.name: sa.bindparam(each.name) for each in self.table.c if each.name != "row"}

    def _one(self) -> tuple[sa.ColumnElement[bool], sa.ColumnElement[bool]]:
        # An update binds the columns' own names to the new values.
        columns = self.table.c
        is_world = columns.world == sa.bindparam("its_world")
        return is_world, columns.id == sa.bindparam("its_id")

    def order(self, selection: Selection) -> list[sa.ColumnElement[Any]]:
        """Return the ORDER BY of a selection, ties by id in the first field's direction."""
        if not selection.order:
            return [self.table.c.row]
        fields = [*selection.order, Order("id", descending=selection.order[0].descending)]
        return [
            self.expression(each.field).desc() if each.descending else self.expression(each.field)
            for each in fields
        ]

    def expression(self, field: str) -> sa.ColumnElement[Any]:
        """Return the column of a field, or the place in the JSON text where it has none."""
        if field in self.table.c:
            return self.table.c[field]
        return sa.literal_column(f"json_extract(body, '$.\"{field}\"')")

    def indexes(self, selection: Selection) -> dict[str, str]:
        """Return the indexes, DDL by name, that serve this selection without a whole table scan."""
        found = {}
        for each in selection.conditions:
            column = column_name(Filter(each.field, each.by))
            if each.by not in {"contains", "none_of"} and column in self.table.c:
                name = f"ix_{self.table.name}_{column}"
                found.update(self._index(name, column, "created_at"))
        for one in selection.order[:1]:
            found.update(self._index(order_index(self.table.name, one.field), one.field))
        return found

    def _index(self, name: str, *fields: str) -> dict[str, str]:
        known = {*self.resource.fields, *self.stored}
        keys = [
            self._sql(each)
            for each in dict.fromkeys(("world", *fields, "id"))
            if each in {"world", *known}
        ]
        return {name: f"CREATE INDEX IF NOT EXISTS {name} ON {self.table.name} ({', '.join(keys)})"}

    def _sql(self, field: str) -> str:
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


def _compared(
    column: sa.ColumnElement[Any], name: str, condition: Condition
) -> sa.ColumnElement[bool]:
    by: str = condition.by
    value: sa.BindParameter[Any] = sa.bindparam(name)
    if by == "none_of":
        listed = sa.func.json_each(value).table_valued("value")
        return sa.func.coalesce(column, "").not_in(sa.select(listed.c.value))
    if condition.value is None:
        return column.is_(None)
    if by == "at_least":
        return column >= value
    if by == "at_most":
        return column <= value
    if by == "contains":
        return sa.func.instr(column, value) > 0
    return column == value
