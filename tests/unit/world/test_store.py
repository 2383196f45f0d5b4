"""Does the database keep what a transaction wrote, or none of it?"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from mock_server.contract.resource import Resource
from mock_server.world.store import Store
from mock_server.world.tables import PRISTINE
from mock_server.world.world import World


def put(store: Store, world: str, *ids: str) -> None:
    rows = [{"world": world, "id": each, "body": f'{{"id":"{each}"}}'} for each in ids]
    store.execute(sa.insert(store.tables["toys"].table), rows)


def ids(store: Store, world: str) -> list[str]:
    toys = store.tables["toys"].table
    found = store.execute(sa.select(toys.c.id).where(toys.c.world == world).order_by(toys.c.row))
    return [each.id for each in found]


def test_what_a_transaction_wrote_stays(store: Store, undone: Any) -> None:
    with store.transaction():
        put(store, "mine", "ball")
    with undone(store.transaction()):
        pass
    assert ids(store, "mine") == ["ball"]


def test_what_an_exception_leaves_is_undone(store: Store, undone: Any) -> None:
    with undone(store.transaction()):
        put(store, "mine", "ball")
        store.keep_state("mine", {"draws": 1})
    assert ids(store, "mine") == []
    assert store.state("mine") is None


def test_undoing_gives_what_was_touched_another_version_and_nothing_else(
    store: Store, undone: Any
) -> None:
    with store.transaction():
        store.touch("mine", "toys")
        store.touch("other", "toys")
    before = dict(store.versions)
    with undone(store.transaction()):
        store.touch("mine", "toys")
        inside = store.versions["mine", "toys"]
    assert store.versions["mine", "toys"] not in {before["mine", "toys"], inside}
    assert store.versions["other", "toys"] == before["other", "toys"]


def test_a_statement_is_built_once_for_each_shape(store: Store) -> None:
    built: list[str] = []
    toys = store.tables["toys"].table
    put(store, "mine", "ball", "hoop")

    def build() -> sa.Select[tuple[str]]:
        built.append("once")
        return sa.select(toys.c.id).where(toys.c.id == sa.bindparam("id"), toys.c.world == "mine")

    found = [store.run("find", build, {"id": each}).fetchall() for each in ("ball", "hoop", "kite")]
    assert [[tuple(row) for row in rows] for rows in found] == [[("ball",)], [("hoop",)], []]
    assert built == ["once"]


def test_an_index_is_made_once_and_again_after_it_was_undone(store: Store, undone: Any) -> None:
    wanted = {"ix_colour": "CREATE INDEX IF NOT EXISTS ix_colour ON toys (world)"}
    with undone(store.transaction()):
        put(store, "mine", "ball")
        store.ensure(wanted)
    store.ensure(wanted)
    store.ensure(wanted)
    kept = sa.text("SELECT count(*) AS kept FROM sqlite_master WHERE name = 'ix_colour'")
    assert store.execute(kept).one().kept == 1


def test_a_copy_has_the_pristine_rows_in_their_order_and_a_version_of_its_own(store: Store) -> None:
    put(store, PRISTINE, "hoop", "ball", "kite")
    put(store, "other", "drum")
    store.copy_rows("toys", "mine")
    assert ids(store, "mine") == ids(store, PRISTINE) == ["hoop", "ball", "kite"]
    assert ids(store, "other") == ["drum"]
    assert store.versions["mine", "toys"] == 1


def test_a_world_is_forgotten_with_all_that_is_its_own(store: Store) -> None:
    put(store, "mine", "ball")
    put(store, "other", "hoop")
    for name in ("mine", "other"):
        store.keep_state(name, {"draws": 1})
        entry = {
            "world": name,
            "due_at": "2026",
            "action": "play",
            "details": "{}",
            "is_routine": 0,
        }
        store.execute(sa.insert(store.agenda), entry)
    store.forget("mine")
    assert (ids(store, "mine"), store.state("mine")) == ([], None)
    assert (ids(store, "other"), store.state("other")) == (["hoop"], {"draws": 1})
    assert [each.world for each in store.execute(sa.select(store.agenda))] == ["other"]


def test_a_state_replaces_the_one_before(store: Store) -> None:
    store.keep_state("mine", {"draws": 1})
    store.keep_state("mine", {"draws": 2})
    assert store.state("mine") == {"draws": 2}


def test_the_pristine_world_is_not_named_among_those_in_use(store: Store) -> None:
    for name in ("b", PRISTINE, "a"):
        store.keep_state(name, {})
    assert store.world_names() == ["a", "b"]


def test_a_file_keeps_what_was_written_until_it_is_opened_again(
    open_store: Callable[..., Store], tmp_path: Path
) -> None:
    first = open_store(tmp_path / "toys.sqlite")
    with first.transaction():
        put(first, "mine", "ball")
        first.keep_state("mine", {"draws": 1})
    first.close()
    again = open_store(tmp_path / "toys.sqlite")
    assert ids(again, "mine") == ["ball"]
    assert again.state("mine") == {"draws": 1}


def test_arranged_records_lie_oldest_first_and_are_otherwise_the_same() -> None:
    fields = {"id": {"type": "string"}, "created_at": {"type": "string"}}
    store = Store({"notes": Resource("notes", fields)})
    notes = World(store, PRISTINE, seed=1).collection("notes")
    dates = {"b": "2026-03-02", "c": "2026-03-01", "a": "2026-03-02"}
    with store.transaction():
        notes.add_all({"id": name, "created_at": day, "kept": day} for name, day in dates.items())
        before = {each["id"]: each for each in notes.all()}
        version = store.versions[PRISTINE, "notes"]
        store.arrange("notes", PRISTINE)
    assert [each["id"] for each in notes.all()] == ["c", "a", "b"]
    assert {each["id"]: each for each in notes.all()} == before
    assert store.versions[PRISTINE, "notes"] > version


def test_records_without_a_date_stay_as_they_were_added(store: Store) -> None:
    put(store, PRISTINE, "kite", "ball")
    with store.transaction():
        store.arrange("toys", PRISTINE)
    assert ids(store, PRISTINE) == ["kite", "ball"]
