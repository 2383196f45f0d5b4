"""Whose rows a world shows: its own, and through them those of the worlds that it stands on."""

from typing import NamedTuple, Protocol

# The name under which the seeded state is kept; no credential can spell it.
PRISTINE = ""
# A record that is left out of sightings has been sighted until after every instant.
NEVER_AGAIN = "~"


class Layers(NamedTuple):
    """The worlds whose rows of one table are shown, the topmost first.

    A row is hidden where a world above shows another in its place, or none. `is_sighted` says that
    the topmost world has sightings of these records.
    """

    worlds: tuple[str, ...] = (PRISTINE,)
    is_sighted: bool = False

    @property
    def values(self) -> dict[str, str]:
        """Return the names of the worlds as a view binds them."""
        return {f"w{index}": each for index, each in enumerate(self.worlds)}

    @property
    def depth(self) -> int:
        """Return how many layers there are."""
        return len(self.worlds)


class Rows(Protocol):
    """Whose rows a collection reads, and whose it may write."""

    def layers(self, table: str) -> Layers:
        """Return the worlds whose rows of the table stand for this one's."""

    def write_to(self, table: str) -> str:
        """Return the world's own name, and let its own rows be read from now on."""

    def sight(self, table: str) -> str:
        """Return the world's own name, and let its sightings be read from now on."""
