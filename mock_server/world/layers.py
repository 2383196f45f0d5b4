"""Whose rows a world shows: its own, and through them those of the worlds that it stands on."""

from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import NamedTuple, Protocol

# The name under which the seeded state is kept; no credential can spell it.
PRISTINE = ""
# The name of a layer without any rows; nothing is ever kept under it.
BARE = "@"
# A record that is left out of sightings has been sighted until after every instant.
NEVER_AGAIN = "~"


# Every read binds them, and most reads are those of few worlds.
@lru_cache(maxsize=1_000)
def _named(worlds: tuple[str, ...], viewer: str | None) -> Mapping[str, str | None]:
    return {**{f"w{index}": each for index, each in enumerate(worlds)}, "viewer": viewer}


class Layers(NamedTuple):
    """The worlds whose rows of one table are shown, the topmost first.

    A row is hidden where a world above shows another in its place, or none. `sighted_by` is the
    world whose sightings of these records are shown, None where it has none.
    """

    worlds: tuple[str, ...] = (PRISTINE,)
    sighted_by: str | None = None

    @property
    def values(self) -> Mapping[str, str | None]:
        """Return the names of the worlds as a view binds them."""
        return _named(self.worlds, self.sighted_by)

    @property
    def depth(self) -> int:
        """Return how many layers there are."""
        return len(self.worlds)

    @property
    def is_sighted(self) -> bool:
        """Say whether there are sightings of these records."""
        return self.sighted_by is not None

    @property
    def rows(self) -> "Layers":
        """Return the same rows without the sightings."""
        return Layers(self.worlds) if self.is_sighted else self


_SEEDED, _BARE = Layers(), Layers((BARE,))


def layers_over(
    world: str,
    seeded: Collection[str] | None,
    table: str,
    own: Collection[str],
    sighted: Collection[str],
) -> Layers:
    """Return the layers of a world's table, which lie over the seeded rows or over none.

    `seeded` are the tables that show those, None for all; `own` and `sighted` are the tables in
    which the world has rows and sightings.
    """
    is_bare = seeded is not None and table not in seeded
    if world == PRISTINE or (table not in own and table not in sighted):
        return _BARE if is_bare else _SEEDED
    below = BARE if is_bare else PRISTINE
    worlds = (world, below) if table in own else (below,)
    return Layers(worlds, world if table in sighted else None)


class Rows(Protocol):
    """Whose rows a collection reads, and whose it may write."""

    def layers(self, table: str) -> Layers:
        """Return the worlds whose rows of the table stand for this one's."""

    def write_to(self, table: str) -> str:
        """Return the world's own name, and let its own rows be read from now on."""

    def sight(self, table: str) -> str:
        """Return the world's own name, and let its sightings be read from now on."""
