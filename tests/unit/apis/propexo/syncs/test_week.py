"""Does a sync begin with each slot of a week, and in it as often as it says?"""

from datetime import UTC, datetime
from typing import Any

import pytest

from mock_server.apis.propexo.syncs.week import next_begin

NIGHTLY = {"start": "22:00", "end": "23:30", "sync_frequency": 30, "sync_cadence": "MINUTE"}
LATE = {"start": "23:00", "end": "01:00", "sync_frequency": 1, "sync_cadence": "HOUR"}


def week(zone: str = "America/New_York", **days: list[Any]) -> dict[str, Any]:
    interval = {day: {"slots": slots} for day, slots in days.items()}
    return {"type": "WEEK_BASED", "timezone": zone, "interval": interval}


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


# The second of March 2026 is a Monday; New York is five hours behind.
@pytest.mark.parametrize(
    ("after", "begin"),
    [
        ("2026-03-01T12:00", "2026-03-03T03:00"),
        ("2026-03-03T02:59", "2026-03-03T03:00"),
        ("2026-03-03T03:00", "2026-03-03T03:30"),
        ("2026-03-03T03:10", "2026-03-03T03:40"),
        ("2026-03-03T04:00", "2026-03-03T04:30"),
        ("2026-03-03T04:01", "2026-03-06T03:00"),
        ("2026-03-06T04:31", "2026-03-10T02:00"),
    ],
)
def test_a_sync_begins_with_a_slot_and_in_it_as_often_as_it_says(after: str, begin: str) -> None:
    found = next_begin(week(MONDAY=[NIGHTLY], THURSDAY=[NIGHTLY]), instant(after))
    # Clocks go forward on the eighth, so the last of them is an hour earlier in UTC.
    assert found == instant(begin)


def test_a_slot_that_ends_before_it_begins_goes_past_midnight() -> None:
    late = week("UTC", MONDAY=[LATE])
    assert next_begin(late, instant("2026-03-02T23:30")) == instant("2026-03-03T00:30")
    assert next_begin(late, instant("2026-03-03T00:30")) == instant("2026-03-09T23:00")


def test_the_earliest_slot_of_a_day_comes_first() -> None:
    early = {**NIGHTLY, "start": "06:00", "end": "07:00"}
    slots = week("UTC", MONDAY=[NIGHTLY, early])
    assert next_begin(slots, instant("2026-03-02T00:00")) == instant("2026-03-02T06:00")


def test_of_slots_that_overlap_the_one_counts_that_begins_a_sync_first() -> None:
    hourly = {"start": "06:00", "end": "12:00", "sync_frequency": 4, "sync_cadence": "HOUR"}
    often = {**hourly, "start": "07:00", "sync_frequency": 1}
    slots = week("UTC", MONDAY=[hourly, often])
    assert next_begin(slots, instant("2026-03-02T06:00")) == instant("2026-03-02T07:00")
    assert next_begin(slots, instant("2026-03-02T07:00")) == instant("2026-03-02T08:00")


def test_a_week_without_slots_brings_no_sync() -> None:
    assert next_begin(week(), instant("2026-03-02T00:00")) is None
    assert next_begin(week(MONDAY=[]), instant("2026-03-02T00:00")) is None
