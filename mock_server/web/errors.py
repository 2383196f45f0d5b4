"""What a request gets that reaches no operation: the refusal of the vendor whose path it is."""

from collections.abc import Sequence
from dataclasses import replace

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from mock_server.engine.api import Api
from mock_server.engine.call import Reply, reply
from mock_server.engine.reasons import reason_of
from mock_server.engine.refusals import (
    FAULT,
    NotFound,
    Refusal,
    Unexpected,
    WrongMethod,
    headers_of,
)
from mock_server.nearest import listed
from mock_server.web import mispointed
from mock_server.web.application import too_large
from mock_server.web.translation import to_response


def install(app: Flask, apis: Sequence[Api]) -> None:
    """Answer every HTTP error and refusal of the app in a vendor's shape, or in our own."""

    def on_http_error(error: HTTPException) -> Response:
        return on_refusal(_refusal(error, apis))

    def on_refusal(refusal: Refusal) -> Response:
        api = _api_of(apis)
        answer = _in_our_shape(refusal) if api is None else api.refuse(refusal)
        return to_response(replace(answer, reason=reason_of(refusal)))

    app.register_error_handler(HTTPException, on_http_error)
    app.register_error_handler(Refusal, on_refusal)


def _api_of(apis: Sequence[Api]) -> Api | None:
    return next((each for each in apis if f"{request.path}/".startswith(each.roots)), None)


def _in_our_shape(refusal: Refusal) -> Reply:
    return reply({"error": refusal.message}, refusal.status, **headers_of(refusal, "Bearer"))


def _refusal(error: HTTPException, apis: Sequence[Api]) -> Refusal:
    asked, api = f"{request.method} {request.path}", _api_of(apis)
    others = api.catalogue.vendors_beside(asked) if api and error.code in {404, 405} else None
    if others is not None:
        return NotFound(f"the sandbox has no operation {asked}; {_known(others)}")
    if error.code == 405:
        allowed = sorted(getattr(error, "valid_methods", None) or ())
        told = f"{request.path} takes {', '.join(allowed)}, not {request.method}"
        return WrongMethod(f"{told}{_meant(asked, api)}", allowed)
    if error.code == 404:
        return NotFound(f"there is no {asked}; {_nearest(asked, apis)}")
    if error.code == 413:
        return too_large(request.max_content_length or 0)
    if (error.code or 500) >= 500:
        return Unexpected(FAULT)
    return Refusal(str(error.description))


def _known(vendors: Sequence[str]) -> str:
    if not vendors:
        return "it has this one for no PMS or CRM"
    return f"it has this one for {listed(vendors)}"


def _meant(asked: str, api: Api | None) -> str:
    """Tell of operations of that method: `leads/yardy` may be no id, but a misspelt PMS."""
    known = api.catalogue.nearest(asked) if api else []
    method, _, _ = asked.partition(" ")
    near = [each for each in known if each.startswith(f"{method} ")]
    return f"; did you mean {' or '.join(near)}?" if near else ""


def _nearest(asked: str, apis: Sequence[Api]) -> str:
    """Tell what was meant: a path that only begins wrongly, or else the likest operations."""
    ends_alike = mispointed.meant(request.path, apis)
    if ends_alike:
        return f"did you mean {listed(ends_alike, last='or')}?"
    api = _api_of(apis)
    if api is None:
        return f"paths begin with {mispointed.beginnings(apis)}"
    near = api.catalogue.nearest(asked)
    return f"did you mean {' or '.join(near)}?" if near else f"/openapi/{api.name}.json has all"
