"""When an integration is synced by itself: so long after the last time, or as its week says."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from mock_server.apis.propexo.kept import records
from mock_server.apis.propexo.syncs import pace, week
from mock_server.engine.moment import Moment
from mock_server.world.agenda import Entry
from mock_server.world.clock import parse
from mock_server.world.records import Record

BEGIN = "begin a scheduled sync"


def begin_world(moment: Moment) -> None:
    """Plan the first syncs of a world, each schedule's as if it had always been kept.

    They count from its last run, so that integrations are not all synced at once.
    """
    for each in records(moment.world, "job_schedules").all():
        plan(replace(moment, at=_last_turn(each, moment.at)), each)


def _last_turn(schedule: Record, now: datetime) -> datetime:
    """Return when a schedule would have run last."""
    if schedule.get("week") or not schedule["last_run"]:
        return now
    last, period = parse(schedule["last_run"]), pace.period(schedule)
    return last + max((now - last) // period, 0) * period


def plan(moment: Moment, schedule: Record) -> None:
    """Plan the next sync of a schedule, counted from now (guide: data freshness)."""
    entry = entry_of(moment, schedule)
    if entry is not None:
        moment.world.agenda.add(entry)


def entry_of(moment: Moment, schedule: Record) -> Entry | None:
    """Return what the next sync of a schedule puts on the agenda, None where there is none."""
    if schedule["status"] != "ACTIVE" or not moment.settings.scheduled_syncs:
        return None
    own_week = schedule.get("week")
    due_at = week.next_begin(own_week, moment.at) if own_week else moment.at + pace.period(schedule)
    details = {"schedule_id": schedule["id"], "plan": schedule.get("plan", 0)}
    return None if due_at is None else Entry(due_at, BEGIN, details, is_routine=True)


def plan_anew(moment: Moment, schedule: Record) -> None:
    """Plan the next sync of a schedule, in place of the one that was planned before."""
    number = {"plan": schedule.get("plan", 0) + 1}
    records(moment.world, "job_schedules").patch(schedule["id"], number)
    plan(moment, schedule | number)


def due(moment: Moment, details: Mapping[str, Any]) -> Record | None:
    """Return the schedule whose sync is due, None where it was planned anew or switched off."""
    schedule = records(moment.world, "job_schedules").get(details["schedule_id"])
    return schedule if schedule is not None and is_as_planned(schedule, details) else None


def is_as_planned(schedule: Record, details: Mapping[str, Any]) -> bool:
    """Say whether a schedule was neither planned anew nor switched off since the entry came."""
    return bool(schedule["status"] == "ACTIVE" and schedule.get("plan", 0) == details["plan"])
