"""What a write brings about when it lands: at the PMS, in Propexo's copy, and at the webhooks."""

from collections.abc import Mapping
from typing import Any

from mock_server.apis.propexo import announcements, diaries, job_logs
from mock_server.apis.propexo.copy.reading import Reading, read
from mock_server.apis.propexo.kept import model_of, records
from mock_server.apis.propexo.pms import approvals, balances, health, outcomes, truth
from mock_server.apis.propexo.syncs.models import is_on
from mock_server.engine import jobs
from mock_server.engine.changes import Change
from mock_server.engine.jobs import FAILURE, SUCCESS, Job, Outcome
from mock_server.engine.moment import Moment
from mock_server.world.identifiers import cuid


def land(moment: Moment, details: Mapping[str, Any]) -> None:
    """Let a write land, as it was going to or as the PMS now is (reference: write status).

    A write that fails changes nothing. One that succeeds in part makes its first change alone.
    """
    job = jobs.find(moment.world, details["job_id"])
    if job is None:
        return
    job = _met_by_pms(moment, job)
    job_logs.log_write(moment, job)
    for made in _made(job):
        if approvals.held_back(moment, job.notes["integration_id"], made):
            continue
        for change in balances.entered(moment, job.notes["integration_id"], made):
            _make(moment, job, change)
    _tell(moment, job)


def give_up(moment: Moment, details: Mapping[str, Any]) -> None:
    """Let a write fail that a fault of the sandbox kept from landing, and tell of it."""
    jobs.give_up(moment, details)
    job = jobs.find(moment.world, details["job_id"])
    if job is not None:
        job_logs.log_write(moment, job)
        _tell(moment, job)


def _met_by_pms(moment: Moment, job: Job) -> Job:
    """Return the job with the end that the state of the PMS gives it."""
    integration = records(moment.world, "integrations").get(job.notes["integration_id"])
    if integration is None:
        return job
    ailment = health.ailment(integration, moment.at)
    health.note_login(moment.world, integration, ailment)
    kind, facts = ailment or _stale(moment, job), job.notes["facts"]
    reason = None if kind else _objection(moment, job)
    if reason is not None:
        kind, facts = "slot", {**facts, "reason": reason}
    if kind is None:
        return job
    return jobs.end(moment.world, job, outcomes.ailing(integration["vendor"], kind, facts))


def _stale(moment: Moment, job: Job) -> str | None:
    """Return the kind of failure of a write to a record that only Propexo's copy still has.

    Guide: write requests. Some failures show only at the PMS, which the copy may lag behind.
    """
    known = [each for each in job.changes if each.verb in {"patch", "join"}]
    gone = (truth.is_gone(moment.world, model_of(each.table), each.record_id) for each in known)
    return "missing" if any(gone) else None


def _objection(moment: Moment, job: Job) -> str | None:
    """Return why the appointment that a write books cannot be when it says."""
    is_checked = moment.settings.appointment_slots == "checked"
    if not is_checked or job.outcome.write_status == FAILURE or not job.changes:
        return None
    # An appointment that comes along with a new lead does not keep the lead from being written.
    return diaries.objection(moment, job.changes[0])


def _made(job: Job) -> tuple[Change, ...]:
    status = job.outcome.write_status
    if status == FAILURE:
        return ()
    return job.changes if status == SUCCESS else job.changes[:1]


def _make(moment: Moment, job: Job, change: Change) -> None:
    integration = records(moment.world, "integrations").get(job.notes["integration_id"])
    is_read_back = job.notes["is_read_back"]
    if integration is None or (is_read_back and change.verb == "remove"):
        change.happen(moment.world, moment.at)
    elif not is_read_back or not is_on(integration, model_of(change.table)):
        truth.change(moment.world, integration["id"], change)
    else:
        # What was written before and not read yet comes along: a read brings the whole record.
        waiting = truth.take(moment.world, integration["id"], change.record_id)
        reading = _reading(moment, job, integration, change)
        read(moment, reading, (*waiting, change))
        job_logs.log_read_back(moment, job, reading)


def _reading(moment: Moment, job: Job, integration: Mapping[str, Any], change: Change) -> Reading:
    return Reading(
        integration=dict(integration),
        job_id=cuid(moment.world.random()),
        root_job_id=job.notes["root_job_id"] or job.id,
        job_type=f"READ_{model_of(change.table).upper()}",
        follows_write=True,
    )


def failure_as_told(job_id: str, outcome: Outcome) -> dict[str, Any]:
    """Return what an event says of a write that did not succeed, or not wholly."""
    errors = [*outcome.errors]
    return {"root_job_id": job_id, "write_status": outcome.write_status, "errors": errors}


def _tell(moment: Moment, job: Job) -> None:
    notes, status = job.notes, job.outcome.write_status
    root = notes["root_job_id"] or job.id
    known = {"integration_id": notes["integration_id"], "vendor": notes["vendor"]}
    if status == SUCCESS:
        fields = {"job_id": job.id, "root_job_id": root, "job_type": notes["job_type"], **known}
        announcements.tell(moment, announcements.JOB_SUCCESS, fields, "a write succeeded")
        return
    fields = {**known, **failure_as_told(job.id, job.outcome)}
    event = announcements.WRITE_OPERATION_FAILURE
    announcements.tell(moment, event, fields, "a write did not succeed")
