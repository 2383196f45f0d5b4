"""What was chosen for a world when it was made, and holds again after each reset."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any


@dataclass(frozen=True)
class Beginning:
    """How a world begins: with a seed, an instant and settings of its own, or as every other does.

    The seed is that of its ids and chance; the seeded records are the same in all worlds.
    """

    seed: int | None = None
    start_at: str | None = None
    is_frozen: bool = False
    settings: Mapping[str, Any] = field(default_factory=dict)

    def but(self, chosen: Mapping[str, Any]) -> "Beginning":
        """Return this beginning with other fields; settings that are not named stay."""
        settings = {**self.settings, **chosen.get("settings", {})}
        return replace(self, **{**chosen, "settings": settings})


ORDINARY = Beginning()
