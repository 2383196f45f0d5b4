"""How often syncs come round: so many units of time from the end of one to the next."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from mock_server.apis.propexo.interfaces import SYNC_CADENCE, SYNC_FREQUENCY

_UNITS = {
    "SECOND": timedelta(seconds=1),
    "MINUTE": timedelta(minutes=1),
    "HOUR": timedelta(hours=1),
    "DAY": timedelta(days=1),
    "WEEK": timedelta(weeks=1),
    "MONTH": timedelta(days=30),
}
# What no schedule goes below or beyond, whatever numbers it is given (assumed).
SHORTEST, LONGEST = timedelta(minutes=1), timedelta(days=366)


def period(rhythm: Mapping[str, Any]) -> timedelta:
    """Return how long after the end of one sync the next begins."""
    frequency = rhythm["sync_frequency"] or SYNC_FREQUENCY
    unit = _UNITS[rhythm["sync_cadence"] or SYNC_CADENCE]
    return max(unit * min(max(frequency, 0), LONGEST / unit), SHORTEST)
