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
from mock_server.web.pace import LONGEST_WAIT, PAUSE, Pace
from mock_server.web.posting import Posting
from mock_server.world.waiting import HandedOut
from mock_server.world.world import World

_log = logging.getLogger("mock_server.dispatcher")

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

    def deliveries(self) -> list[HandedOut]:
        """Return all that has been handed out of any world and has not come back."""

    def turn_of(self, name: str, epoch: int | None) -> AbstractContextManager[World | None]:
        """Give one caller the world while it is in that epoch, else None."""


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
        self._taken: set[HandedOut] = set()
        # What can neither be sent nor noted would otherwise be tried at every look.
        self._given_up: set[HandedOut] = set()
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

    def look(self, pace: Pace, *, is_stirred: bool) -> tuple[bool, float | None]:
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
        self._closing.wait(PAUSE)
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

    def _take(self, delivery: HandedOut) -> None:
        """Put a delivery into its lane, unless nothing is to be sent any more."""
        request = self._request(delivery)
        if request is None:
            return
        with self._worlds.stir:
            self._taken.add(delivery)
            self._under_way += 1
        self._lanes.add(delivery.world, request.lane, partial(self._carry, delivery))

    def _carry(self, delivery: HandedOut) -> None:
        """Send a delivery and note what became of it; whatever goes wrong is a failed attempt."""
        with self._noting_fault(delivery):
            self._send(delivery)
        with self._worlds.stir:
            self._taken.discard(delivery)
            self._under_way -= 1
        self.wake()

    def _send(self, delivery: HandedOut) -> None:
        with self._asking:
            request = self._request(delivery)
        if request is None:
            return
        result = self._posting.post(request.url, request.headers, request.body)
        with self._asking:
            self._note(delivery, result)

    def _request(self, delivery: HandedOut) -> Request | None:
        with self._worlds.turn_of(delivery.world, delivery.epoch) as world:
            return None if world is None else self._deliveries.request(world, delivery.delivery)

    def _note(self, delivery: HandedOut, result: AttemptResult) -> None:
        with self._worlds.turn_of(delivery.world, delivery.epoch) as world:
            # After a reset it is another world, in which the same seed gives the same names.
            if world is not None:
                self._deliveries.note(world, delivery.delivery, result)

    @contextmanager
    def _noting_fault(self, delivery: HandedOut) -> Iterator[None]:
        """Make a failed attempt of whatever is raised inside, and go on after it."""
        names = delivery.delivery, delivery.world
        with _fault_logged("the delivery %s of the world %s met a fault", *names):
            yield
            return
        with _fault_logged("the delivery %s of the world %s is given up", *names):
            self._note(delivery, _FAULT)
            return
        with self._worlds.stir:
            self._given_up.add(delivery)


def _run(known: "ref[Dispatcher]", alarm: _Alarm) -> None:
    """Look again and again; a dispatcher whom nobody knows any more is not kept waiting for."""
    pace, is_stirred = Pace(), True
    while dispatcher := known():
        goes_on, seconds = dispatcher.look(pace, is_stirred=is_stirred)
        if not goes_on:
            return
        del dispatcher
        is_stirred = alarm.wait(LONGEST_WAIT if seconds is None else seconds)


@contextmanager
def _fault_logged(told: str, *names: str) -> Iterator[None]:
    try:
        yield
    except Exception:  # noqa: BLE001 - one delivery's fault must not end the others
        _log.exception(told, *names)
