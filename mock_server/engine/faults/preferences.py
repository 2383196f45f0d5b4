"""What one call asks to go wrong with it, by its header `Prefer` (RFC 7240), as Prism reads it."""

import re
from collections.abc import Iterator
from http import HTTPStatus

from mock_server.engine.faults.effects import MOST_SECONDS, Rule
from mock_server.engine.refusals import Malformed

_DELAY = re.compile(r"(\d{1,7}(?:\.\d{1,3})?)(ms|s|)")
STATUSES = tuple(each.value for each in HTTPStatus if each.value >= 400)


def rules(header: str) -> Iterator[Rule]:
    """Yield a rule for each preference that is a fault; others are let pass.

    Raises `Malformed` for a fault that cannot be.
    """
    for each in re.split(r"[,;]", header):
        name, _, value = (part.strip(' "') for part in each.partition("="))
        if name.lower() == "code":
            yield {"id": "prefer", "effect": "status", "status": _status(value)}
        elif name.lower() == "delay":
            yield {"id": "prefer", "effect": "latency", "seconds": _seconds(value)}


def _status(text: str) -> int:
    if not text.isdecimal() or int(text[:4]) not in STATUSES:
        raise Malformed(
            f"Prefer: code={text[:20]} is not an error status; write for example code=503"
        )
    return int(text)


def _seconds(text: str) -> float:
    found = _DELAY.fullmatch(text)
    if found is None:
        raise Malformed(
            f"Prefer: delay={text[:20]} is not a time; write for example delay=2s or delay=500ms"
        )
    seconds = float(found[1]) / (1000 if found[2] == "ms" else 1)
    if seconds > MOST_SECONDS:
        raise Malformed(f"Prefer: delay={text[:20]} is longer than {MOST_SECONDS:g} seconds")
    return seconds
