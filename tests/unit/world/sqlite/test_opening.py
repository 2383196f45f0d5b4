"""Is a database opened by one process alone, and only where it is ours and of this version?"""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from mock_server.world.bookkeeping import agenda_table, worlds_table
from mock_server.world.schema import Schema
from mock_server.world.sqlite import opening
from mock_server.world.sqlite import sql as sqlite


def tables(*columns: str) -> Schema:
    """Return a schema: our own tables, and one of pets with these columns."""
    metadata = sa.MetaData()
    worlds_table(metadata)
    agenda_table(metadata)
    sa.Table("pets", metadata, *(sa.Column(each, sa.String) for each in columns))
    return Schema(metadata, sqlite.dialect)


def close(connection: sa.Connection) -> None:
    connection.close()
    connection.engine.dispose()


def complaint(path: Path, schema: Schema) -> str:
    with pytest.raises(ValueError, match=r"database|in use") as refused:
        opening.opened(str(path), schema)
    return str(refused.value)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "mine.db"


@pytest.fixture
def opened(path: Path) -> Iterator[sa.Connection]:
    connection = opening.opened(str(path), tables("name"))
    yield connection
    close(connection)


def somebody_elses(path: Path, *statements: str) -> bytes:
    """Make a database as another program would, and return its bytes."""
    line = sqlite3.connect(path)
    for each in statements:
        line.execute(each)
    line.commit()
    line.close()
    return path.read_bytes()


def test_a_new_database_has_every_table() -> None:
    connection = opening.opened(None, tables("name"))
    assert sorted(sa.inspect(connection).get_table_names()) == ["agenda", "pets", "worlds"]
    close(connection)


def test_an_empty_file_becomes_a_database(path: Path) -> None:
    path.touch()
    close(opening.opened(str(path), tables("name")))
    assert path.stat().st_size > 0


def test_what_was_written_leaves_no_long_journal(opened: sa.Connection, path: Path) -> None:
    opened.exec_driver_sql("INSERT INTO pets VALUES ('Ada')")
    opened.commit()
    assert path.with_name("mine.db-journal").stat().st_size == 0


@pytest.mark.usefixtures("opened")
def test_a_database_that_is_open_is_refused_to_others(path: Path) -> None:
    assert complaint(path, tables("name")) == (
        f"{path} is in use by another mock-server; stop it, or give --db another file"
    )


def test_a_database_is_free_again_once_it_is_closed(path: Path) -> None:
    for _ in range(2):
        close(opening.opened(str(path), tables("name")))


def test_a_database_that_was_refused_is_not_held(path: Path) -> None:
    close(opening.opened(str(path), tables("name")))
    complaint(path, tables("name", "age"))
    close(opening.opened(str(path), tables("name")))


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE customers (name)",
        "CREATE TABLE worlds (a)",
        "CREATE VIEW one AS SELECT 1",
        "PRAGMA application_id = 7",
    ],
)
def test_another_programs_database_is_refused_and_stays_as_it_is(
    path: Path, statement: str
) -> None:
    before = somebody_elses(path, statement)
    assert complaint(path, tables("name")) == (
        f"{path} is a database of another program; give --db a file of its own"
    )
    assert path.read_bytes() == before


def test_a_database_of_another_layout_is_refused_and_stays_as_it_is(path: Path) -> None:
    close(opening.opened(str(path), tables("name")))
    before = path.read_bytes()
    assert complaint(path, tables("name", "age")) == (
        "this database is of another version of mock-server: delete it, or give --db another file"
    )
    assert path.read_bytes() == before


def test_a_database_from_before_there_were_marks_is_of_another_version(path: Path) -> None:
    close(opening.opened(str(path), tables("name")))
    somebody_elses(path, "PRAGMA application_id = 0")
    assert "another version of mock-server" in complaint(path, tables("name"))


def test_a_file_that_is_no_database_is_refused(path: Path) -> None:
    path.write_text("These are notes and no database at all.\n" * 40, encoding="utf-8")
    assert complaint(path, tables("name")) == (
        f"no database can be kept at {path}: file is not a database"
    )


def test_a_folder_that_is_not_there_is_refused(path: Path) -> None:
    assert complaint(path / "deeper.db", tables("name")) == (
        f"no database can be kept at {path / 'deeper.db'}: unable to open database file"
    )


def test_making_the_tables_is_all_or_nothing(path: Path) -> None:
    broken = tables("name")
    sa.Index("twice", broken.metadata.tables["pets"].c.name)
    sa.Index("twice", broken.metadata.tables["worlds"].c.state)
    with pytest.raises(ValueError, match="no database can be kept at"):
        opening.opened(str(path), broken)
    assert path.read_bytes() == b""


def damaged(path: Path, *statements: str) -> str:
    """Return the complaint about a file of ours after something was done to it."""
    schema = tables("body")
    close(opening.opened(str(path), schema))
    somebody_elses(path, *statements)
    return complaint(path, schema)


def test_a_file_that_lacks_a_table_is_refused(path: Path) -> None:
    assert damaged(path, "DROP TABLE pets") == (
        f"the database {path} is damaged (the table pets is missing):"
        " bring back a copy of it, or delete it"
    )


def test_a_file_whose_newest_rows_cannot_be_read_is_refused(path: Path) -> None:
    rows = "INSERT INTO worlds VALUES ('mine', '{}'), ('other', '{\"clock\": ')"
    assert "(a row of the table worlds is not JSON)" in damaged(path, rows)


def test_a_file_with_a_spoiled_page_is_refused(path: Path) -> None:
    schema = tables("name")
    opened = opening.opened(str(path), schema)
    opened.exec_driver_sql("INSERT INTO pets VALUES (?)", [("x" * 9_000,) for _ in range(40)])
    opened.commit()
    close(opened)
    before = path.read_bytes()
    path.write_bytes(before[:40_000] + b"\x7f" * 30_000 + before[70_000:])
    assert f"the database {path} is damaged (" in complaint(path, schema)


def test_a_sound_file_is_opened_again_with_what_it_had(path: Path) -> None:
    schema = tables("body")
    close(opening.opened(str(path), schema))
    somebody_elses(path, "INSERT INTO pets VALUES ('{}')")
    again = opening.opened(str(path), schema)
    assert again.exec_driver_sql("SELECT body FROM pets").scalars().all() == ["{}"]
    close(again)
