"""One Api as a Flask blueprint: a URL rule for each of its paths."""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import cache, partial
from itertools import count
from typing import Any, NoReturn

from flask import Blueprint, Response, request
from flask.sansio.blueprints import BlueprintSetupState
from werkzeug.exceptions import MethodNotAllowed
from werkzeug.routing import Rule

from mock_server.contract.catalogue import Catalogue
from mock_server.contract.operation import Operation
from mock_server.engine.answering import Answering
from mock_server.settings import Settings
from mock_server.web.translation import ARRIVAL, PMS, to_call, to_response
from mock_server.web.turnstile import MAY_NOT_WAIT, MustWait

_LEAST_OF_A_FILE = 1_048_576  # Characters; no text of people is as long.

View = Callable[..., Response]

# What werkzeug's `Rule.compile` leaves in a rule.
_PARSED = ("_parts", "_trace", "_converters", "_build", "_build_unknown", "arguments")


# The parsed paths of all applications of this process, each as the attributes of a rule.
_parsed: dict[str, dict[str, Any]] = {}


class _OneWayRule(Rule):
    """A rule that paths are matched with, and none is ever made from."""

    def compile(self) -> None:
        """Parse a path once for each process, which takes a third of a start.

        A rule's parts depend on its path alone, because all of our maps are made alike.
        """
        if self.rule not in _parsed:
            super().compile()
            _parsed[self.rule] = {name: vars(self)[name] for name in _PARSED}
        vars(self).update(_parsed[self.rule])

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., NoReturn]:  # noqa: FBT001, FBT002, ARG002 - as werkzeug calls it
        """Spare every start a twentieth of its time: werkzeug writes two programs for each rule."""

        def refuse(*_: object, **__: object) -> NoReturn:
            raise NotImplementedError("links are written as paths, not built from rules")

        return refuse


def blueprint(answering: Answering, settings: Settings) -> Blueprint:
    """Return the Api's paths as URL rules, each with and without its closing slash."""
    made = Blueprint(answering.api.name, __name__)
    for path, operations in _by_path(answering.api.catalogue).items():
        views = {name: _view(answering, each, settings) for name, each in operations.items()}
        largest = partial(_most_bytes, answering, operations, settings)
        made.record(partial(_add_rule, path=path, views=views, largest=largest))
    return made


def _by_path(catalogue: Catalogue) -> Mapping[str, Mapping[str, Operation]]:
    """Return the operations by path and method; parameters are numbered, whatever their names.

    A HEAD is answered as a GET, whose body the server then leaves out.
    """
    found: dict[str, dict[str, Operation]] = defaultdict(dict)
    for operation in catalogue.operations.values():
        methods = ("GET", "HEAD") if operation.method == "GET" else (operation.method,)
        found[_numbered(operation.path)].update(dict.fromkeys(methods, operation))
    return found


def _numbered(path: str) -> str:
    numbers = count()
    return re.sub(r"\{\w+\}", lambda _: f"<p{next(numbers)}>", path.rstrip("/"))


def _most_bytes(
    answering: Answering, operations: Mapping[str, Operation], settings: Settings, method: str
) -> int:
    """Return the size of the largest body that an operation takes.

    A file travels inside the JSON, so its documented length has to fit beside the rest.
    """
    if method not in operations:
        return settings.max_body_bytes
    longest = answering.api.catalogue.longest_text(operations[method])
    return settings.max_body_bytes + (longest if longest >= _LEAST_OF_A_FILE else 0)


def _add_rule(
    state: BlueprintSetupState,
    path: str,
    views: Mapping[str, View],
    largest: Callable[[str], int],
) -> None:
    """Let the app look for a path first and for a method then, as OpenAPI does.

    With a rule for each method `GET /v1/events/leads` would look for an event whose id is `leads`.
    """

    def view(**parameters: str) -> Response:
        if request.method not in views:
            raise MethodNotAllowed(valid_methods=sorted(views))
        return views[request.method](*parameters.values())

    view.most_bytes = largest  # type: ignore[attr-defined]
    # Without a dot, or Flask would look for the hooks of a blueprint with every call.
    endpoint = f"{state.blueprint.name} {path}".replace(".", " ")
    state.app.url_map.add(_OneWayRule(f"{path}/", endpoint=endpoint, strict_slashes=False))
    state.app.view_functions[endpoint] = view


def _view(answering: Answering, operation: Operation, settings: Settings) -> View:
    @cache
    def most_bytes() -> int:
        return _most_bytes(answering, {operation.method: operation}, settings, operation.method)

    def view(*parameters: str) -> Response:
        if operation.waits and MAY_NOT_WAIT in request.environ:
            raise MustWait
        if operation.body is not None:
            request.max_content_length = most_bytes()
        path: Mapping[str, Any] = dict(zip(operation.path_names, parameters, strict=True))
        call = to_call(answering.api, operation, settings, path)
        answer = answering.answer(call)
        environ = request.environ
        environ[ARRIVAL], environ[PMS] = call.arrival, (call.binding or operation).vendor
        return to_response(answer)

    return view
