"""What the sandbox says of itself, beside all APIs: its index page and contracts."""

from collections.abc import Mapping, Sequence

from flask import Blueprint, Response, request

from mock_server.engine.api import Api
from mock_server.engine.call import reply
from mock_server.nearest import listed
from mock_server.web import page
from mock_server.web.contracts import Contracts
from mock_server.web.translation import to_response


def blueprint(apis: Sequence[Api], version: str) -> Blueprint:
    """Return the index page and the contracts."""
    made = Blueprint("front_page", __name__)
    contracts = Contracts(apis)

    @made.get("/")
    def index() -> Response:
        """Say what is served here, and where: a page to a browser, JSON to everybody else."""
        told = {"name": "mock-server", "version": version, **_links(apis)}
        response = page.sent("index.html") if page.is_wanted() else _json(told)
        response.vary.add("Accept")
        return response

    @made.get("/openapi/<name>.json")
    def contract(name: str) -> Response:
        """Return an Api's whole contract, its server being this one."""
        names = contracts.names
        if name not in names:
            there = f"there {'is' if len(names) == 1 else 'are'} {listed(names)}"
            return _json({"error": f"there is no contract {name!r}; {there}"}, 404)
        # Tools put this and a path, which begins with a slash, together.
        return _json({**contracts.known(name), "servers": [{"url": request.url_root.rstrip("/")}]})

    return made


def _links(apis: Sequence[Api]) -> dict[str, object]:
    root = request.url_root
    contracts = {each.name: f"{root}openapi/{each.name}.json" for each in apis}
    return {"apis": contracts, "health": f"{root}__admin/health"}


def _json(value: Mapping[str, object], status: int = 200) -> Response:
    return to_response(reply(value, status))
