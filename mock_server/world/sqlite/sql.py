"""How the SQL is written that only SQLite understands; `databases.Sql` says what each is for."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import dialect as sqlite_dialect

Column = sa.ColumnElement[Any]

dialect: sa.Dialect = sqlite_dialect()


def join_texts(texts: Column, by: Column | None = None) -> Column:  # noqa: ARG001 - rows are read in order
    # As bytes it goes out as it is; as text it would be decoded here and encoded again.
    return sa.cast(sa.func.group_concat(texts, ","), sa.LargeBinary)


def each_of(array: Column, name: str, kind: sa.types.TypeEngine[Any]) -> sa.FromClause:  # noqa: ARG001 - values have types
    return sa.func.json_each(array).table_valued("value", "key", name=name)


def json_field(field: str, kind: sa.types.TypeEngine[Any]) -> Column:  # noqa: ARG001 - values have types
    return sa.literal_column(f"json_extract(body, '$.\"{field}\"')")


def with_text(body: Column, field: str, before: Column, after: Column) -> Column:
    """Return the JSON text with another text in a field, which every record has near its start.

    The text is cut and joined: SQLite's own functions read all of it and write it anew, which costs
    as much as a page of a hundred does otherwise. No string can look like the field, because its
    quotes are escaped.
    """
    name = f'"{field}":'
    # As bytes it is cut where it is cut; as text all characters up to there and after are counted.
    body, sought = (sa.cast(each, sa.LargeBinary) for each in (body, sa.literal(name)))
    start = sa.func.instr(body, sought) + len(name)
    taken = sa.func.coalesce(sa.func.length(before) + len('""'), len("null"))
    head, tail = sa.func.substr(body, 1, start - 1), sa.func.substr(body, start + taken)
    return head.concat('"').concat(after).concat('"').concat(tail)


def contains(text: Column, part: Column) -> sa.ColumnElement[bool]:
    return sa.func.instr(text, part) > 0


def next_number(number: sa.Column[Any]) -> Column:
    # It is the number that the row gets by itself.
    return sa.select(sa.func.coalesce(sa.func.max(number), 0) + 1).scalar_subquery()


def directed(key: Column, *, descending: bool) -> Column:
    return key.desc() if descending else key


def index_ddl(name: str, table: sa.Table, keys: list[str]) -> str:
    return f"CREATE INDEX IF NOT EXISTS {name} ON {table.name} ({', '.join(keys)})"
