"""How somebody moves a world's clock forward: step by step, by way of all that is due."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from mock_server.world.worlds import Worlds

# No delivery takes as long; whoever moves a clock is not kept waiting for one that got lost.
PATIENCE_SECONDS = 90.0
# From so many steps on, other callers are let in between two of them.
_FEW = 3


def advance(worlds: Worlds, name: str, until: datetime) -> None:
    """Bring a world's clock to an instant, by way of everything that is due before.

    Each thing happens at its own time, and what leaves the world for it has come back before the
    clock goes on. Where the instant has passed, only what is due happens: no clock goes back.
    """
    journey = _Journey(worlds, name)
    journey.go_on(partial(journey.stride, until))
    journey.wait()


def advance_until_idle(worlds: Worlds, name: str, most: timedelta) -> bool:
    """Bring a world's clock to where only routine waits; say whether that is within `most`."""
    journey = _Journey(worlds, name)
    end = journey.start + most
    journey.go_on(lambda: journey.is_over or journey.step(end))
    return journey.wait() and journey.is_over


class _Journey:
    """A world on its way through time; it ends where the world is reset meanwhile."""

    def __init__(self, worlds: Worlds, name: str) -> None:
        self._worlds = worlds
        self._name = name
        with worlds.turn(name) as world:
            self._epoch = world.epoch
            self.start = world.clock.now()

    @property
    def is_over(self) -> bool:
        """Say whether the world is idle, or is another one by now."""
        with self._worlds.turn_of(self._name, self._epoch) as world:
            return world is None or (world.agenda.is_idle() and not world.deliveries)

    def go_on(self, step: Callable[[], bool]) -> None:
        """Take steps until one says that the journey is over, or what has left does not return."""
        if any(self._ends_with(step) for _ in range(_FEW)):
            return
        with self._worlds.aside():
            while not self._worlds.share(partial(self._ends_with, step)):
                continue

    def _ends_with(self, step: Callable[[], bool]) -> bool:
        return not self.wait() or step()

    def stride(self, until: datetime) -> bool:
        """Take a step, and all that is routine on the way along with it."""
        self._worlds.pass_routine(self._name, self._epoch, until)
        return self.step(until)

    def step(self, until: datetime) -> bool:
        """Move the clock to what is due next, or to the end; say whether the journey is over."""
        with self._worlds.turn_of(self._name, self._epoch) as world:
            if world is None:
                return True
            due = world.agenda.next_due
            goal = until if due is None else min(due, until)
            world.clock.advance(max(goal - world.clock.now(), timedelta()))
        with self._worlds.turn_of(self._name, self._epoch) as world:
            if world is None:
                return True
            if world.obstacle is not None:
                raise world.obstacle
            due = world.agenda.next_due
            return world.clock.now() >= until and (due is None or due > until)

    def wait(self) -> bool:
        """Wait for what has left the world; say whether all of it has come back."""
        if not self._out():
            return True
        with self._worlds.aside():
            while out := self._out():
                has_moved = partial(self._has_moved, out)
                if not self._worlds.await_news(self._name, has_moved, PATIENCE_SECONDS):
                    return False
        return True

    def _has_moved(self, out: tuple[str, ...]) -> bool:
        return self._out() != out

    def _out(self) -> tuple[str, ...]:
        return self._worlds.out_of(self._name, self._epoch)
