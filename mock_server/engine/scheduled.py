"""Scheduled handlers: the functions that run what is due on an agenda, by kind of entry."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any

from mock_server.engine.moment import Moment
from mock_server.engine.world_settings import settings_in
from mock_server.settings import Settings
from mock_server.world.agenda import Entry
from mock_server.world.world import World

ScheduledHandler = Callable[[Moment, Mapping[str, Any]], None]


class ScheduledHandlers:
    """A function for every kind of entry that can stand on an agenda, by its name."""

    def __init__(
        self,
        kinds: Mapping[str, ScheduledHandler],
        settings: Settings,
        given_up: Mapping[str, ScheduledHandler] = MappingProxyType({}),
        routines: Sequence[Callable[[Moment], bool]] = (),
    ) -> None:
        """Run these, under these settings; `given_up` says what follows from a fault.

        `routines` each pass what is due by a moment in one step where nobody can notice it.
        """
        self._kinds = kinds
        self._settings = settings
        self._given_up = given_up
        self._routines = routines

    def perform(self, entry: Entry, world: World) -> None:
        """Make what is due on an agenda happen, at the time it is due."""
        self._kinds[entry.action](self._moment(world, entry.due_at), entry.details)

    def pass_routine(self, world: World, until: datetime) -> bool:
        """Pass in one step what is due by then and nobody can notice; say whether there was any."""
        moment = self._moment(world, until)
        return any(each(moment) for each in self._routines)

    def give_up(self, entry: Entry, world: World) -> None:
        """Let the world know that a fault of the sandbox kept something from happening."""
        if entry.action in self._given_up:
            moment = self._moment(world, entry.due_at)
            self._given_up[entry.action](moment, entry.details)

    def _moment(self, world: World, at: datetime) -> Moment:
        return Moment(world, at, settings_in(world, self._settings))
