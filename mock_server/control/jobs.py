"""What one of Propexo's writes was asked to do, and how it ended."""

from dataclasses import replace

from mock_server.engine import jobs
from mock_server.engine.call import Call, Reply, reply
from mock_server.engine.jobs import Job
from mock_server.engine.refusals import NotFound
from mock_server.world.clock import iso
from mock_server.world.naming import world_of
from mock_server.world.world import World
from mock_server.world.worlds import Worlds

# What a job notes only for its own way to its end.
_TOLD = (
    *("operation", "name", "vendor", "integration_id", "property_id", "parameters"),
    "accepted_at",
)


def fetch(call: Call, _world: World) -> Reply:
    """Tell of a job in the world that the path names, whoever calls: the link is all one needs."""
    name, job_id = call.path["world"], call.path["job_id"]

    def afterwards(worlds: Worlds) -> Reply:
        if not _can_be(name) or not worlds.knows(name):  # Looking makes no world.
            raise NotFound(f"nothing was done in a world {name!r} yet")
        with worlds.turn(name) as world:
            job = jobs.find(world, job_id)
            if job is None:
                raise NotFound(f"the world {name!r} has no job {job_id!r}")
            return reply(_told(job, world))

    return replace(reply({}), afterwards=afterwards)


def _can_be(name: str) -> bool:
    try:
        return world_of(f"sandbox_{name}") == name
    except ValueError:
        return False


def _told(job: Job, world: World) -> dict[str, object]:
    now = world.clock.now()
    return {
        "job_id": job.id,
        "world": world.name,
        **{each: job.notes[each] for each in _TOLD},
        "lands_at": iso(job.lands_at),
        "write_status": job.status(now),
        "errors": job.errors(now),
    }
