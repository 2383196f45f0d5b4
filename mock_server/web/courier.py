"""How what the worlds hand out reaches its receiver, and what became of it the world."""

import logging
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from typing import Protocol
from weakref import ref

from mock_server.engine.letters import Message, Outcome
from mock_server.engine.refusals import FAULT
from mock_server.web.lanes import Lanes
from mock_server.web.posting import Posting
from mock_server.world.world import World

_log = logging.getLogger("mock_server.courier")

Errand = tuple[str, str]  # The name of a world, and what it calls the thing handed out.

# Seconds of real time between two looks at the worlds, so that there are at most 100 in one.
_PAUSE = 0.01
# The machine may have slept, and then a wait takes longer than it was meant to.
_LONGEST_WAIT = 60.0
# So many looks in a row that find the next due time no nearer mean that no clock moves.
_STILL_LOOKS = 3
# Nearly all the time a lane waits for its receiver, and one that hangs keeps a lane for seconds.
_LANES, _LANES_OF_WORLD = 64, 8
_FAULT = Outcome(error=FAULT)


class Worlds(Protocol):
    """What the courier asks of the worlds."""

    @property
    def stir(self) -> threading.Condition:
        """Notified whenever an errand leaves or comes back, or an agenda grows."""

    def tick(self) -> float | None:
        """Make what is due happen; return the seconds until something is due by itself."""

    def errands(self) -> list[Errand]:
        """Return what has been handed out and has not come back, oldest first."""

    def turn(self, name: str) -> AbstractContextManager[World]:
        """Give one caller the world."""


class Deliveries(Protocol):
    """What the courier asks about an errand, each time inside a turn of its world."""

    def message(self, world: World, errand_id: str, /) -> Message | None:
        """Return what is to be sent, None where nothing is any more."""

    def note(self, world: World, errand_id: str, outcome: Outcome, /) -> None:
        """Note what became of an attempt."""


class _Alarm:
    """What a courier waits for, which knows nothing of the courier itself."""

    def __init__(self, stir: threading.Condition) -> None:
        self._stir = stir
        self.is_rung = False

    def ring(self) -> None:
        with self._stir:
            self.is_rung = True
            self._stir.notify_all()

    def wait(self, seconds: float | None) -> bool:
        """Wait for a stir, but no longer than that, and say whether there was one."""
        with self._stir:
            is_stirred = self.is_rung or self._stir.wait(seconds)
            self.is_rung = False
            return is_stirred


class Courier:
    """Whoever carries errands out of the worlds, and what became of them back.

    The courier is a thread that begins when it is woken and ends by itself once there is nothing
    to wait for: no errand is under way, no world's clock comes nearer to anything due, or nobody
    uses the worlds any more. Messages go out one by one in each lane of a world, and lanes do not
    wait for each other.
    """

    def __init__(
        self, worlds: Worlds, deliveries: Deliveries, posting: Posting, *, lanes: int = _LANES
    ) -> None:
        """Carry the errands of these worlds, so many at a time."""
        self._worlds = worlds
        self._deliveries = deliveries
        self._posting = posting
        self._lanes = Lanes(lanes, most_of_owner=_LANES_OF_WORLD)
        # One lane at a time asks for a world, or a caller would have to wait behind all of them.
        self._asking = threading.Lock()
        self._closing = threading.Event()
        # The rest is only touched by whoever holds the lock of `worlds.stir`.
        self._thread: threading.Thread | None = None
        self._alarm = _Alarm(worlds.stir)
        self._taken: set[Errand] = set()
        # What can neither be sent nor noted would otherwise be tried at every look.
        self._given_up: set[Errand] = set()
        self._under_way = 0

    def wake(self) -> None:
        """Look at the worlds soon; a world may be locked meanwhile, even by the caller."""
        with self._worlds.stir:
            # A thread does not live on in a process that is forked while it runs.
            if self._thread is not None and self._thread.is_alive():
                self._alarm.ring()
            elif not self._closing.is_set():
                given = ref(self), self._alarm
                thread = threading.Thread(target=_run, args=given, name="courier", daemon=True)
                thread.start()
                self._thread = thread

    def close(self) -> None:
        """Stop for good: wait for what is under way, but no longer than one attempt may take."""
        self._closing.set()
        self.wake()
        with self._worlds.stir:
            thread = self._thread
        if not self._lanes.close(self._posting.timeout_seconds):
            _log.warning("a delivery was still under way when the sandbox stopped")
        if thread is not None:
            thread.join(self._posting.timeout_seconds)

    def look(self, pace: "_Pace", *, is_stirred: bool) -> tuple[bool, float | None]:
        """Do what there is to do; say whether to look again, and after how many seconds at most."""
        seconds = pace.seconds(self._look(), is_stirred=is_stirred)
        return self._goes_on(seconds), seconds

    def _look(self) -> float | None:
        """Take on what is new, and return the seconds until there may be more by itself."""
        due: float | None = None
        with _fault_logged("what is due could not be made to happen"):
            due = self._worlds.tick()
        with _fault_logged("the errands could not be collected"):
            self._take_new()
        return due

    def _goes_on(self, seconds: float | None) -> bool:
        self._closing.wait(_PAUSE)
        with self._worlds.stir:
            has_reason = self._alarm.is_rung or self._under_way > 0 or seconds is not None
            if has_reason and not self._closing.is_set():
                return True
            self._thread = None
            return False

    def _take_new(self) -> None:
        out = self._worlds.errands()
        with self._worlds.stir:
            self._given_up.intersection_update(out)
            known = self._taken | self._given_up
        for errand in out:
            if errand not in known:
                with self._noting_fault(errand):
                    self._take(errand)

    def _take(self, errand: Errand) -> None:
        """Put an errand into its lane, unless nothing is to be sent any more."""
        name, errand_id = errand
        with self._worlds.turn(name) as world:
            message = self._deliveries.message(world, errand_id)
        if message is None:
            return
        with self._worlds.stir:
            self._taken.add(errand)
            self._under_way += 1
        self._lanes.add(name, message.lane, partial(self._carry, errand))

    def _carry(self, errand: Errand) -> None:
        """Send an errand and note what became of it; whatever goes wrong is a failed attempt."""
        with self._noting_fault(errand):
            self._send(errand)
        with self._worlds.stir:
            self._taken.discard(errand)
            self._under_way -= 1
        self.wake()

    def _send(self, errand: Errand) -> None:
        name, errand_id = errand
        with self._asking, self._worlds.turn(name) as world:
            message = self._deliveries.message(world, errand_id)
        if message is None:
            return
        outcome = self._posting.post(message.url, message.headers, message.body)
        with self._asking, self._worlds.turn(name) as world_now:
            # After a reset it is another world, in which the same seed gives the same names.
            if world_now is world:
                self._deliveries.note(world, errand_id, outcome)

    @contextmanager
    def _noting_fault(self, errand: Errand) -> Iterator[None]:
        """Make a failed attempt of whatever is raised inside, and go on after it."""
        with _fault_logged("the delivery %s of the world %s met a fault", *reversed(errand)):
            yield
            return
        with _fault_logged("the delivery %s of the world %s is given up", *reversed(errand)):
            with self._worlds.turn(errand[0]) as world:
                self._deliveries.note(world, errand[1], _FAULT)
            return
        with self._worlds.stir:
            self._given_up.add(errand)


def _run(known: "ref[Courier]", alarm: _Alarm) -> None:
    """Look again and again; a courier whom nobody knows any more is not kept waiting for."""
    pace, is_stirred = _Pace(), True
    while courier := known():
        goes_on, seconds = courier.look(pace, is_stirred=is_stirred)
        if not goes_on:
            return
        del courier
        is_stirred = alarm.wait(_LONGEST_WAIT if seconds is None else seconds)


@contextmanager
def _fault_logged(told: str, *names: str) -> Iterator[None]:
    try:
        yield
    except Exception:  # noqa: BLE001 - one delivery's fault must not end the others
        _log.exception(told, *names)


class _Pace:
    """How long the courier may wait before it looks again."""

    def __init__(self) -> None:
        self._before: float | None = None
        self._still_looks = 0

    def seconds(self, due: float | None, *, is_stirred: bool) -> float | None:
        """Return the seconds to wait beside the pause, None where only a stir can bring more.

        `due` is what the last look found, and `is_stirred` whether a stir was its reason. Only
        a look that nothing else changed shows whether time passes, so the first wait is short.
        """
        before = None if is_stirred else self._before
        self._before = due
        if due is None:
            return None
        self._still_looks = self._still_looks + 1 if due == before else 0
        if self._still_looks >= _STILL_LOOKS:
            return None
        passes = before is not None and due < before
        return max(0.0, min(due, _LONGEST_WAIT) - _PAUSE) if passes else 0.0
