"""The control routes: what the sandbox itself can be asked, beside the vendors' APIs."""

from collections.abc import Mapping, Sequence

from flask import Blueprint, Response, request

from mock_server.engine.api import Api
from mock_server.engine.call import reply
from mock_server.engine.refusals import Unauthenticated
from mock_server.web.translation import Headers, to_response
from mock_server.world.worlds import DEFAULT, Worlds, world_of


def blueprint(worlds: Worlds, apis: Sequence[Api], version: str) -> Blueprint:
    """Return the routes under `/__admin/`, the contracts, and the index page."""
    made = Blueprint("control", __name__)

    @made.get("/")
    def index() -> Response:
        """Say what is served here, and where."""
        root = request.url_root
        return _json(
            {
                "name": "mock-server",
                "version": version,
                "apis": {each.name: f"{root}openapi/{each.name}.json" for each in apis},
                "health": f"{root}__admin/health",
            }
        )

    @made.get("/__admin/health")
    def health() -> Response:
        """Say that the server answers, and what it serves."""
        return _json({"status": "ok", "version": version, "apis": [each.name for each in apis]})

    @made.post("/__admin/reset")
    def reset() -> Response:
        """Bring the caller's world, or with `?all=true` every world, back to its seeded state."""
        if request.args.get("all") == "true":
            return _json({"reset": worlds.reset_all()})
        name = _callers_world(apis)
        worlds.reset(name)
        return _json({"reset": [name]})

    @made.get("/openapi/<name>.json")
    def contract(name: str) -> Response:
        """Return an Api's whole contract, its server being this one."""
        for each in apis:
            if each.name == name:
                served = {**each.catalogue.document.root, "servers": [{"url": request.url_root}]}
                return _json(served)
        known = [each.name for each in apis]
        return _json({"error": f"there is no contract {name!r}; there are {known}"}, 404)

    return made


def _callers_world(apis: Sequence[Api]) -> str:
    """Return the world that the caller's credential selects, of whichever vendor it is."""
    for each in apis:
        try:
            return world_of(each.credential(Headers(request.environ)))
        except Unauthenticated:
            continue
    return DEFAULT


def _json(value: Mapping[str, object], status: int = 200) -> Response:
    return to_response(reply(value, status))
