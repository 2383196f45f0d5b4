"""What can keep SQLite from writing, and how that is told."""

import os
import sqlite3
from contextlib import suppress

import sqlalchemy as sa

from mock_server.world.obstacles import Unwritable

# What keeps a write from being kept, and what to do about it, by SQLite's number for it.
SENTENCES = {
    sqlite3.SQLITE_FULL: "the disk is full; make room on it",
    sqlite3.SQLITE_READONLY: "it cannot be written to; mount it for writing, or change its mode",
    sqlite3.SQLITE_IOERR: "the disk cannot be read or written",
}


def obstacle(error: BaseException, path: str | None) -> Unwritable | None:
    """Return why nothing can be written, None for an error that says something else."""
    original = error.orig if isinstance(error, sa.exc.DBAPIError) else error
    what = SENTENCES.get(code_of(original))
    if what is None:
        return None
    return Unwritable(f"the database {path or 'in memory'} keeps nothing now: {what}")


def identity(path: str | None) -> tuple[int, int] | None:
    """Return what tells a file from one that takes its place, None where there is no file."""
    if path is not None:
        with suppress(OSError):
            found = os.stat(path)  # noqa: PTH116 - with every write, and a Path costs as much again
            return found.st_dev, found.st_ino
    return None


def code_of(error: BaseException | None) -> int:
    """Return SQLite's number for the kind of an error, 0 for an error that is not SQLite's."""
    # The lower byte is the kind of error, the others say more of it.
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF
