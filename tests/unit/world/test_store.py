"""Does the database keep what a transaction wrote, or none of it?"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from mock_server.contract.resource import Resource
from mock_server.world.layers import PRISTINE
from mock_server.world.store import Store
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
        store.states.keep("mine", {"draws": 1})
    assert ids(store, "mine") == []
    assert store.states.of("mine") is None


def test_undoing_gives_what_was_touched_another_version_and_nothing_else(
    store: Store, undone: Any
) -> None:
    with store.transaction():
        store.touch("mine", "toys")
        store.touch("other", "toys")
    before = {each: store.version(each, "toys") for each in ("mine", "other")}
    with undone(store.transaction()):
        store.touch("mine", "toys")
        inside = store.version("mine", "toys")
    assert store.version("mine", "toys") not in {before["mine"], inside}
    assert store.version("other", "toys") == before["other"]


def test_resets_leave_no_versions_behind(store: Store) -> None:
    for number in range(20):
        with store.transaction():
            put(store, f"w{number}", "ball")
            store.touch(f"w{number}", "toys")
        with store.transaction():
            store.forget(f"w{number}")
    assert len(store._versions) == 0


def test_a_reset_that_is_undone_keeps_the_versions(store: Store, undone: Any) -> None:
    with store.transaction():
        put(store, "mine", "ball")
        store.states.keep("mine", {"own": ["toys"]})
        store.touch("mine", "toys")
    before = store.version("mine", "toys")
    with undone(store.transaction()):
        store.forget("mine")
    assert store.version("mine", "toys") > before


def test_however_many_statements_are_made_they_are_kept_within_a_bound(store: Store) -> None:
    toys = store.tables["toys"].table
    for number in range(50):
        long = sa.select(toys.c.id.label(f"{number}{'x' * 50_000}"))
        store.run(number, lambda long=long: long, {})
    assert store._compiled.bytes <= 4_000_000


def test_lists_can_be_ordered_by_more_fields_than_there_are_indexes_for(store: Store) -> None:
    for number in range(12):
        name = f"ix_toys_by_{number}"
        store.ensure("toys", {name: f"CREATE INDEX IF NOT EXISTS {name} ON toys (row)"})
    kept = sa.text("SELECT count(*) AS kept FROM sqlite_master WHERE name LIKE 'ix_toys_by%'")
    assert store.execute(kept).one().kept == 8


def test_what_is_learned_for_an_index_is_learned_of_its_table_alone(store: Store) -> None:
    put(store, "mine", "ball")
    entry = {"world": "mine", "due_at": "2026", "action": "play", "details": "{}", "is_routine": 0}
    store.execute(sa.insert(store.agenda), entry)
    store.ensure("toys", {"ix_toys_x": "CREATE INDEX IF NOT EXISTS ix_toys_x ON toys (id)"})
    learned = store.execute(sa.text("SELECT DISTINCT tbl FROM sqlite_stat1")).scalars()
    assert set(learned) == {"toys"}


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

    def ensure() -> None:
        store.ensure("toys", wanted)

    with undone(store.transaction()):
        put(store, "mine", "ball")
        ensure()
    ensure()
    ensure()
    kept = sa.text("SELECT count(*) AS kept FROM sqlite_master WHERE name = 'ix_colour'")
    assert store.execute(kept).one().kept == 1


def test_a_world_is_forgotten_with_all_that_is_its_own(store: Store) -> None:
    put(store, "mine", "ball")
    put(store, "other", "hoop")
    for name in ("mine", "other"):
        store.states.keep(name, {"draws": 1})
        entry = {
            "world": name,
            "due_at": "2026",
            "action": "play",
            "details": "{}",
            "is_routine": 0,
        }
        store.execute(sa.insert(store.agenda), entry)
        shadow = {"world": name, "resource": "toys", "place": 1}
        store.execute(sa.insert(store.shadows), shadow)
        seen = {"world": name, "resource": "toys", "owner": "kim", "at": "2026", "has_left_out": 0}
        store.execute(sa.insert(store.sightings), seen)
    store.forget("mine")
    assert (ids(store, "mine"), store.states.of("mine")) == ([], None)
    assert (ids(store, "other"), store.states.of("other")) == (["hoop"], {"draws": 1})
    for each in (store.agenda, store.shadows, store.sightings):
        assert [row.world for row in store.execute(sa.select(each))] == ["other"]


def test_a_file_keeps_what_was_written_until_it_is_opened_again(
    open_store: Callable[..., Store], tmp_path: Path
) -> None:
    first = open_store(tmp_path / "toys.sqlite")
    with first.transaction():
        put(first, "mine", "ball")
        first.states.keep("mine", {"draws": 1})
    first.close()
    again = open_store(tmp_path / "toys.sqlite")
    assert ids(again, "mine") == ["ball"]
    assert again.states.of("mine") == {"draws": 1}


def test_arranged_records_lie_oldest_first_and_are_otherwise_the_same() -> None:
    fields = {"id": {"type": "string"}, "created_at": {"type": "string"}}
    store = Store({"notes": Resource("notes", fields)})
    notes = World(store, PRISTINE, seed=1).collection("notes")
    dates = {"b": "2026-03-02", "c": "2026-03-01", "a": "2026-03-02"}
    with store.transaction():
        notes.add_all({"id": name, "created_at": day, "kept": day} for name, day in dates.items())
        before = {each["id"]: each for each in notes.all()}
        version = store.version(PRISTINE, "notes")
        store.arrange("notes", PRISTINE)
    assert [each["id"] for each in notes.all()] == ["c", "a", "b"]
    assert {each["id"]: each for each in notes.all()} == before
    assert store.version(PRISTINE, "notes") > version


def test_records_without_a_date_stay_as_they_were_added(store: Store) -> None:
    put(store, PRISTINE, "kite", "ball")
    with store.transaction():
        store.arrange("toys", PRISTINE)
    assert ids(store, PRISTINE) == ["kite", "ball"]
