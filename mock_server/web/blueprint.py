"""One Api as a Flask blueprint: a URL rule for each of its operations."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cache
from http import HTTPMethod
from typing import NoReturn

from flask import Blueprint, Response, request
from werkzeug.exceptions import MethodNotAllowed

from mock_server.contract.operation import Operation
from mock_server.engine.answering import Answering
from mock_server.settings import Settings
from mock_server.web.translation import to_call, to_response

_LEAST_OF_A_FILE = 1_048_576  # Characters; no text of people is as long.


def blueprint(answering: Answering, settings: Settings) -> Blueprint:
    """Return the Api's operations as URL rules, each with and without its closing slash."""
    made = Blueprint(answering.api.name, __name__)
    for operation in answering.api.catalogue.operations.values():
        made.add_url_rule(
            re.sub(r"\{(\w+)\}", r"<\1>", operation.path),
            endpoint=operation.name,
            view_func=_view(answering, operation, settings),
            methods=[operation.method],
            strict_slashes=False,
        )
    _close_plain_paths(made, answering.api.catalogue.operations.values())
    return made


def _close_plain_paths(made: Blueprint, operations: Iterable[Operation]) -> None:
    """Refuse every other method of a path without parameters.

    Otherwise `GET /v1/events/leads` would look for an event whose id is `leads`; OpenAPI matches
    a path as it stands before one with a parameter in its place.
    """
    taken: dict[str, set[str]] = defaultdict(set)
    for each in operations:
        if not each.path_names:
            taken[each.path].update(
                [each.method, "HEAD"] if each.method == "GET" else [each.method]
            )
    for path, methods in taken.items():
        made.add_url_rule(
            path,
            endpoint=f"anything else at {path.replace('.', ' ')}",
            view_func=_refusal(methods),
            methods={*HTTPMethod} - methods,
            strict_slashes=False,
        )


def _refusal(methods: Iterable[str]) -> Callable[[], NoReturn]:
    def refuse() -> NoReturn:
        raise MethodNotAllowed(valid_methods=sorted(methods))

    return refuse


def _view(
    answering: Answering, operation: Operation, settings: Settings
) -> Callable[..., Response]:
    @cache
    def most_bytes() -> int:
        longest = answering.api.catalogue.longest_text(operation)
        # A file travels inside the JSON, so its documented length has to fit beside the rest.
        return settings.max_body_bytes + (longest if longest >= _LEAST_OF_A_FILE else 0)

    def view(**path: str) -> Response:
        if operation.body is not None:
            request.max_content_length = most_bytes()
        return to_response(answering.answer(to_call(answering.api, operation, settings, path)))

    return view
