"""What the sandbox says of itself, beside all APIs: its index page, health and contracts."""

from collections.abc import Mapping, Sequence

from flask import Blueprint, Response, request

from mock_server.engine import jobs
from mock_server.engine.api import Api
from mock_server.engine.call import reply
from mock_server.engine.jobs import Job
from mock_server.nearest import listed
from mock_server.web.translation import to_response
from mock_server.world.clock import iso
from mock_server.world.naming import world_of
from mock_server.world.worlds import Worlds


def blueprint(worlds: Worlds, apis: Sequence[Api], version: str) -> Blueprint:
    """Return the index page, health, the contracts, and what a write was asked to do."""
    made = Blueprint("front_page", __name__)

    @made.get("/")
    def index() -> Response:
        """Say what is served here, and where."""
        return _json({"name": "mock-server", "version": version, **_links(apis)})

    @made.get("/__admin/health")
    def health() -> Response:
        """Say that the server answers, and what it serves."""
        return _json({"status": "ok", "version": version, "apis": [each.name for each in apis]})

    @made.get("/openapi/<name>.json")
    def contract(name: str) -> Response:
        """Return an Api's whole contract, its server being this one."""
        roots = {each.name: each.catalogue.document.root for each in apis}
        if name not in roots:
            there = f"there {'is' if len(roots) == 1 else 'are'} {listed(roots)}"
            return _json({"error": f"there is no contract {name!r}; {there}"}, 404)
        # Tools put this and a path, which begins with a slash, together.
        return _json({**roots[name], "servers": [{"url": request.url_root.rstrip("/")}]})

    _add_jobs(made, worlds)
    return made


def _add_jobs(made: Blueprint, worlds: Worlds) -> None:
    @made.get("/__admin/jobs/<world>/<job_id>")
    def job(world: str, job_id: str) -> Response:
        """Return what a write was asked to do; its link is all that one needs, as where signed."""
        found = _job_of(worlds, world, job_id)
        if found is None:
            return _json({"error": f"the world {world!r} has no job {job_id!r}"}, 404)
        return _json({"job_id": found.id, "lands_at": iso(found.lands_at), **found.notes})


def _job_of(worlds: Worlds, world: str, job_id: str) -> Job | None:
    try:
        name = world_of(f"sandbox_{world}")
    except ValueError:  # No world can have that name, so none has the job.
        return None
    if not worlds.knows(name):  # Looking makes no world, however many names are tried.
        return None
    with worlds.turn(name) as opened:
        return jobs.find(opened, job_id)


def _links(apis: Sequence[Api]) -> dict[str, object]:
    root = request.url_root
    contracts = {each.name: f"{root}openapi/{each.name}.json" for each in apis}
    return {"apis": contracts, "health": f"{root}__admin/health"}


def _json(value: Mapping[str, object], status: int = 200) -> Response:
    return to_response(reply(value, status))
