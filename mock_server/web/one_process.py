"""Is this the one process that may answer? Every other has only a copy of the worlds."""

import os
import socket
import stat
import tempfile
import weakref
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Flask, request

from mock_server.engine.refusals import SecondProcess

if TYPE_CHECKING:
    from types import ModuleType

try:
    import fcntl as _fcntl
except ImportError:  # Windows has no fork either, so no process there inherits an application.
    fcntl: "ModuleType | None" = None
else:
    fcntl = _fcntl

_ADVICE = (
    "start one process with several threads, such as `gunicorn --workers 1 --threads 8` or"
    " `uwsgi --processes 1 --threads 8`, or use `mock-server serve`"
)
_SEVERAL = f"the sandbox keeps its worlds in one process, but its server runs several: {_ADVICE}"
_COPY = (
    "the sandbox keeps its worlds in one process, and another one already answers for it, so"
    f" what is written here would be lost: {_ADVICE}"
)
_FORKED = (
    "the server opened the sandbox's database before it started this process, and it cannot"
    " be used in both: load the application in the worker, which means no `gunicorn --preload` and"
    " `uwsgi --lazy-apps`"
)
_INTERNET = (socket.AF_INET, socket.AF_INET6)


class OneProcess:
    """The right to answer for one application, which one process at a time can have.

    Among processes that are forked from the one that made the application, it is a lock on a file
    that they share. Among processes that each make an application of their own behind the same
    socket, it is a lock on that socket. Both locks end with their process, however it ends.
    """

    def __init__(self, *, has_file: bool, may_be_several: bool = False) -> None:
        """Share the right with every process that is forked from now on.

        `has_file` says whether the worlds are in a file or a database, whose connection only this
        process may use. `may_be_several` says that others may use it with one of their own.
        """
        self._may_be_several = may_be_several
        self._has_file = has_file
        self._maker = os.getpid()
        self._shared = _shared_file()
        weakref.finalize(self, os.close, self._shared)
        self._answering: int | None = None

    @property
    def is_answering(self) -> bool:
        """Say whether this process has the right already."""
        return os.getpid() == self._answering

    def refusal(self, environ: Mapping[str, Any]) -> str | None:
        """Return why this process may not answer the request, None where it may."""
        if self.is_answering:
            return None
        process = os.getpid()
        if _runs_several(environ) and not self._may_be_several:
            return _SEVERAL
        if self._has_file and process != self._maker:
            return _FORKED
        if not (self._may_be_several or self._is_first(environ)):
            return _COPY
        self._answering = process
        return None

    def _is_first(self, environ: Mapping[str, Any]) -> bool:
        return all(_locked(each) for each in (self._shared, *_listening(environ)))


def install(app: Flask, one: OneProcess) -> None:
    """Refuse every call in a process that may not answer."""

    def check() -> None:
        # To look at the request costs more than to ask this, and a busy server asks at every call.
        if one.is_answering:
            return
        told = one.refusal(request.environ)
        if told is not None:
            raise SecondProcess(told)

    app.before_request(check)


def _runs_several(environ: Mapping[str, Any]) -> bool:
    """Say whether the server tells that it has several processes, as PEP 3333 asks it to."""
    # Others, such as the adapters for ASGI servers, always tell so.
    is_truthful = "uwsgi.version" in environ or str(environ.get("SERVER_SOFTWARE", "")).startswith(
        ("gunicorn/", "Werkzeug/")
    )
    return is_truthful and bool(environ.get("wsgi.multiprocess"))


def _shared_file() -> int:
    """Return the descriptor of a file without a name, so that only forked processes share it."""
    if fcntl is None:
        return os.open(os.devnull, os.O_RDONLY)
    if hasattr(os, "memfd_create"):
        return os.memfd_create("mock_server")
    descriptor, name = tempfile.mkstemp()
    Path(name).unlink()
    return descriptor


def _listening(environ: Mapping[str, Any]) -> Iterator[int]:
    """Yield the descriptors of the sockets at which the server of this request listens."""
    port = str(environ.get("SERVER_PORT"))
    with suppress(OSError):
        for each in Path("/dev/fd").iterdir():
            if _listens_at(int(each.name)) == port:
                yield int(each.name)


def _listens_at(descriptor: int) -> str | None:
    """Return the port of a listening socket, None where the descriptor is anything else."""
    try:
        if not stat.S_ISSOCK(os.fstat(descriptor).st_mode):
            return None
        found = socket.socket(fileno=descriptor)
    except OSError:
        return None
    try:
        is_listening = found.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN)
        return str(found.getsockname()[1]) if is_listening and found.family in _INTERNET else None
    except OSError:
        return None
    finally:
        # To close it would end the lock, and the server's socket with it.
        found.detach()


def _locked(descriptor: int) -> bool:
    """Lock the file or socket for this process; say whether no other process has locked it."""
    if fcntl is None:
        return True
    try:
        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        # Some systems lock no sockets, and there nothing can be known.
        return True
    return True
