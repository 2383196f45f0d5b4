"""Whether a write can be tried again: only one that has failed (reference: retry write)."""

from dataclasses import replace

from mock_server.apis.propexo.kept import records
from mock_server.apis.propexo.pms import outcomes
from mock_server.engine import jobs
from mock_server.engine.call import Call, Reply, reply
from mock_server.engine.jobs import FAILURE, Job
from mock_server.engine.moment import Moment
from mock_server.engine.refusals import Invalid, NotFound, broken
from mock_server.world.identifiers import cuid
from mock_server.world.world import World

_LATER = "tried_again_as"


def retry(call: Call, world: World) -> Reply:
    """Queue a failed write once more, under a new job; one of any other status is refused.

    So is one that is being tried again, or was with success: it would be made twice (assumed).
    Magic words in its body count only once, so that a retry can succeed; orders count each time.
    """
    job = _failed(call, world)
    root_id = job.notes["root_job_id"] or job.id
    for known in (job, jobs.find(world, root_id)):
        _refuse_done_since(world, known)
    plan = _plan(call, world, job)
    seconds = call.settings.write_seconds if plan.after_seconds is None else plan.after_seconds
    again = replace(
        job,
        id=cuid(world.random()),
        lands_at=jobs.lands_at(world, seconds),
        outcome=plan.outcome,
        notes={**job.notes, "parent_job_id": job.id, "root_job_id": root_id, _LATER: None},
    )
    jobs.accept(Moment(world, world.clock.now(), call.settings), again)
    # The first job of them all may have been forgotten by the time of another retry.
    for each in dict.fromkeys((job.id, root_id)):
        jobs.note(world, each, {_LATER: again.id})
    return reply({"success": True, "job_id": again.id})


def _failed(call: Call, world: World) -> Job:
    job_id = call.path["root_job_id"]
    job = jobs.find(world, job_id)
    if job is None:
        raise NotFound(f"no write has the job id {job_id!r}")
    status = job.status(world.clock.now())
    if status != FAILURE:
        advice = f"only a write that failed can be tried again, and this one is {status}"
        raise Invalid([broken("root_job_id", advice, job_id)])
    return job


def _refuse_done_since(world: World, job: Job | None) -> None:
    latest = jobs.find(world, job.notes.get(_LATER) or "") if job else None
    status = latest.status(world.clock.now()) if latest else FAILURE
    if job and latest and status != FAILURE:
        advice = f"it has been tried again as the job {latest.id!r}, which is {status}"
        raise Invalid([broken("root_job_id", advice, job.id)])


def _plan(call: Call, world: World, job: Job) -> outcomes.PlannedOutcome:
    integration = records(world, "integrations").get(job.notes["integration_id"]) or {}
    operation = call.api.catalogue[job.notes["operation"]]
    order = outcomes.ordered(world, operation, integration.get("id"))
    if order is None:
        return outcomes.PlannedOutcome()
    return outcomes.as_ordered(order, str(integration.get("vendor")), job.notes["facts"])
