"""When an appointment is: each PMS reads the date and time it is sent in a zone of its own."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from mock_server.engine.call import Call
from mock_server.world.clock import iso, parse
from mock_server.world.queries import where
from mock_server.world.records import Record
from mock_server.world.world import World

EASTERN, MOUNTAIN = "America/New_York", "America/Denver"

# Guide: appointment times. A PMS that it does not name is taken to use the property's own zone.
_ZONES: Mapping[str, str] = {"APPFOLIO": "UTC", "ENTRATA": MOUNTAIN, "RESMAN": "UTC"}
# RealPage never shifts its clocks for daylight saving.
_WITHOUT_DAYLIGHT_SAVING = frozenset({"REALPAGE", "REALPAGE_RPX"})
_ANY_TIME = "2000-01-01T00:00:00"


def instant(date: str, time: str, zone: tzinfo) -> str:
    """Return the instant of a local date (or of the date of an instant) and an HH:MM:SS time."""
    local = datetime.fromisoformat(f"{date[:10]}T{time}").replace(tzinfo=zone)
    return iso(local.astimezone(UTC))


def next_day(now: datetime, time: str, zone: tzinfo) -> str:
    """Return the date at which the local clock shows a time next: today or tomorrow (assumed)."""
    here = now.astimezone(zone)
    days = 0 if time > f"{here:%H:%M:%S}" else 1
    return (here.date() + timedelta(days=days)).isoformat()


def local(instant_text: str, zone: tzinfo) -> datetime:
    """Return an instant as the local clock shows it."""
    return parse(instant_text).astimezone(zone)


def zone_for_writing(call: Call, world: World, place: Record, vendor: str) -> tzinfo:
    """Return the zone in which this PMS reads the times it is sent for a property."""
    if vendor in _ZONES:
        return ZoneInfo(_ZONES[vendor])
    own = _standard_time(call, world, place) if vendor in _WITHOUT_DAYLIGHT_SAVING else None
    return own or zone_of(place)


def zone_of(place: Record) -> tzinfo:
    """Return the zone of a property, Eastern where none is known (guide: appointment times)."""
    return ZoneInfo(str(place.get("time_zone", EASTERN)))


def _standard_time(call: Call, world: World, place: Record) -> tzinfo | None:
    """Return the zone that is always as far from UTC as the PMS says, None where it says nothing.

    Not everything that has the form of an offset is one: there is no +99:99.
    """
    found = call.records(world, "timezones").first(where(property_id=place.get("id"))) or {}
    try:
        return datetime.fromisoformat(f"{_ANY_TIME}{found.get('offset') or ''}").tzinfo
    except ValueError:
        return None
