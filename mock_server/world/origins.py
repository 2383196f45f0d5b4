"""How each world began, kept so that another one can begin alike: when, as what, and with what."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from mock_server.world.beginning import Beginning
from mock_server.world.clock import iso, parse

if TYPE_CHECKING:
    from mock_server.world.store import Store
    from mock_server.world.world import World

_MARK = "@@"


@dataclass(frozen=True)
class Origin:
    """The beginning of a world's present epoch.

    `key` is that of the rows and the state that it began with as a copy, None where it was made.
    """

    at: datetime
    beginning: Beginning
    key: str | None = None


def note_made(store: "Store", world: "World") -> None:
    """Note that a world begins now, with nothing but what its beginning says."""
    told = {"began_at": iso(world.clock.now()), "beginning": vars(world.beginning), "own": []}
    store.states.keep(_key(world.name), told)


def note_copied(store: "Store", world: "World") -> None:
    """Note that a world begins now with all that it has."""
    key = _key(world.name)
    store.states.keep(key, world.copy_to(key))


def origin_of(store: "Store", name: str) -> Origin | None:
    """Return how a world began, None for one of which it is not known."""
    told: Mapping[str, Any] | None = store.states.of(_key(name))
    if told is None:
        return None
    beginning = Beginning(**told["beginning"])
    if "began_at" in told:
        return Origin(parse(told["began_at"]), beginning)
    return Origin(parse(told["at"]), beginning, _key(name))


def forget(store: "Store", name: str) -> None:
    """Forget how a world began."""
    store.forget(_key(name))


def _key(name: str) -> str:
    return f"{_MARK}{name}"
