"""How things go in a world by themselves."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from mock_server.world.agenda import Entry
from mock_server.world.world import World

Perform = Callable[[Entry, World], None]
Begin = Callable[[World], None]
PassRoutine = Callable[[World, datetime], bool]


@dataclass(frozen=True)
class Course:
    """What makes time pass in a world.

    `perform` makes what is due on an agenda happen, `give_up` sees to what could not, and `begin`
    says what a new world plans. `pass_routine` passes in one step what is due by an instant and
    nobody can notice, and says whether there was anything.
    """

    perform: Perform
    give_up: Perform = lambda *_: None
    begin: Begin = lambda _: None
    pass_routine: PassRoutine = lambda *_: False
