"""The tour of a lead: the appointment that was kept, with whom and when."""

from datetime import UTC, date, datetime, time, timedelta

from mock_server.apis.propexo import appointment_times, diaries
from mock_server.apis.propexo.leasing.desk import Desk
from mock_server.apis.propexo.leasing.standing import TOURED, Standing
from mock_server.world.clock import iso
from mock_server.world.records import Record

_MINUTES, _SLOT = 30, timedelta(minutes=30)
_MOST_DAYS_AGO = 14
# The weekday as office hours name it.
_DAYS = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")


def tour(desk: Desk, standing: Standing) -> None:
    """Note that a lead was shown around: when it was agreed, else in the latest free half hour."""
    lead = standing.lead
    if not any(_is_kept(desk, each) for each in _appointments(desk, lead)):
        _add_event(desk, lead)
    desk.change("leads", lead, status=TOURED)


def _appointments(desk: Desk, lead: Record) -> list[Record]:
    held = desk.held("events", property_id=lead["property_id"], is_appointment=True)
    return [each for each in held if lead["id"] in (each["associated_lead_ids"] or ())]


def _is_kept(desk: Desk, event: Record) -> bool:
    agreed = event["appointment_datetime"]
    is_over = agreed is not None and agreed <= iso(desk.moment.at)
    return is_over and not event.get("is_cancelled")


def _add_event(desk: Desk, lead: Record) -> None:
    place = desk.record("properties", lead["property_id"]) or {}
    agent = _agent(desk, place, lead)
    start = _latest_slot(desk, place, agent)
    kind = desk.named("event_types", lead, "Appointment") or {}
    desk.add(
        "events",
        lead,
        event_name=kind.get("name", "Appointment"),
        type_raw=kind.get("code") or kind.get("name", "Appointment"),
        x_type_id=kind.get("x_id"),
        notes="Saw the home and the community",
        reasons_for_event="Apartment Viewing",
        event_datetime=lead["x_created_at"] or iso(start),
        appointment_datetime=iso(start),
        associated_lead_ids=[lead["id"]],
        associated_applicant_ids=[],
        associated_resident_ids=[],
        is_appointment=True,
        duration_minutes=_MINUTES,
        employee_id=agent.get("id"),
        x_leasing_agent_id=agent.get("x_id"),
        agent_name=agent.get("name"),
    )


def _agent(desk: Desk, place: Record, lead: Record) -> Record:
    """Return the lead's leasing agent, else the first of the property."""
    agents = [*diaries.agents_of(desk.moment.world, place)] if place else []
    mine = (each for each in agents if each["x_id"] == lead["x_leasing_agent_id"])
    return next(mine, agents[0] if agents else {})


def _latest_slot(desk: Desk, place: Record, agent: Record) -> datetime:
    """Return when the latest half hour began that is over and in which nothing else was."""
    zone = appointment_times.zone_of(place)
    here = desk.moment.at.astimezone(zone)
    booked = diaries.booked(desk.moment.world, place, zone, agent or None) if place else []
    for ago in range(_MOST_DAYS_AGO):
        opens, closes = _hours(place, here.date() - timedelta(days=ago))
        start = datetime.combine(here.date() - timedelta(days=ago), closes, zone) - _SLOT
        first = datetime.combine(start.date(), opens, zone)
        while start >= first:
            is_free = all(start + _SLOT <= each[0] or start >= each[1] for each in booked)
            if start + _SLOT <= here and is_free:
                return start.astimezone(UTC)
            start -= _SLOT
    return desk.moment.at - _SLOT


def _hours(place: Record, day: date) -> tuple[time, time]:
    """Return when the office opens and closes; on a day on which it does not, no time lies between.

    Of an office whose hours nobody knows the usual ones are assumed.
    """
    hours = place.get("office_hours") or ()
    for each in hours:
        if each["day_of_week"] == _DAYS[day.weekday()] and each["open_time"]:
            return time.fromisoformat(each["open_time"]), time.fromisoformat(each["close_time"])
    return (time(9), time(9)) if hours else (time(9), time(17))
