"""How deliveries reach their receivers, and their results the worlds."""

import logging
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from typing import Protocol
from weakref import ref

from mock_server.engine.messages import AttemptResult, Request
from mock_server.engine.refusals import FAULT
from mock_server.web.lanes import Lanes
from mock_server.web.posting import Posting
from mock_server.world.world import World

_log = logging.getLogger("mock_server.dispatcher")

Delivery = tuple[str, str]  # The name of a world, and what it calls the thing handed out.

# Seconds of real time between two looks at the worlds, so that there are at most 100 in one.
_PAUSE = 0.01
# The machine may have slept, and then a wait takes longer than it was meant to.
_LONGEST_WAIT = 60.0
# So many looks in a row that find the next due time no nearer mean that no clock moves.
_STILL_LOOKS = 3
# Nearly all the time a lane waits for its receiver, and one that hangs keeps a lane for seconds.
_LANES, _LANES_OF_WORLD = 64, 8
_FAULT = AttemptResult(error=FAULT)


class Worlds(Protocol):
    """What the dispatcher asks of the worlds."""

    @property
    def stir(self) -> threading.Condition:
        """Notified whenever a delivery leaves or comes back, or an agenda grows."""

    def tick(self) -> float | None:
        """Make what is due happen; return the seconds until something is due by itself."""

    def deliveries(self) -> list[Delivery]:
        """Return what has been handed out and has not come back, oldest first."""

    def turn(self, name: str) -> AbstractContextManager[World]:
        """Give one caller the world."""


class Deliveries(Protocol):
    """What the dispatcher asks about a delivery, each time inside a turn of its world."""

    def request(self, world: World, delivery_id: str, /) -> Request | None:
        """Return what is to be sent, None where nothing is any more."""

    def note(self, world: World, delivery_id: str, result: AttemptResult, /) -> None:
        """Note what became of an attempt."""


class _Alarm:
    """What a dispatcher waits for, which knows nothing of the dispatcher itself."""

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


class Dispatcher:
    """The thread that sends the deliveries of all worlds, and notes their results.

    It begins when it is woken and ends by itself once there is nothing
    to wait for: no delivery is under way, no world's clock comes nearer to anything due, or nobody
    uses the worlds any more. Messages go out one by one in each lane of a world, and lanes do not
    wait for each other.
    """

    def __init__(
        self, worlds: Worlds, deliveries: Deliveries, posting: Posting, *, lanes: int = _LANES
    ) -> None:
        """Carry the deliveries of these worlds, so many at a time."""
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
        self._taken: set[Delivery] = set()
        # What can neither be sent nor noted would otherwise be tried at every look.
        self._given_up: set[Delivery] = set()
        self._under_way = 0

    def wake(self) -> None:
        """Look at the worlds soon; a world may be locked meanwhile, even by the caller."""
        with self._worlds.stir:
            # A thread does not live on in a process that is forked while it runs.
            if self._thread is not None and self._thread.is_alive():
                self._alarm.ring()
            elif not self._closing.is_set():
                given = ref(self), self._alarm
                thread = threading.Thread(target=_run, args=given, name="dispatcher", daemon=True)
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
        with _fault_logged("the deliveries could not be collected"):
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
        out = self._worlds.deliveries()
        with self._worlds.stir:
            self._given_up.intersection_update(out)
            known = self._taken | self._given_up
        for delivery in out:
            if delivery not in known:
                with self._noting_fault(delivery):
                    self._take(delivery)

    def _take(self, delivery: Delivery) -> None:
        """Put a delivery into its lane, unless nothing is to be sent any more."""
        name, delivery_id = delivery
        with self._worlds.turn(name) as world:
            request = self._deliveries.request(world, delivery_id)
        if request is None:
            return
        with self._worlds.stir:
            self._taken.add(delivery)
            self._under_way += 1
        self._lanes.add(name, request.lane, partial(self._carry, delivery))

    def _carry(self, delivery: Delivery) -> None:
        """Send a delivery and note what became of it; whatever goes wrong is a failed attempt."""
        with self._noting_fault(delivery):
            self._send(delivery)
        with self._worlds.stir:
            self._taken.discard(delivery)
            self._under_way -= 1
        self.wake()

    def _send(self, delivery: Delivery) -> None:
        name, delivery_id = delivery
        with self._asking, self._worlds.turn(name) as world:
            request = self._deliveries.request(world, delivery_id)
        if request is None:
            return
        result = self._posting.post(request.url, request.headers, request.body)
        with self._asking, self._worlds.turn(name) as world_now:
            # After a reset it is another world, in which the same seed gives the same names.
            if world_now is world:
                self._deliveries.note(world, delivery_id, result)

    @contextmanager
    def _noting_fault(self, delivery: Delivery) -> Iterator[None]:
        """Make a failed attempt of whatever is raised inside, and go on after it."""
        with _fault_logged("the delivery %s of the world %s met a fault", *reversed(delivery)):
            yield
            return
        with _fault_logged("the delivery %s of the world %s is given up", *reversed(delivery)):
            with self._worlds.turn(delivery[0]) as world:
                self._deliveries.note(world, delivery[1], _FAULT)
            return
        with self._worlds.stir:
            self._given_up.add(delivery)


def _run(known: "ref[Dispatcher]", alarm: _Alarm) -> None:
    """Look again and again; a dispatcher whom nobody knows any more is not kept waiting for."""
    pace, is_stirred = _Pace(), True
    while dispatcher := known():
        goes_on, seconds = dispatcher.look(pace, is_stirred=is_stirred)
        if not goes_on:
            return
        del dispatcher
        is_stirred = alarm.wait(_LONGEST_WAIT if seconds is None else seconds)


@contextmanager
def _fault_logged(told: str, *names: str) -> Iterator[None]:
    try:
        yield
    except Exception:  # noqa: BLE001 - one delivery's fault must not end the others
        _log.exception(told, *names)


class _Pace:
    """How long the dispatcher may wait before it looks again."""

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
