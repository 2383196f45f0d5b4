"""One Api as a Flask blueprint: a URL rule for each of its operations."""

import re
from collections.abc import Callable

from flask import Blueprint, Response

from mock_server.contract.operation import Operation
from mock_server.engine.answering import Answering
from mock_server.settings import Settings
from mock_server.web.translation import to_call, to_response


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
    return made


def _view(
    answering: Answering, operation: Operation, settings: Settings
) -> Callable[..., Response]:
    def view(**path: str) -> Response:
        return to_response(answering.answer(to_call(answering.api, operation, settings, path)))

    return view
