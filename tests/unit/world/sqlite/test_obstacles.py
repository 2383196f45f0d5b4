"""Does a sandbox whose database cannot be written to any more go on reading, and lose nothing?"""

import sqlite3
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from mock_server.world.agenda import Entry
from mock_server.world.obstacles import Unwritable
from mock_server.world.queries import OrderBy, Selection
from mock_server.world.sqlite.obstacles import obstacle
from mock_server.world.store import Store
from mock_server.world.world import World
from mock_server.world.worlds import Course

LONG = "x" * 60_000


def fill_up(store: Store) -> None:
    """Let the database grow no more, as on a full disk."""
    pages = store._database.connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    store._database.connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")


def bring_large_pet(entry: Entry, world: World) -> None:
    world.collection("pets").add({"note": LONG, **entry.details})


def make_room(store: Store) -> None:
    store._database.connection.exec_driver_sql("PRAGMA max_page_count = 100000")


def test_a_write_that_finds_no_room_says_so_and_leaves_nothing(sandbox: Any) -> None:
    with sandbox.turn("mine") as world:
        world.collection("pets").add({"id": "cy"})
    fill_up(sandbox.store)

    def change_and_add() -> None:
        with sandbox.turn("mine") as world:
            world.collection("pets").patch("ada", {"name": "Anna"})
            world.collection("pets").add({"id": "dee", "note": LONG})

    with pytest.raises(Unwritable, match="keeps nothing now: the disk is full"):
        change_and_add()
    assert sandbox.ids("mine") == ["ada", "bo", "cy"]
    with sandbox.turn("mine") as world:
        assert world.collection("pets").get("ada")["name"] == "Ada"
    make_room(sandbox.store)
    with sandbox.turn("mine") as world:
        world.collection("pets").add({"id": "dee", "note": LONG})
    assert sandbox.ids("mine") == ["ada", "bo", "cy", "dee"]


def test_lists_are_read_in_every_order_while_there_is_no_room(sandbox: Any) -> None:
    with sandbox.turn("mine") as world:
        world.collection("pets").add_all({"id": f"p{n}", "note": "n" * 3_000} for n in range(40))
    fill_up(sandbox.store)
    for field in ("note", "phone", "email", "created_at", "name", "age"):
        with sandbox.turn("mine") as world:
            order = Selection((), (OrderBy(field, descending=True),))
            assert world.collection("pets").page(order, limit=5).total == 42


def test_a_new_world_can_be_read_while_there_is_no_room(open_sandbox: Any) -> None:
    sandbox = open_sandbox([{"id": "ada"}])

    def plan(world: World) -> None:
        world.agenda.add(Entry(world.clock.now(), "arrive", {"id": "late", "note": LONG}))

    sandbox.worlds._due._course = sandbox.worlds._open._course = Course(bring_large_pet, begin=plan)
    fill_up(sandbox.store)
    assert sandbox.ids("new") == ["ada"]
    assert not sandbox.worlds.knows("new")
    make_room(sandbox.store)
    assert sandbox.ids("new") == ["ada", "late"]


def test_what_is_due_waits_for_room_and_is_not_given_up(
    sandbox: Any, caplog: pytest.LogCaptureFixture
) -> None:
    with sandbox.turn("mine") as world:
        due = world.clock.now() + timedelta(seconds=1)
        world.agenda.add(Entry(due, "arrive", {"id": "late"}))
    sandbox.worlds._due._course = Course(bring_large_pet)
    fill_up(sandbox.store)
    sandbox.machine.pass_by(seconds=2)
    assert sandbox.ids("mine") == ["ada", "bo"]
    assert "nothing can happen in the world mine: the database" in caplog.text
    make_room(sandbox.store)
    assert sandbox.ids("mine") == ["ada", "bo", "late"]


def test_a_file_that_was_deleted_is_noticed_with_the_next_write(
    open_store: Callable[..., Store], tmp_path: Path
) -> None:
    path = tmp_path / "mine.db"
    store = open_store(path)
    toys = sa.insert(store.tables["toys"].table)
    with store.transaction():
        store.execute(toys, [{"world": "mine", "id": "ball", "body": "{}"}])
    path.unlink()
    with pytest.raises(Unwritable, match="was deleted or replaced"), store.transaction():
        store.execute(toys, [{"world": "mine", "id": "hoop", "body": "{}"}])
    with store.transaction():
        assert len(store.execute(sa.text("SELECT id FROM toys")).all()) == 1
    path.write_bytes(b"")
    with pytest.raises(Unwritable, match="was deleted or replaced"), store.transaction():
        store.execute(toys, [{"world": "mine", "id": "hoop", "body": "{}"}])


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (sqlite3.SQLITE_FULL, "the disk is full; make room on it"),
        (
            sqlite3.SQLITE_READONLY_DBMOVED,
            "it cannot be written to; mount it for writing, or change its mode",
        ),
        (sqlite3.SQLITE_IOERR_WRITE, "the disk cannot be read or written"),
    ],
)
def test_what_keeps_a_write_from_being_kept_is_told_in_a_sentence(code: int, sentence: str) -> None:
    error = sqlite3.OperationalError()
    error.sqlite_errorcode = code
    told = f"the database mine.db keeps nothing now: {sentence}"
    assert str(obstacle(error, "mine.db")) == told
    wrapped = sa.exc.OperationalError("INSERT", {}, error)
    assert str(obstacle(wrapped, "mine.db")) == told


@pytest.mark.parametrize("code", [sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_ERROR])
def test_a_fault_of_ours_is_no_obstacle(code: int) -> None:
    error = sqlite3.OperationalError()
    error.sqlite_errorcode = code
    assert obstacle(error, None) is None
