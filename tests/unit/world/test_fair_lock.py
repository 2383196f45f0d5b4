"""Is the lock handed on in the order of asking, and do callers have their share of the time?"""

import threading
import time
from typing import Any

import pytest

from mock_server.world.fair_lock import FairLock

PATIENCE_SECONDS = 20


@pytest.fixture
def lock() -> FairLock:
    return FairLock()


def ask(lock: FairLock, told: list[str], name: str) -> threading.Thread:
    """Return a thread that has come to wait for the lock, and tells of its turn."""

    def take() -> None:
        with lock:
            told.append(name)

    before, thread = lock.waiting, threading.Thread(target=take)
    thread.start()
    while lock.waiting == before:
        assert thread.is_alive()
    return thread


def test_who_asked_first_is_first_and_whoever_let_go_asks_anew(lock: FairLock) -> None:
    told: list[str] = []
    with lock:
        threads = [ask(lock, told, name) for name in ("one", "two")]
    with lock:
        told.append("again")
    for each in threads:
        each.join(PATIENCE_SECONDS)
    assert told == ["one", "two", "again"]
    assert (lock.waiting, lock.handovers) == (0, 3)


def test_its_owner_may_take_it_again_and_keeps_it_until_the_last_is_left(lock: FairLock) -> None:
    told: list[str] = []
    with lock:
        with lock:
            thread = ask(lock, told, "other")
        assert told == []
    thread.join(PATIENCE_SECONDS)
    assert told == ["other"]


def test_what_leaves_by_an_exception_leaves_the_lock_free(lock: FairLock) -> None:
    with pytest.raises(KeyError), lock:
        raise KeyError
    told: list[str] = []
    thread = threading.Thread(target=lambda: [lock.__enter__(), told.append("other")])
    thread.start()
    thread.join(PATIENCE_SECONDS)
    assert told == ["other"]


def test_long_work_rests_only_where_somebody_has_waited(
    lock: FairLock, monkeypatch: pytest.MonkeyPatch
) -> None:
    rests: list[float] = []
    monkeypatch.setattr(time, "sleep", rests.append)
    clock = iter((1.0, 4.0))
    monkeypatch.setattr(time, "thread_time", lambda: next(clock, 0.0))
    told: list[str] = []

    def work(*callers: str) -> Any:
        with lock:
            return [ask(lock, told, each) for each in callers]

    [caller] = lock.share(lambda: work("caller"))
    caller.join(PATIENCE_SECONDS)
    assert (lock.share(work), told, rests) == ([], ["caller"], [3.0])
