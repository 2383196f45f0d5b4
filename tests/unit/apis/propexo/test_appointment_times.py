"""Is the date and time of an appointment read in the zone of its PMS, all year round?"""

from datetime import timedelta, timezone, tzinfo
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from mock_server.apis.propexo.appointment_times import (
    instant,
    local,
    zone_for_writing,
    zone_of,
)

DENVER, EASTERN = ZoneInfo("America/Denver"), ZoneInfo("America/New_York")
CHICAGO = {"id": "p", "time_zone": "America/Chicago"}
SIX_BEHIND = {"offset": "-06:00"}
OWN_ZONE = (
    "BUILDIUM",
    "MRI",
    "PROPERTYWARE",
    "PROPERTYWARE_REST",
    "RENTMANAGER",
    "RENTVINE",
    "YARDI",
    "YARDI_REST",
)


def zone(vendor: str, place: dict[str, Any], record: Any = SIX_BEHIND) -> tzinfo:
    """Return the zone of a PMS for a property, of whose clocks the PMS has this record, or none."""
    call: Any = SimpleNamespace(
        records=lambda _world, _name: SimpleNamespace(first=lambda _chosen: record)
    )
    return zone_for_writing(call, None, place, vendor)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("vendor", "winter", "summer"),
    [
        ("ENTRATA", "16:30", "15:30"),
        ("APPFOLIO", "09:30", "09:30"),
        ("RESMAN", "09:30", "09:30"),
        ("REALPAGE", "15:30", "15:30"),
        ("REALPAGE_RPX", "15:30", "15:30"),
        *((vendor, "15:30", "14:30") for vendor in OWN_ZONE),
    ],
)
def test_half_past_nine_in_chicago_is_read_as_each_pms_does(
    vendor: str, winter: str, summer: str
) -> None:
    for date, expected in (("2026-01-15", winter), ("2026-07-15", summer)):
        found = instant(date, "09:30:00", zone(vendor, CHICAGO))
        assert found == f"{date}T{expected}:00.000Z"


@pytest.mark.parametrize("vendor", ["RENTMANAGER", "YARDI", "REALPAGE"])
def test_a_property_of_no_known_zone_is_in_eastern_time(vendor: str) -> None:
    assert zone(vendor, {"id": "p"}, None) == EASTERN
    assert zone_of({}) == EASTERN


@pytest.mark.parametrize(
    ("offset", "expected"),
    [("-05:00", timedelta(hours=-5)), ("+05:30", timedelta(hours=5, minutes=30))],
)
def test_an_offset_is_read_with_its_sign(offset: str, expected: timedelta) -> None:
    assert zone("REALPAGE", CHICAGO, {"offset": offset}) == timezone(expected)


@pytest.mark.parametrize("offset", [None, "+24:00", "-23:60", "+99:99"])
def test_without_an_offset_there_can_be_a_property_keeps_its_own_zone(offset: str | None) -> None:
    assert zone("REALPAGE", CHICAGO, {"offset": offset}) == zone_of(CHICAGO)


@pytest.mark.parametrize(
    ("date", "time", "expected"),
    [
        ("2026-03-08", "01:59:59", "2026-03-08T08:59:59.000Z"),
        ("2026-03-08", "03:00:00", "2026-03-08T09:00:00.000Z"),
        ("2026-11-01", "00:59:59", "2026-11-01T06:59:59.000Z"),
        ("2026-11-01", "02:00:00", "2026-11-01T09:00:00.000Z"),
    ],
    ids=["before spring", "after spring", "before autumn", "after autumn"],
)
def test_the_hours_around_a_change_of_the_clocks(date: str, time: str, expected: str) -> None:
    assert instant(date, time, DENVER) == expected


def test_an_hour_that_the_clocks_skip_is_read_by_the_time_before() -> None:
    assert instant("2026-03-08", "02:30:00", DENVER) == "2026-03-08T09:30:00.000Z"


def test_an_hour_that_comes_twice_is_the_first_of_the_two() -> None:
    assert instant("2026-11-01", "01:30:00", DENVER) == "2026-11-01T07:30:00.000Z"


def test_of_an_instant_only_its_date_counts() -> None:
    assert instant("2026-07-15T23:00:00Z", "09:30:00", DENVER) == "2026-07-15T15:30:00.000Z"


def test_an_evening_may_be_the_next_day_in_utc_and_comes_back() -> None:
    text = instant("2026-12-31", "20:00:00", DENVER)
    assert text == "2027-01-01T03:00:00.000Z"
    assert local(text, DENVER).isoformat() == "2026-12-31T20:00:00-07:00"


def test_an_instant_may_be_written_in_small_letters() -> None:
    assert local("2026-07-15t09:30:00z", DENVER).isoformat() == "2026-07-15T03:30:00-06:00"
