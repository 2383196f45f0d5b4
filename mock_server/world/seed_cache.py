"""Seeded databases that an earlier start has made, so that the next one need not seed again."""

import hashlib
import logging
import os
import sqlite3
import tempfile
import zlib
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, ClassVar

_log = logging.getLogger(__name__)

_MOST_BYTES = 2 * 1024**3  # In the folder: one world of 100,000 leads, and many small ones.
_MOST_HELD_BYTES = 64 * 1024**2  # In the memory of the process.
_ENDING = ".seeded"
_PIECE = 1024 * 1024


class SeedCache:
    """Copies of seeded databases by what they were made from, in a folder and in memory.

    A copy is a SQLite file whose name holds its key and a checksum. What is damaged is made anew,
    and a folder that cannot be used only costs the time that it would have saved.
    """

    # The second application of a process takes the copy that the first one made.
    _held: ClassVar[OrderedDict[str, sqlite3.Connection]] = OrderedDict()

    def __init__(
        self, folder: Path | None, sources: Iterable[Path] = (), *, most_bytes: int = _MOST_BYTES
    ) -> None:
        """Keep copies in the folder, so many bytes at most; None keeps them in memory only.

        `sources` are the folders of all that a seeded database is made with: code and facts.
        """
        self._folder = folder
        self._sources = tuple(sources)
        self._most_bytes = most_bytes

    def key(self, recipe: Mapping[str, Any]) -> str:
        """Return a short name for a recipe and for what its database is made with, as it is now.

        Files count by path, size and time of change, since reading them all would take as long as
        a copy saves. An upgrade and an edit of a working copy both change one of these.
        """
        digest = hashlib.sha256(repr(sorted(recipe.items())).encode())
        for path in sorted(each for one in self._sources for each in one.rglob("*.*")):
            # What Python and we compile is made of the other files, and may appear at any time.
            if not path.parent.name.startswith("__"):
                stat = path.stat()
                digest.update(f"{path}:{stat.st_size}:{stat.st_mtime_ns}\n".encode())
        return digest.hexdigest()[:24]

    def fill(self, key: str, target: sqlite3.Connection) -> bool:
        """Make the target the copy of that key; say whether there was one."""
        held = self._held.get(key)
        if held is not None:
            self._held.move_to_end(key)
            held.backup(target)
            return True
        kept = self._kept(key)
        return kept is not None and self._read(kept, target)

    def keep(self, key: str, source: sqlite3.Connection) -> None:
        """Keep a copy of a database; whatever goes wrong is only logged."""
        self._hold(key, source)
        if self._folder is None:
            return
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._write(self._folder, key, source)
            self._drop_oldest(self._folder)
        except (OSError, sqlite3.Error) as error:
            _log.info("the seeded database could not be kept in %s: %s", self._folder, error)

    def _hold(self, key: str, source: sqlite3.Connection) -> None:
        if _size(source) > _MOST_HELD_BYTES:
            return
        copy = sqlite3.connect(":memory:", check_same_thread=False)
        source.backup(copy)
        self._held[key] = copy
        while sum(map(_size, self._held.values())) > _MOST_HELD_BYTES:
            self._held.popitem(last=False)[1].close()

    def _write(self, folder: Path, key: str, source: sqlite3.Connection) -> None:
        # Written beside and then renamed, so that a start that ends halfway leaves nothing half.
        handle, name = tempfile.mkstemp(suffix=".part", dir=folder)
        os.close(handle)
        part = Path(name)
        try:
            with closing(sqlite3.connect(part)) as copy:
                copy.execute("PRAGMA journal_mode=OFF")
                copy.execute("PRAGMA synchronous=OFF")
                source.backup(copy)
            part.replace(folder / f"{key}-{_checksum(part):08x}{_ENDING}")
        finally:
            part.unlink(missing_ok=True)

    def _read(self, kept: Path, target: sqlite3.Connection) -> bool:
        """Copy a kept file into the target, unless it is damaged."""
        try:
            if not kept.stem.endswith(f"-{_checksum(kept):08x}"):
                raise sqlite3.DatabaseError("its checksum differs")
            with closing(sqlite3.connect(f"{kept.as_uri()}?mode=ro&immutable=1", uri=True)) as copy:
                copy.backup(target)
            # So that what is used stays longest.
            os.utime(kept)
        except (OSError, sqlite3.Error) as error:
            _log.info("the kept database %s is made anew: %s", kept.name, error)
            with suppress(OSError):
                kept.unlink()
            return False
        return True

    def _kept(self, key: str) -> Path | None:
        if self._folder is None:
            return None
        try:
            return next(self._folder.glob(f"{key}-*{_ENDING}"), None)
        except OSError:
            return None

    def _drop_oldest(self, folder: Path) -> None:
        found = [(each, each.stat()) for each in folder.glob(f"*{_ENDING}")]
        newest_first = sorted(found, key=lambda one: one[1].st_mtime_ns, reverse=True)
        total = 0
        for index, (path, stat) in enumerate(newest_first):
            total += stat.st_size
            # The newest one stays, however large it is: it has just been asked for.
            if index > 0 and total > self._most_bytes:
                path.unlink(missing_ok=True)


def _size(database: sqlite3.Connection) -> int:
    pages = database.execute("PRAGMA page_count").fetchone()[0]
    return int(pages * database.execute("PRAGMA page_size").fetchone()[0])


def _checksum(path: Path) -> int:
    found = 0
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            found = zlib.crc32(piece, found)
    return found
