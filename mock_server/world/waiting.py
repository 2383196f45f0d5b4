"""What the worlds wait for: when something is due in each, and what has left it."""

import heapq
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from mock_server.world.world import World

# A world that is called makes what is due happen itself, and two threads would be slower at it.
_GRACE = timedelta(milliseconds=50)
# From so many on, times that no longer hold are looked for and dropped.
_MANY_STALE = 64


class HandedOut(NamedTuple):
    """Something that was handed out of a world in one of its epochs, and has not come back."""

    world: str
    epoch: int | None
    delivery: str


class Waiting:
    """When to look at each world that waits for something, on the machine's clock.

    Whoever asks touches only the worlds that are due, however many there are.
    """

    def __init__(self) -> None:
        """Begin with no world."""
        self._out: dict[str, list[HandedOut]] = {}
        # Until when another replica has said that it sends what it handed out.
        self._elsewhere: dict[str, Mapping[str, datetime]] = {}
        self._planned: dict[str, tuple[datetime, int]] = {}
        # May hold times that have been planned anew since; those are passed over.
        self._heap: list[tuple[datetime, int, str]] = []
        self._count = 0

    def note(self, world: World, now: datetime) -> None:
        """Note what a world waits for, now that it may be something else."""
        look = _next_look(world)
        # What is long overdue in one world waits its turn behind what is due in the others.
        self.plan(world.name, None if look is None else max(look, now))
        if world.deliveries:
            out = [HandedOut(world.name, world.epoch, each) for each in world.deliveries]
            self._out[world.name] = out
        else:
            self._out.pop(world.name, None)
        self._note_elsewhere(world)

    def forget(self, name: str) -> None:
        """Wait for nothing in a world any more."""
        self.plan(name, None)
        self._out.pop(name, None)
        self._elsewhere.pop(name, None)

    def is_for(self, name: str) -> bool:
        """Say whether the world waits for anything."""
        return name in self._planned or name in self._out

    def clear(self) -> None:
        """Wait for nothing any more."""
        self._out.clear()
        self._elsewhere.clear()
        self._planned.clear()
        self._heap.clear()

    def out_of(self, name: str, epoch: int | None) -> tuple[str, ...]:
        """Return what was handed out of a world in that epoch and has not come back."""
        # Without the lock of the store, because who waits for it is woken by the lock's owner.
        return tuple(each.delivery for each in self._out.get(name, ()) if each.epoch == epoch)

    def deliveries(self, now: datetime) -> list[HandedOut]:
        """Return all that was handed out, has not come back, and no other replica is to send."""
        # Without the lock of the store, because its owner may be stirring those who ask this.
        found = [each for out in [*self._out.values()] for each in out]
        if not self._elsewhere:
            return found
        return [each for each in found if not self._is_elsewhere(each, now)]

    def _is_elsewhere(self, one: HandedOut, now: datetime) -> bool:
        until = self._elsewhere.get(one.world, {}).get(one.delivery)
        return until is not None and until > now

    def _note_elsewhere(self, world: World) -> None:
        if elsewhere := world.claims.elsewhere:
            self._elsewhere[world.name] = elsewhere
        else:
            self._elsewhere.pop(world.name, None)

    def plan(self, name: str, at: datetime | None) -> None:
        """Look at the world at that time and no other; None is never."""
        planned = self._planned.get(name)
        if at is None:
            self._planned.pop(name, None)
        elif planned is None or planned[0] != at:
            self._count += 1
            self._planned[name] = at, self._count
            heapq.heappush(self._heap, (at, self._count, name))
            if len(self._heap) > 2 * len(self._planned) + _MANY_STALE:
                self._heap = [(*when, each) for each, when in self._planned.items()]
                heapq.heapify(self._heap)

    def next_look(self) -> datetime | None:
        """Return when the next world is to be looked at, None where none is."""
        while self._heap:
            at, number, name = self._heap[0]
            if self._planned.get(name) == (at, number):
                return at
            heapq.heappop(self._heap)
        return None

    def seconds(self, now: datetime) -> float | None:
        """Return how long it is until the next look, None where there is none."""
        look = self.next_look()
        return None if look is None else max((look - now).total_seconds(), 0.0)

    def take(self, now: datetime) -> str | None:
        """Return the name of a world whose time has come, and let it have no time any more."""
        at = self.next_look()
        if at is None or at > now:
            return None
        _, _, name = heapq.heappop(self._heap)
        del self._planned[name]
        return name


def look_of(world: World) -> datetime | None:
    """Return when any replica is to look at a world by itself, None where none has to."""
    looks = [each for each in (_next_look(world), world.claims.end) if each is not None]
    return min(looks, default=None)


def _next_look(world: World) -> datetime | None:
    """Return the machine's time at which to see to what is due next in a world, if at all."""
    due = world.agenda.next_due
    if due is None or not _matters(world):
        return None
    return world.clock.machine_time_of(due + _GRACE)


def _matters(world: World) -> bool:
    """Say whether what is due next shows to anybody before the next call.

    A world that nobody has written to has nobody to tell of its routine, and keeps costing nothing.
    """
    return world.is_written or not world.agenda.is_idle()
