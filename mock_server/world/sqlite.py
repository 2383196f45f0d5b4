"""What only SQLite understands: another database needs another module with these few functions."""

from typing import Any

import sqlalchemy as sa

_Text = sa.ColumnElement[str]


def join_texts(texts: sa.ColumnElement[Any]) -> sa.ColumnElement[bytes]:
    """Return the texts of all rows as one, with commas between them.

    As bytes it goes out as it is; as text it would be decoded here and encoded again.
    """
    return sa.cast(sa.func.group_concat(texts, ","), sa.LargeBinary)


def each_of(array: sa.ColumnElement[Any], name: str) -> sa.TableValuedAlias:
    """Return a table whose `value` is each item of a JSON array, in the array's order."""
    return sa.func.json_each(array).table_valued("value", name=name)


def json_field(field: str) -> sa.ColumnElement[Any]:
    """Return a field of the JSON text in the column `body`, as an index reads it as well."""
    return sa.literal_column(f"json_extract(body, '$.\"{field}\"')")


def with_text(
    body: sa.ColumnElement[Any], field: str, before: _Text, after: _Text
) -> sa.ColumnElement[Any]:
    """Return the JSON text with another text in a field, which every record has near its start.

    `before` is what stands there now, or NULL. The text is cut and joined: SQLite's own functions
    read all of it and write it anew, which costs as much as a page of a hundred does otherwise.
    No string can look like the field, because its quotes are escaped.
    """
    name = f'"{field}":'
    # As bytes it is cut where it is cut; as text all characters up to there and after are counted.
    body, sought = (sa.cast(each, sa.LargeBinary) for each in (body, sa.literal(name)))
    start = sa.func.instr(body, sought) + len(name)
    taken = sa.func.coalesce(sa.func.length(before) + len('""'), len("null"))
    head, tail = sa.func.substr(body, 1, start - 1), sa.func.substr(body, start + taken)
    return head.concat('"').concat(after).concat('"').concat(tail)


def contains(text: sa.ColumnElement[Any], part: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
    """Say whether a text has the other one in it."""
    return sa.func.instr(text, part) > 0


def next_number(number: sa.Column[Any]) -> sa.ScalarSelect[Any]:
    """Return the number that the row which is added next gets by itself."""
    return sa.select(sa.func.coalesce(sa.func.max(number), 0) + 1).scalar_subquery()


def learn(connection: sa.Connection, table: str) -> None:
    """Let the database learn how each index of a table divides its rows.

    It picks the best of several indexes only then; a sample tells it within milliseconds. It is
    told of this table alone: an agenda that is nearly empty now would mislead it when it is full.
    """
    connection.exec_driver_sql(f"ANALYZE {table}")


def index_names(connection: sa.Connection) -> set[str]:
    """Return the names of the indexes that are there, which a file has from an earlier time."""
    names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'index'")
    found = set(names.scalars())
    connection.commit()
    return found
