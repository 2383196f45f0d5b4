"""The API reference for people: which operations a contract has, and all that one of them needs.

A browser asks for one operation at a time, because the largest contract has two megabytes.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from flask import Blueprint, Response, request
from werkzeug.exceptions import NotFound
from werkzeug.utils import redirect

from mock_server.engine.api import Api
from mock_server.engine.call import Reply, reply
from mock_server.web import page
from mock_server.web.contracts import Contracts
from mock_server.web.translation import to_response

Root = Mapping[str, Any]

_REF = "$ref"
_METHODS = ("get", "post", "put", "patch", "delete")


def blueprint(apis: Sequence[Api]) -> Blueprint:
    """Return the page at `/docs`, and what it asks for."""
    made = Blueprint("reference", __name__)
    contracts = Contracts(apis)

    @made.get("/docs")
    def shown() -> Response:
        """Send the page, which shows the reference at this address."""
        return page.sent("index.html")

    @made.get("/docs/")
    def closed_by_a_slash() -> Any:
        """Send the browser to where the page finds its files."""
        return redirect(f"{request.script_root}/docs")

    @cache
    def listed(api: str) -> Reply:
        return reply({"api": api, "operations": [*_operations(contracts.known(api))]})

    @made.get("/docs/<api>.json")
    def index(api: str) -> Response:
        return to_response(listed(api))

    @made.get("/docs/<api>/<operation_id>.json")
    def operation(api: str, operation_id: str) -> Response:
        return to_response(reply({"api": api, **_operation(contracts.known(api), operation_id)}))

    return made


def _operation(root: Root, operation_id: str) -> Mapping[str, Any]:
    """Return an operation with the components that it needs; raises `NotFound`."""
    path, method, said = found(root, operation_id)
    told = {"path": path, "method": method.upper(), "operation": said}
    return {**told, "components": _needed(root, said)}


def found(root: Root, operation_id: str) -> tuple[str, str, Mapping[str, Any]]:
    """Return the path, method and description of an operation; raises `NotFound`."""
    for path, method, said in every(root):
        if said["operationId"] == operation_id:
            return path, method, said
    raise NotFound


def every(root: Root) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    for path, item in root["paths"].items():
        for method in _METHODS:
            if method in item:
                yield path, method, item[method]


def _operations(root: Root) -> Iterator[Mapping[str, Any]]:
    """Yield what a list shows of each operation."""
    for path, method, said in every(root):
        yield {
            "id": said["operationId"],
            "method": method.upper(),
            "path": path,
            "summary": said.get("summary", ""),
            "tag": said.get("tags", ["other"])[0],
            "evidence": said["x-evidence"],
            "vendor": said.get("x-vendor"),
        }


def _needed(root: Root, said: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the components that an operation refers to, and those that they refer to."""
    found: dict[str, dict[str, Any]] = {}
    waiting = [*_references(said)]
    while waiting:
        _, _, kind, name = waiting.pop().split("/")
        kept = found.setdefault(kind, {})
        if name not in kept:
            kept[name] = root["components"][kind][name]
            waiting.extend(_references(kept[name]))
    return found


def _references(node: object) -> Iterator[str]:
    if isinstance(node, Mapping):
        if isinstance(node.get(_REF), str):
            yield node[_REF]
        for each in node.values():
            yield from _references(each)
    elif isinstance(node, list):
        for each in node:
            yield from _references(each)
