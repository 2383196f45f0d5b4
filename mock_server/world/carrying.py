"""How a world is carried from one store to another: as a head and lines of plain values."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from mock_server.world.beginning import Beginning
from mock_server.world.clock import iso
from mock_server.world.layers import PRISTINE
from mock_server.world.opening import Opening
from mock_server.world.portable import Line, lines_of, put_down
from mock_server.world.store import Store
from mock_server.world.world import World

_CARRIED = ("draws", "numbers", "clock", "deliveries", "tallies", "is_written")


@dataclass(frozen=True)
class Carried:
    """A world as it was at an instant: how it began, what it counts, and its rows.

    `seeded_with` says over which seeded records the rows lie, None where they are all there are.
    """

    at: str
    beginning: Beginning
    state: Mapping[str, Any] = field(default_factory=dict)
    lines: Iterable[Line] = ()
    seeded_with: Mapping[str, Any] | None = None

    def having(self, settings: Mapping[str, Any]) -> "Carried":
        """Return the same world with other settings; those that are not named stay."""
        return replace(self, beginning=self.beginning.but({"settings": settings}))


def take_up(store: Store, world: World, *, is_whole: bool) -> Carried:
    """Return a world to be carried: its own rows, or all that it shows."""
    whole = world.copy_state()
    state = {name: whole[name] for name in _CARRIED}
    beginning = replace(world.beginning, scenario=None, is_whole=False)
    lines: Sequence[Line] = [*lines_of(store, world, is_whole=is_whole)]
    if is_whole:
        return Carried(iso(world.clock.now()), replace(beginning, seeded=()), state, lines)
    seeded = seeded_with(store)
    return Carried(iso(world.clock.now()), beginning, state, lines, seeded)


def seeded_with(store: Store) -> dict[str, Any]:
    """Return what the seeded records of a store depend on."""
    state = store.states.of(PRISTINE) or {}
    return {**state.get("recipe", {}), "day": state.get("day")}


def set_down(store: Store, opening: Opening, key: str, carried: Carried) -> None:
    """Keep a carried world under a key, from which worlds can be copied."""
    with store.transaction():
        store.forget(key)
        opening.keep(key, carried.beginning, lambda world: put_down(world, carried.lines))
        kept = store.states.of(key) or {}
        store.states.keep(key, {**kept, **carried.state, "at": carried.at})
