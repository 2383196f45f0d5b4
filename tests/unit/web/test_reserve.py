"""Do spare threads stay out of the way until somebody waits, and only as long?"""

import queue
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest

from mock_server.web.reserve import Reserve
from mock_server.web.turnstile import Turnstile

PATIENCE_SECONDS = 20
OURS = "/a-path-that-nobody-knows"

Job = tuple[str, threading.Event]


class Server:
    """A server with some threads, each of which takes the next call that waits."""

    def __init__(self, application: Callable[[Any, Any], Iterable[bytes]], threads: int) -> None:
        self.turnstile = Turnstile(application)
        self.reserve = Reserve(self.turnstile, OURS, threads - 1)
        self._calls: queue.Queue[Job] = queue.Queue()
        self.statuses: list[str] = []
        for _ in range(threads):
            threading.Thread(target=self._work, daemon=True).start()

    def send(self, path: str) -> threading.Event:
        """Send a call and return what is set once it is answered."""
        answered = threading.Event()
        self._calls.put((path, answered))
        return answered

    def call(self, path: str) -> None:
        """Send a call and await its answer."""
        assert self.send(path).wait(PATIENCE_SECONDS)

    def has_kept(self, count: int) -> bool:
        """Say whether so many threads are kept before patience ends."""
        pause = threading.Event()
        return any(self.reserve.kept == count or pause.wait(0.01) for _ in range(2_000))

    def _work(self) -> None:
        while True:
            path, answered = self._calls.get()
            self.reserve({"PATH_INFO": path}, lambda status, *_: self.statuses.append(status))
            answered.set()


@pytest.fixture
def make() -> Iterator[Callable[..., Server]]:
    """Make a server whose threads end up free."""
    made: list[Server] = []

    def make_one(application: Callable[[Any, Any], Iterable[bytes]], threads: int) -> Server:
        made.append(Server(application, threads))
        return made[-1]

    yield make_one
    for each in made:
        each.reserve.dissolve()


def test_all_threads_but_one_are_kept_and_that_one_serves(make: Callable[..., Server]) -> None:
    seen: list[str] = []

    def application(*_: Any) -> Iterable[bytes]:
        seen.append(threading.current_thread().name)
        return []

    server = make(application, 4)
    server.reserve.fill(server.call)
    assert server.has_kept(3)
    for _ in range(20):
        server.call("/lead")
    assert len(seen) == 20
    assert len(set(seen)) == 1
    assert server.statuses == []


def test_a_caller_who_waits_has_a_thread_serve_the_others_until_it_is_back(
    make: Callable[..., Server],
) -> None:
    def application(environ: Any, _: Any) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/wait":
            with server.turnstile.aside():
                server.call("/one")
                server.call("/another")
                assert server.has_kept(0)
        return []

    server = make(application, 2)
    server.reserve.fill(server.call)
    assert server.has_kept(1)
    server.call("/wait")
    assert server.has_kept(1)
    assert server.statuses == ["204 No Content"]


def test_each_of_several_callers_who_wait_has_one(make: Callable[..., Server]) -> None:
    go_on = threading.Event()

    def application(environ: Any, _: Any) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/wait":
            with server.turnstile.aside():
                assert go_on.wait(PATIENCE_SECONDS)
        return []

    server = make(application, 4)
    server.reserve.fill(server.call)
    waiting = [server.send("/wait") for _ in range(3)]
    assert server.has_kept(0)
    server.call("/lead")
    go_on.set()
    assert all(each.wait(PATIENCE_SECONDS) for each in waiting)
    assert server.has_kept(3)


def test_a_dissolved_reserve_keeps_nobody(make: Callable[..., Server]) -> None:
    server = make(lambda *_: [], 3)
    server.reserve.fill(server.call)
    assert server.has_kept(2)
    server.reserve.dissolve()
    assert server.has_kept(0)
    server.call(OURS)


def test_a_server_that_is_gone_is_not_called_again(make: Callable[..., Server]) -> None:
    tried: list[str] = []
    is_tried = threading.Event()

    def refuse(path: str) -> None:
        tried.append(path)
        is_tried.set()
        raise ConnectionRefusedError

    server = make(lambda *_: [], 2)
    server.reserve.fill(refuse)
    assert is_tried.wait(PATIENCE_SECONDS)
    assert tried == [OURS]
