"""Is a seeded database kept, found again, checked, bounded, and never in anybody's way?"""

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from mock_server.world.seed_cache import SeedCache

RECIPE = {"seed": 1, "leads": 20}


@pytest.fixture(autouse=True)
def _nothing_held(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each test begin as a fresh process does."""
    monkeypatch.setattr(SeedCache, "_held", type(SeedCache._held)())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "not" / "there" / "yet"


@pytest.fixture
def seeded() -> Iterator[sqlite3.Connection]:
    yield from _database("ada")


@pytest.fixture
def empty() -> Iterator[sqlite3.Connection]:
    yield from _database()


def _database(*names: str) -> Iterator[sqlite3.Connection]:
    made = sqlite3.connect(":memory:")
    made.execute("CREATE TABLE pets (name TEXT)")
    made.executemany("INSERT INTO pets VALUES (?)", [(each,) for each in names])
    made.commit()
    yield made
    made.close()


def pets(database: sqlite3.Connection) -> list[str]:
    return [name for (name,) in database.execute("SELECT name FROM pets")]


def later(cache: SeedCache) -> SeedCache:
    """Return the cache as the next process sees it."""
    SeedCache._held.clear()
    return cache


def test_a_kept_database_fills_another(
    folder: Path, seeded: sqlite3.Connection, empty: sqlite3.Connection
) -> None:
    cache = SeedCache(folder)
    assert not cache.fill("key", empty)
    cache.keep("key", seeded)
    assert later(cache).fill("key", empty)
    assert pets(empty) == ["ada"]
    assert not cache.fill("other", empty)


def test_the_same_process_takes_it_from_memory(
    seeded: sqlite3.Connection, empty: sqlite3.Connection
) -> None:
    SeedCache(None).keep("key", seeded)
    assert SeedCache(None).fill("key", empty)
    assert pets(empty) == ["ada"]


def test_what_is_filled_is_a_copy(seeded: sqlite3.Connection, empty: sqlite3.Connection) -> None:
    SeedCache(None).keep("key", seeded)
    seeded.execute("DELETE FROM pets")
    assert SeedCache(None).fill("key", empty)
    empty.execute("DELETE FROM pets")
    (again,) = list(SeedCache._held.values())
    assert pets(again) == ["ada"]


@pytest.mark.parametrize("damage", [b"", b"no database", None])
def test_a_damaged_file_is_made_anew(
    folder: Path, seeded: sqlite3.Connection, empty: sqlite3.Connection, damage: bytes | None
) -> None:
    cache = SeedCache(folder)
    cache.keep("key", seeded)
    (kept,) = folder.iterdir()
    content = bytearray(kept.read_bytes())
    content[-1] ^= 1
    kept.write_bytes(content if damage is None else damage)
    assert not later(cache).fill("key", empty)
    assert pets(empty) == []
    assert not kept.exists()
    cache.keep("key", seeded)
    assert later(cache).fill("key", empty)


def test_a_folder_that_cannot_be_used_stops_nobody(
    tmp_path: Path, seeded: sqlite3.Connection, empty: sqlite3.Connection
) -> None:
    (tmp_path / "file").write_text("")
    cache = SeedCache(tmp_path / "file" / "cache")
    cache.keep("key", seeded)
    assert cache.fill("key", empty)
    assert not later(cache).fill("key", empty)


def test_the_databases_used_longest_ago_are_dropped(
    folder: Path, seeded: sqlite3.Connection, empty: sqlite3.Connection
) -> None:
    cache = SeedCache(folder, most_bytes=20_000)
    for number, key in enumerate(("a", "b", "c")):
        cache.keep(key, seeded)
        for each in folder.glob(f"{key}-*"):
            os.utime(each, ns=(number, number))
    # Two have room. The one that is used now stays, and `c` is older than `d`.
    assert later(cache).fill("b", empty)
    cache.keep("d", seeded)
    assert sorted(each.name[0] for each in folder.iterdir()) == ["b", "d"]


def test_nothing_half_written_is_left(folder: Path, seeded: sqlite3.Connection) -> None:
    SeedCache(folder).keep("key", seeded)
    assert [each.suffix for each in folder.iterdir()] == [".seeded"]


def test_a_key_is_of_the_recipe_and_of_all_that_it_is_made_with(tmp_path: Path) -> None:
    source = tmp_path / "code.py"
    source.write_text("1")
    (tmp_path / "__pycache__").mkdir()
    cache = SeedCache(None, [tmp_path])
    first = cache.key(RECIPE)
    assert cache.key({**RECIPE}) == first
    assert cache.key({**RECIPE, "seed": 2}) != first
    (tmp_path / "__pycache__" / "code.pyc").write_text("compiled")
    assert cache.key(RECIPE) == first
    source.write_text("22")
    assert cache.key(RECIPE) != first
