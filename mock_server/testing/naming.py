"""Which world belongs to a test?"""

import hashlib
import re

_MOST_CHARACTERS = 64  # As long as the name of a world may be.
_DIGITS = 10


def world_name(node_id: str) -> str:
    """Return the name of the world of a test: the end of its node id, and a short hash of it all.

    Another process finds the same name for the same test, such as a program in Node that is told
    the node id.
    """
    digest = hashlib.sha256(node_id.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
    name = re.sub(r"[^A-Za-z0-9]", "-", node_id.rpartition("::")[2])
    kept = "-".join(filter(None, name.split("-")))[: _MOST_CHARACTERS - _DIGITS - 1]
    return f"{kept}-{digest}" if kept else digest
