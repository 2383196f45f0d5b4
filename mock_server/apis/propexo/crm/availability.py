"""When a community could be visited: its office hours less what is booked, asked in real time."""

from datetime import date, datetime, timedelta, tzinfo
from typing import NamedTuple

from mock_server.apis.propexo import addressees, appointment_times, calendars, diaries
from mock_server.apis.propexo.calendars import Calendar
from mock_server.apis.propexo.drafts import named
from mock_server.engine.call import Call, Reply, reply
from mock_server.engine.refusals import Invalid, broken
from mock_server.world.clock import iso, parse
from mock_server.world.identifiers import cuid
from mock_server.world.queries import where
from mock_server.world.records import Record
from mock_server.world.world import World

_DEFAULT_DAYS = 2
_MOST_DAYS = 30  # As many as days_to_query may ask for.


class _Window(NamedTuple):
    """The time that is looked at: its days, and where it begins and ends among their slots."""

    days: list[date]
    earliest: datetime
    latest: datetime | None = None


def answer(call: Call, world: World) -> Reply:
    """Answer the calendar of a community at once (reference: real-time appointment availability).

    A community has one calendar: no CRM is told which agent an appointment is with.
    """
    addressees.refuse_other_vendor(call, world)
    community = _community(call, world)
    zone, now = appointment_times.zone_of(community), world.clock.now()
    asked = _window(call, zone, now)
    calendar = Calendar(
        place=community,
        agent=None,
        zone=zone,
        booked=diaries.visited(world, community, zone),
        earliest=asked.earliest.astimezone(zone),
        latest=asked.latest and asked.latest.astimezone(zone),
    )
    shown = calendar.shown(asked.days, seen=now)
    return reply({"meta": {"job_id": cuid(world.random())}, "result": [shown]})


def _community(call: Call, world: World) -> Record:
    community = named(call, world, "crm_communities", call.body.get("community_id"))
    if community:
        return community
    integration_id = call.body["integration_id"]
    first = call.records(world, "crm_communities").first(where(integration_id=integration_id))
    if first is None:
        raise Invalid([broken("integration_id", f"{integration_id!r} has no community")])
    return first


def _window(call: Call, zone: tzinfo, now: datetime) -> _Window:
    body = call.body
    if "start_time" in body and "end_time" in body:
        return _between(parse(body["start_time"]), parse(body["end_time"]), zone, now)
    stated = body.get("start_date")
    first = date.fromisoformat(stated[:10]) if stated else now.astimezone(zone).date()
    return _Window(calendars.days_from(first, body.get("days_to_query", _DEFAULT_DAYS)), now)


def _between(begins: datetime, ends: datetime, zone: tzinfo, now: datetime) -> _Window:
    if not timedelta() <= ends - begins <= timedelta(days=_MOST_DAYS):
        advice = f"must be within {_MOST_DAYS} days after start_time"
        raise Invalid([broken("end_time", advice, iso(ends))])
    first, last = begins.astimezone(zone).date(), ends.astimezone(zone).date()
    return _Window(calendars.days_from(first, (last - first).days + 1), max(begins, now), ends)
