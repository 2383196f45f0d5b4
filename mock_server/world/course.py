"""How things go in a world by themselves."""

from collections.abc import Callable
from dataclasses import dataclass

from mock_server.world.agenda import Entry
from mock_server.world.world import World

Perform = Callable[[Entry, World], None]
Begin = Callable[[World], None]


@dataclass(frozen=True)
class Course:
    """What makes time pass in a world.

    `perform` makes what is due on an agenda happen, `give_up` sees to what could not, and `begin`
    says what a new world plans.
    """

    perform: Perform
    give_up: Perform = lambda *_: None
    begin: Begin = lambda _: None
