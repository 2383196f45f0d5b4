"""How somebody moves a world's clock forward: step by step, by way of all that is due."""

from datetime import datetime, timedelta

from mock_server.world.worlds import Worlds

# No errand takes as long; whoever moves a clock is not kept waiting for one that got lost.
PATIENCE_SECONDS = 60.0


def advance(worlds: Worlds, name: str, until: datetime) -> None:
    """Bring a world's clock to an instant, by way of everything that is due before.

    Each thing happens at its own time, and what leaves the world for it has come back before the
    clock goes on. Raises `ValueError` for an instant that has passed.
    """
    with worlds.turn(name) as world:
        world.clock.refuse_past(until)
    while not _step(worlds, name, until):
        _await_errands(worlds, name)
    _await_errands(worlds, name)


def advance_until_idle(worlds: Worlds, name: str, most: timedelta) -> bool:
    """Bring a world's clock to where nothing waits but routine; say whether that is within `most`.

    Raises `ValueError` for a negative `most`.
    """
    with worlds.turn(name) as world:
        end = world.clock.now() + most
        world.clock.refuse_past(end)
    while True:
        _await_errands(worlds, name)
        with worlds.turn(name) as world:
            due = world.agenda.next_due
            if world.agenda.is_idle() and not world.errands:
                return True
        if due is None or due > end:
            _step(worlds, name, end)
            return False
        _step(worlds, name, due)


def _step(worlds: Worlds, name: str, until: datetime) -> bool:
    """Move the clock to what is due next, or to the end; say whether nothing is left before it."""
    with worlds.turn(name) as world:
        due = world.agenda.next_due
        goal = until if due is None else min(due, until)
        world.clock.advance(max(goal - world.clock.now(), timedelta()))
    with worlds.turn(name) as world:
        due = world.agenda.next_due
        return world.clock.now() >= until and (due is None or due > until)


def _await_errands(worlds: Worlds, name: str) -> None:
    with worlds.aside(), worlds.stir:
        worlds.stir.wait_for(lambda: not _errands_of(worlds, name), PATIENCE_SECONDS)


def _errands_of(worlds: Worlds, name: str) -> list[str]:
    return [errand for world, errand in worlds.errands() if world == name]
