"""What was chosen for a world when it was made, and holds again after each reset."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any


@dataclass(frozen=True)
class Beginning:
    """How a world begins: with a seed, an instant and settings of its own, or as every other does.

    The seed is that of its ids and chance; the seeded records are the same in all worlds.
    `scenario` is the key of the rows that it begins with over those. `seeded` are the tables whose
    seeded records it shows, None for all of them. `is_whole` says that the scenario is a whole
    world with its clock and its agenda, which goes on from there.
    """

    seed: int | None = None
    start_at: str | None = None
    is_frozen: bool = False
    settings: Mapping[str, Any] = field(default_factory=dict)
    scenario: str | None = None
    seeded: Sequence[str] | None = None
    is_whole: bool = False

    def but(self, chosen: Mapping[str, Any]) -> "Beginning":
        """Return this beginning with other fields; settings that are not named stay."""
        settings = {**self.settings, **chosen.get("settings", {})}
        return replace(self, **{**chosen, "settings": settings})


ORDINARY = Beginning()
