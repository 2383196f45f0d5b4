"""Which settings hold in a world: the server's, but for those that the world was made with."""

from dataclasses import replace
from functools import lru_cache
from typing import Any

from mock_server.settings import Settings
from mock_server.world.world import World


def settings_in(world: World, settings: Settings) -> Settings:
    """Return the settings of a world, where `settings` are the server's."""
    chosen = world.beginning.settings
    # Nearly every world has none of its own, and every call asks.
    return _with(settings, tuple(chosen.items())) if chosen else settings


@lru_cache(maxsize=256)
def _with(settings: Settings, chosen: tuple[tuple[str, Any], ...]) -> Settings:
    return replace(settings, **dict(chosen))
