"""Where a world is in a story: kept in the world, so that a snapshot brings it back as well."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from mock_server.contract.resource import Resource
from mock_server.world.world import World

TABLE = "sandbox_stories"
_TEXT, _OBJECT = {"type": "string"}, {"type": "object"}
RESOURCES: Mapping[str, Resource] = {
    TABLE: Resource(
        "stories",
        {
            "id": _TEXT,
            "step": {"type": "integer"},
            "names": _OBJECT,
            "scene": {"type": ["object", "null"]},
        },
    )
}


@dataclass(frozen=True)
class Progress:
    """How far a story is: after which step, what it has kept, and what the last step showed."""

    step: int = 0
    names: Mapping[str, Any] = field(default_factory=dict)
    scene: Mapping[str, Any] | None = None


def of_world(world: World, story: str) -> Progress | None:
    """Return how far a story is in a world, None where it was not begun."""
    row = world.collection(TABLE).get(story)
    return None if row is None else Progress(row["step"], row["names"], row["scene"])


def keep(world: World, story: str, progress: Progress) -> None:
    """Keep how far a story is."""
    kept, row = world.collection(TABLE), {**vars(progress), "id": story}
    if kept.get(story) is None:
        kept.add(row)
    else:
        kept.patch(story, row)


def snapshot_name(story: str, step: int) -> str:
    """Return the name of the snapshot that is taken after a step."""
    return f"{story}-{step}"
