"""How long a span of time in a body may be."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from mock_server.engine.refusals import Invalid, broken
from mock_server.engine.spans import span

__all__ = ["LONGEST", "span", "span_of"]

LONGEST = timedelta(days=366)


def span_of(body: Mapping[str, Any], field: str) -> timedelta:
    """Return the span that a field of a body holds; raises `Invalid` for more than a year."""
    try:
        found = span(body[field])
    except OverflowError:
        found = timedelta.max
    if found > LONGEST:
        advice = f"must be a year at most, {LONGEST.days}d"
        raise Invalid([broken(field, advice, body[field])])
    return found
