"""How what is due in a world happens: one thing at a time, whole or not at all."""

import logging
from datetime import datetime, timedelta

from mock_server.world.course import Course
from mock_server.world.obstacles import Unwritable
from mock_server.world.opening import undoing
from mock_server.world.store import Store
from mock_server.world.world import World

_log = logging.getLogger(__name__)

# What has been due for less is as soon made to happen.
_LONG = timedelta(hours=1)


class Due:
    """What makes due things happen in the worlds of a store."""

    def __init__(self, store: Store, course: Course) -> None:
        """Let things happen as the course says."""
        self._store = store
        self._course = course

    def let_all_happen(self, world: World) -> None:
        """Let everything happen that is due."""
        while world.agenda.has_due(world.clock.now()):
            self.let_happen(world)

    def let_happen(self, world: World) -> None:
        """Let the next thing happen; what cannot is logged and dropped, or no call got past it.

        Raises `Unwritable` where nothing can be kept now: then it stays due.
        """
        try:
            self._happen(world)
        except Unwritable:
            raise
        except Exception:  # noqa: BLE001 - whatever it is, other things have to happen
            _log.exception("what was due in the world %s could not happen", world.name)
            with undoing(self._store, world):
                self._course.give_up(world.agenda.take(), world)

    def pass_routine(self, world: World, until: datetime) -> None:
        """Pass in one step what is due by then and nobody can notice, up to what they can."""
        with undoing(self._store, world):
            self._course.pass_routine(world, until)

    def _happen(self, world: World) -> None:
        now = world.clock.now()
        with undoing(self._store, world):
            if world.agenda.has_due(now - _LONG) and self._course.pass_routine(world, now):
                return
            entry = world.agenda.take()
            with world.clock.showing(entry.due_at):
                self._course.perform(entry, world)
