"""Do callers wait beside one another, and is the one too many told so?"""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest

from mock_server.serving.waiting import PLACES, WaitingCalls

PATIENCE_SECONDS = 20


@pytest.fixture
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    made = asyncio.new_event_loop()
    yield made
    made.close()


class Crowd:
    """Callers who wait until they are let go, and what became of them."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.calls = WaitingCalls(self.soon)
        self.go_on = threading.Event()
        self.done: list[str] = []
        self._wanted = 0

    def soon(self, step: Callable[..., object], *given: object) -> None:
        with suppress(RuntimeError):  # The loop is closed by the time the last of them leaves.
            self.loop.call_soon_threadsafe(step, *given)

    def come(self, count: int, *, waits: bool) -> None:
        for _ in range(count):
            self.calls.take(self.wait if waits else self.work, lambda: self.tell("refused"))

    def wait(self) -> None:
        self.calls.note(1)
        self.go_on.wait(PATIENCE_SECONDS)
        self.calls.note(-1)
        self.tell("answered")

    def work(self) -> None:
        self.go_on.wait(PATIENCE_SECONDS)
        self.tell("answered")

    def tell(self, what: str) -> None:
        self.soon(self._tell, what)

    def run_until(self, count: int) -> list[str]:
        """Let the server's thread work until so many callers have been told something."""
        self._wanted = count
        self._tell()
        self.loop.run_forever()
        return self.done

    def _tell(self, *what: str) -> None:
        self.done.extend(what)
        if len(self.done) >= self._wanted:
            self.loop.stop()


def test_as_many_as_may_wait_are_answered_and_the_next_is_refused(
    loop: asyncio.AbstractEventLoop,
) -> None:
    crowd = Crowd(loop)
    crowd.come(PLACES + 2, waits=True)
    assert crowd.run_until(2) == ["refused"] * 2
    crowd.go_on.set()
    assert crowd.run_until(PLACES + 2)[2:] == ["answered"] * PLACES


def test_whoever_comes_while_others_are_at_work_has_its_turn(
    loop: asyncio.AbstractEventLoop,
) -> None:
    crowd = Crowd(loop)
    crowd.come(2 * PLACES, waits=False)
    crowd.go_on.set()
    assert crowd.run_until(2 * PLACES) == ["answered"] * 2 * PLACES


def test_once_others_have_gone_on_there_is_room_again(loop: asyncio.AbstractEventLoop) -> None:
    crowd = Crowd(loop)
    crowd.come(PLACES + 1, waits=True)
    assert crowd.run_until(1) == ["refused"]
    crowd.go_on.set()
    crowd.run_until(PLACES + 1)
    crowd.come(1, waits=True)
    assert crowd.run_until(PLACES + 2)[-1] == "answered"
