"""How the SQL is written that only PostgreSQL understands; `databases.Sql` says what it is for.

Texts are ordered by their bytes (`COLLATE "C"`), and NULL counts as the least, as in SQLite.
"""

import hashlib
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.postgresql.base import PGDDLCompiler
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg

Column = sa.ColumnElement[Any]

_BY_BYTES = 'COLLATE "C"'
_LONGEST_NAME = 63
# No text of PostgreSQL can have a NUL, so it is told by two others, in the order of the originals.
_NUL, _MARK = (chr(0), "\x01\x01"), ("\x01", "\x01\x02")
_ESCAPED = r"replace(replace(body, '\u0001', '\u0001\u0002'), '\u0000', '\u0001\u0001')"


class _Columns(PGDDLCompiler):
    """Makes columns whose texts compare by their bytes, whatever the database does by itself."""

    def get_column_specification(self, column: sa.Column[Any], **options: Any) -> str:
        made: str = super().get_column_specification(column, **options)  # type: ignore[no-untyped-call]
        if not isinstance(column.type, sa.String):
            return made
        kind: str = self.dialect.type_compiler_instance.process(column.type)
        return made.replace(f" {kind}", f" {kind} {_BY_BYTES}", 1)


class _Dialect(PGDialect_psycopg):
    ddl_compiler = _Columns
    supports_statement_cache = True


# The driver hands `$1`, `$2` ... on as they are.
dialect: sa.Dialect = _Dialect(paramstyle="numeric_dollar")  # type: ignore[no-untyped-call]


def storable(text: str) -> str:
    """Return a text as a column can hold it: the same for the same text, and in the same order."""
    if chr(0) not in text and "\x01" not in text:
        return text
    return text.replace(*_MARK).replace(*_NUL)


def join_texts(texts: Column, by: Column | None = None) -> Column:
    comma: Column = sa.literal_column("','")
    between = comma if by is None else postgresql.aggregate_order_by(comma, by)
    return sa.func.convert_to(sa.func.string_agg(texts, between), sa.literal_column("'UTF8'"))


def each_of(array: Column, name: str, kind: sa.types.TypeEngine[Any]) -> sa.FromClause:
    items = sa.func.json_array_elements_text(sa.cast(array, sa.JSON))
    table = items.table_valued("value", with_ordinality="key", name=f"{name}_items")
    # With the names of its columns: PostgreSQL calls the second one `ordinality` by itself.
    found = table.render_derived()
    value = sa.cast(found.c.value, kind).label("value")
    return sa.select(value, found.c.key).subquery(name)


def json_field(field: str, kind: sa.types.TypeEngine[Any]) -> Column:
    read = f"({_ESCAPED}::json ->> '{field}')"
    if isinstance(kind, sa.String):
        return sa.literal_column(f"({read} {_BY_BYTES})", kind)
    return sa.literal_column(f"({read}::{kind.compile(dialect=dialect)})", kind)


def with_text(body: Column, field: str, before: Column, after: Column) -> Column:
    name = f'"{field}":'
    start = sa.func.strpos(body, name) + len(name)
    taken = sa.func.coalesce(sa.func.length(before) + len('""'), len("null"))
    head, tail = sa.func.left(body, start - 1), sa.func.substr(body, start + taken)
    return sa.func.concat(head, '"', after, '"', tail)


def contains(text: Column, part: Column) -> sa.ColumnElement[bool]:
    return sa.func.strpos(text, part) > 0


def next_number(number: sa.Column[Any]) -> Column:
    sequence = f"{number.table.name}_{number.name}_seq"
    return sa.func.nextval(sa.literal_column(f"'{sequence}'::regclass"))


def directed(key: Column, *, descending: bool) -> Column:
    return key.desc().nulls_last() if descending else key.asc().nulls_first()


def index_ddl(name: str, table: sa.Table, keys: list[str]) -> str:
    quoted = dialect.identifier_preparer.quote
    listed = [quoted(each) if each in table.c else each for each in keys]
    ordered = ", ".join(f"{each} NULLS FIRST" for each in listed)
    return f"CREATE INDEX IF NOT EXISTS {_short(name)} ON {quoted(table.name)} ({ordered})"


def _short(name: str) -> str:
    """Return a name that PostgreSQL does not cut off, and might then take for another one's."""
    if len(name) <= _LONGEST_NAME:
        return name
    mark = hashlib.sha256(name.encode()).hexdigest()[:8]
    return f"{name[: _LONGEST_NAME - 9]}_{mark}"
