"""Which world a credential selects."""

import re

DEFAULT = "default"

_PREFIX = "sandbox_"
_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")


def world_of(credential: str) -> str:
    """Return the name of the world a credential selects: `sandbox_<name>`, else the shared one.

    Raises `ValueError` for a name that no world can have: whoever was given the shared world
    instead would take it for one of their own.
    """
    if not credential.startswith(_PREFIX):
        return DEFAULT
    name = credential.removeprefix(_PREFIX)
    if not _NAME.fullmatch(name):
        rule = "has 1 to 64 letters, digits, - and _"
        raise ValueError(f"the name of a world, after {_PREFIX}, {rule}")
    return name
