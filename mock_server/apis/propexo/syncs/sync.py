"""Syncs: how one begins, what it reads when it ends, and what is told of it."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from mock_server.apis.propexo import announcements, job_logs
from mock_server.apis.propexo.copy.reading import Reading
from mock_server.apis.propexo.kept import records
from mock_server.apis.propexo.pms import health
from mock_server.apis.propexo.syncs import copying, first, models, schedule
from mock_server.engine.jobs import FAILURE, SUCCESS
from mock_server.engine.moment import Moment
from mock_server.settings import Settings
from mock_server.world.agenda import Entry
from mock_server.world.clock import iso
from mock_server.world.identifiers import cuid
from mock_server.world.records import Record

END = "end a sync"
JOB_TYPE = "SYNC"
REGULAR, BACK = "regular", "back"


def obstacle(integration: Record) -> str | None:
    """Return why an integration cannot be synced, None where it can."""
    if integration["is_archived"]:
        return "the integration has been archived, so it is no longer synced"
    if not integration["active"]:
        return "the integration is switched off; update it with active true first"
    if integration.get("is_running_sync"):
        return "a sync of the integration is running; wait until is_running_sync is false"
    return None


def begin(
    moment: Moment,
    integration: Record,
    kind: str = REGULAR,
    *,
    asked: Iterable[str] | None = None,
    schedule_id: str | None = None,
) -> None:
    """Begin a sync, which ends `sync_seconds` later; the first one of an integration is its first.

    `asked` are the models to read, None means all. A sync that somebody asks for has no schedule.
    """
    is_first = integration.get("last_completed_sync") is None
    if is_first:
        first.fill(moment, integration)
    details = details_of(integration, cuid(moment.world.random()), schedule_id=schedule_id)
    details |= {"kind": kind, "is_first": is_first, "asked": None if asked is None else [*asked]}
    records(moment.world, "integrations").patch(integration["id"], {"is_running_sync": True})
    moment.world.agenda.add(end_of(moment.at, details, moment.settings))


def details_of(
    integration: Record, job_id: str | int, *, schedule_id: str | None
) -> dict[str, Any]:
    """Return what the end of a regular sync of all models needs to know."""
    return {
        "integration_id": integration["id"],
        "job_id": job_id,
        "kind": REGULAR,
        "is_first": False,
        "asked": None,
        "schedule_id": schedule_id,
    }


def end_of(begun_at: datetime, details: Mapping[str, Any], settings: Settings) -> Entry:
    """Return the entry at which a sync ends that began then."""
    return Entry(begun_at + timedelta(seconds=settings.sync_seconds), END, details)


def is_regular(details: Mapping[str, Any]) -> bool:
    """Say whether a sync is one of all models that a schedule has begun, and not the first."""
    is_whole = details["kind"] == REGULAR and details["asked"] is None
    return is_whole and not details["is_first"] and details["schedule_id"] is not None


def begin_scheduled(moment: Moment, details: Mapping[str, Any]) -> None:
    """Begin the sync that a schedule has come to, or let it wait for one that is running."""
    planned = schedule.due(moment, details)
    if planned is None:
        return
    integration = records(moment.world, "integrations").get(planned["integration_id"])
    if integration is not None and integration.get("is_running_sync"):
        later = moment.at + timedelta(seconds=max(moment.settings.sync_seconds, 1))
        moment.world.agenda.add(Entry(later, schedule.BEGIN, details, is_routine=True))
    elif integration is not None and obstacle(integration) is None:
        begin(moment, integration, schedule_id=planned["id"])


def end(moment: Moment, details: Mapping[str, Any]) -> None:
    """End a sync: read what it is about, log it, and tell of it."""
    kept = records(moment.world, "integrations")
    integration = kept.patch(details["integration_id"], {"is_running_sync": False})
    if integration is None or obstacle(integration):
        return
    ailment = health.ailment(integration, moment.at)
    readings = _readings(moment, integration, details)
    if ailment is None:
        copying.copy(moment, integration, readings)
        kept.patch(integration["id"], dict.fromkeys(_completed(details), iso(moment.at)))
    health.note_login(moment.world, integration, ailment)
    _log(moment, readings.values(), details, FAILURE if ailment else SUCCESS)
    _tell(moment, integration, details, list(readings), is_well=ailment is None)
    _plan_next(moment, details)


def give_up(moment: Moment, details: Mapping[str, Any]) -> None:
    """Let go of a sync that a fault of the sandbox kept from ending, and plan the next."""
    kept = records(moment.world, "integrations")
    kept.patch(details["integration_id"], {"is_running_sync": False})
    _plan_next(moment, details)


def give_up_scheduled(moment: Moment, details: Mapping[str, Any]) -> None:
    """Plan the sync after one that a fault of the sandbox kept from beginning."""
    planned = schedule.due(moment, details)
    if planned is not None:
        schedule.plan(moment, planned)


def as_told(
    integration: Record,
    read: Collection[str],
    *,
    is_well: bool = True,
    is_back: bool = False,
    schedule_id: str | None = None,
) -> dict[str, Any]:
    """Return what an event says of a sync that has ended, and was to read these models."""
    return {
        "integration_id": integration["id"],
        "vendor": integration["vendor"],
        "is_backsync": is_back,
        "successful_job_count": len(read) if is_well else 0,
        "failed_job_count": 0 if is_well else len(read),
        "is_sync_finished": True,
        "job_schedule_id": schedule_id,
        "models_synced": [announcements.model_name(each) for each in read],
    }


def _completed(details: Mapping[str, Any]) -> list[str]:
    """Return the integration's fields that tell when such a sync last ended."""
    regular, back = "last_completed_sync", "last_completed_back_sync"
    if details["kind"] != BACK:
        return [regular]
    # Whatever is read first, the connection is no longer new.
    return [back, regular] if details["is_first"] else [back]


def _readings(
    moment: Moment, integration: Record, details: Mapping[str, Any]
) -> dict[str, Reading]:
    is_told = not details["is_first"] and details["kind"] != BACK
    return {
        model: Reading(
            integration=integration,
            job_id=cuid(moment.world.random()),
            root_job_id=details["job_id"],
            job_type=read_type(model),
            is_told=is_told,
        )
        for model in models.to_read(moment.world, integration, details["asked"])
    }


def _log(
    moment: Moment, readings: Iterable[Reading], details: Mapping[str, Any], status: str
) -> None:
    """Keep the logs of the reads, and then the sync's own; and tell how each read went."""
    event = announcements.JOB_SUCCESS if status == SUCCESS else announcements.JOB_FAILURE
    for each in readings:
        job_logs.keep(moment, read_log(details, each.job_id, each.job_type, status))
        announcements.tell(moment, event, each.as_told(), "a read of a sync ended")
    job_logs.keep(moment, whole_log(details, status))


def read_type(model: str) -> str:
    """Return the type of the job that reads a model."""
    return f"READ_{model.upper()}"


def read_log(details: Mapping[str, Any], job_id: str, job_type: str, status: str) -> Record:
    """Return the log of one read of a sync."""
    read = {"job_id": job_id, "job_type": job_type, "parent_job_id": details["job_id"]}
    return {**_common(details, status), **read}


def whole_log(details: Mapping[str, Any], status: str) -> Record:
    """Return the log of a sync as a whole."""
    return {
        **_common(details, status),
        "job_id": details["job_id"],
        "job_type": JOB_TYPE,
        "parent_job_id": None,
        "job_schedule_id": details["schedule_id"],
    }


def _common(details: Mapping[str, Any], status: str) -> Record:
    return {
        "root_job_id": details["job_id"],
        "status": status,
        "integration_id": details["integration_id"],
        "associated_property_id": None,
    }


def _tell(
    moment: Moment,
    integration: Record,
    details: Mapping[str, Any],
    read: list[str],
    *,
    is_well: bool,
) -> None:
    fields = as_told(
        integration,
        read,
        is_well=is_well,
        is_back=details["kind"] == BACK,
        schedule_id=details["schedule_id"],
    )
    event = (
        announcements.FIRST_SYNC_COMPLETE if details["is_first"] else announcements.SYNC_COMPLETE
    )
    announcements.tell(moment, event, fields, "a sync ended")


def _plan_next(moment: Moment, details: Mapping[str, Any]) -> None:
    schedules = records(moment.world, "job_schedules")
    if details["schedule_id"] is not None:
        planned = schedules.patch(details["schedule_id"], {"last_run": iso(moment.at)})
        if planned is not None:
            # Its rhythm may have been changed meanwhile, and the next sync planned already.
            schedule.plan_anew(moment, planned)
