"""An instant in a world, at which a call or a scheduled handler acts."""

from dataclasses import dataclass
from datetime import datetime

from mock_server.settings import Settings
from mock_server.world.world import World


@dataclass(frozen=True)
class Moment:
    """An instant at which something happens: in which world, when, and under which settings."""

    world: World
    at: datetime
    settings: Settings
