"""When an appointment is: each PMS reads the date and time it is sent in a zone of its own."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from mock_server.engine.call import Call
from mock_server.world.clock import iso
from mock_server.world.queries import where
from mock_server.world.records import Record
from mock_server.world.world import World

EASTERN, MOUNTAIN = "America/New_York", "America/Denver"

# Guide: appointment times. A PMS that it does not name is taken to use the property's own zone.
_ZONES: Mapping[str, str] = {"APPFOLIO": "UTC", "ENTRATA": MOUNTAIN, "RESMAN": "UTC"}
# RealPage never shifts its clocks for daylight saving.
_WITHOUT_DAYLIGHT_SAVING = frozenset({"REALPAGE", "REALPAGE_RPX"})


def instant(date: str, time: str, zone: tzinfo) -> str:
    """Return the instant of a local date (or of the date of an instant) and an HH:MM:SS time."""
    local = datetime.fromisoformat(f"{date[:10]}T{time}").replace(tzinfo=zone)
    return iso(local.astimezone(UTC))


def local(instant_text: str, zone: tzinfo) -> datetime:
    """Return an instant as the local clock shows it."""
    return datetime.fromisoformat(instant_text).astimezone(zone)


def zone_for_writing(call: Call, world: World, place: Record, vendor: str) -> tzinfo:
    """Return the zone in which this PMS reads the times it is sent for a property."""
    if vendor in _ZONES:
        return ZoneInfo(_ZONES[vendor])
    record = _record(call, world, place)
    if vendor in _WITHOUT_DAYLIGHT_SAVING and record:
        return timezone(_offset(record))
    return zone_of(place)


def zone_of(place: Record) -> tzinfo:
    """Return the zone of a property, Eastern where none is known (guide: appointment times)."""
    return ZoneInfo(str(place.get("time_zone", EASTERN)))


def _record(call: Call, world: World, place: Record) -> Record:
    found = call.records(world, "timezones").first(where(property_id=place.get("id")))
    return found or {}


def _offset(record: Record) -> timedelta:
    sign, hours, minutes = record["offset"][0], record["offset"][1:3], record["offset"][4:6]
    distance = timedelta(hours=int(hours), minutes=int(minutes))
    return -distance if sign == "-" else distance
