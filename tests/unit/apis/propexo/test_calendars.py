"""Does a calendar show the slots of its days that nothing takes?"""

from datetime import UTC, date, datetime
from typing import Any

from mock_server.apis.propexo.calendars import LONGEST_MINUTES, Calendar, days_from, taken

MONDAY = date(2026, 3, 2)
SEEN = datetime(2026, 3, 1, 9, tzinfo=UTC)
PLACE = {
    "x_id": "57",
    "office_hours": [{"day_of_week": "MONDAY", "open_time": "09:00", "close_time": "11:00:00"}],
}


def slots(**more: Any) -> list[str]:
    """Return when the free slots of the Monday begin."""
    told = {"place": PLACE, "agent": None, "zone": UTC, "booked": (), "earliest": SEEN, **more}
    [day] = Calendar(**told).shown([MONDAY], seen=SEEN)["calendar_days"]
    return [each["start"][:5] for each in day["available_slots"]]


def test_a_free_day_is_its_office_hours() -> None:
    assert slots() == ["09:00", "09:30", "10:00", "10:30"]
    assert slots(minutes=45) == ["09:00", "09:45"]


def test_what_is_taken_is_not_free() -> None:
    assert slots(booked=[taken("2026-03-02T09:45:00Z", UTC)]) == ["09:00", "10:30"]
    assert slots(booked=[taken("2026-03-02T09:00:00Z", UTC, 60)]) == ["10:00", "10:30"]


def test_slots_lie_between_the_earliest_and_the_latest_instant() -> None:
    stretch = {
        "earliest": datetime(2026, 3, 2, 9, 1, tzinfo=UTC),
        "latest": datetime(2026, 3, 2, 10, 30, tzinfo=UTC),
    }
    assert slots(**stretch) == ["09:30", "10:00"]


def test_no_number_of_minutes_is_too_large() -> None:
    start, end = taken("2026-03-02T09:00:00Z", UTC, 10**12)
    assert (end - start).total_seconds() == LONGEST_MINUTES * 60
    assert slots(minutes=10**12) == []


def test_the_days_end_with_the_last_there_is() -> None:
    assert days_from(MONDAY, 2) == [MONDAY, date(2026, 3, 3)]
    assert days_from(date.max, 3) == [date.max]
