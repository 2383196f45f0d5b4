"""How long is it from one sync to the next?"""

from datetime import timedelta
from typing import Any

import pytest

from mock_server.apis.propexo.syncs import pace


@pytest.mark.parametrize(
    ("frequency", "cadence", "expected"),
    [
        (12, "HOUR", timedelta(hours=12)),
        (2, "DAY", timedelta(days=2)),
        (1, "MONTH", timedelta(days=30)),
        (None, None, timedelta(hours=12)),
        (None, "DAY", timedelta(days=12)),
        (1, "SECOND", pace.SHORTEST),
        (-5, "HOUR", pace.SHORTEST),
        (10**300, "WEEK", pace.LONGEST),
    ],
)
def test_a_period_is_so_many_units_within_reason(
    frequency: Any, cadence: Any, expected: timedelta
) -> None:
    assert pace.period({"sync_frequency": frequency, "sync_cadence": cadence}) == expected
