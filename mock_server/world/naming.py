"""Which world a credential selects, and under which label its calls are counted."""

import re
from functools import lru_cache
from typing import NamedTuple

DEFAULT = "default"

_PREFIX = "sandbox_"
# Between the names of a world and of a snapshot of it; no name of a world can have it.
MARK = "@"
_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")
_RULE = "has 1 to 64 letters, digits, - and _"


class Named(NamedTuple):
    """What a credential names: a world, and a label that tells it from others of this world."""

    world: str
    label: str | None = None


_SHARED = Named(DEFAULT)


# A client sends the same credential with every call.
@lru_cache(maxsize=256)
def named(credential: str) -> Named:
    """Return what a credential names: `sandbox_<world>.<label>`, else the shared world.

    Raises `ValueError` for a name that no world can have: whoever was given the shared world
    instead would take it for one of their own.
    """
    if not credential.startswith(_PREFIX):
        return _SHARED
    world, dot, label = credential.removeprefix(_PREFIX).partition(".")
    if not _NAME.fullmatch(world):
        raise ValueError(f"the name of a world, after {_PREFIX}, {_RULE}")
    if dot and not _NAME.fullmatch(label):
        raise ValueError(f"the label of a credential, after {_PREFIX}{world}., {_RULE}")
    return Named(world, label or None)


def world_of(credential: str) -> str:
    """Return the name of the world that a credential selects; raises as `named` does."""
    return named(credential).world


def snapshot_key(world: str, snapshot: str) -> str:
    """Return the name under which a snapshot of a world is kept."""
    return f"{world}{MARK}{snapshot}"


def is_world(name: str) -> bool:
    """Say whether a credential can select what is kept under that name."""
    return _NAME.fullmatch(name) is not None
