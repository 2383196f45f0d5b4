"""Whether a write can be tried again: only one that has failed (reference: retry write)."""

from typing import NoReturn

from mock_server.engine import jobs
from mock_server.engine.call import Call
from mock_server.engine.refusals import Invalid, NotFound, broken
from mock_server.world.world import World


def retry(call: Call, world: World) -> NoReturn:
    """Refuse, since the sandbox has no write that fails."""
    job_id = call.path["root_job_id"]
    job = jobs.find(world, job_id)
    if job is None:
        raise NotFound(f"no write has the job id {job_id!r}")
    status = job.status(world.clock.now())
    advice = f"only a write that failed can be tried again, and this one is {status}"
    raise Invalid([broken("root_job_id", advice, job_id)])
