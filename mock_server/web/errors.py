"""What a request gets that reaches no operation: the refusal of the vendor whose path it is."""

from collections.abc import Sequence

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from mock_server.engine.api import Api
from mock_server.engine.call import Reply, reply
from mock_server.engine.refusals import FAULT, NotFound, Refusal, TooLarge, Unexpected, WrongMethod
from mock_server.web.translation import to_response


def install(app: Flask, apis: Sequence[Api]) -> None:
    """Answer every HTTP error of the app in a vendor's shape, or in our own, never as HTML."""

    def on_http_error(error: HTTPException) -> Response:
        api = next((each for each in apis if f"{request.path}/".startswith(each.roots)), None)
        refusal = _refusal(error, api)
        if api is None:
            return to_response(_in_our_shape(refusal))
        return to_response(api.refuse(refusal))

    app.register_error_handler(HTTPException, on_http_error)


def _in_our_shape(refusal: Refusal) -> Reply:
    allowed = {"Allow": ", ".join(refusal.allowed)} if isinstance(refusal, WrongMethod) else {}
    return reply({"error": refusal.message}, refusal.status, **allowed)


def _refusal(error: HTTPException, api: Api | None) -> Refusal:
    asked = f"{request.method} {request.path}"
    if error.code == 405:
        allowed = sorted(getattr(error, "valid_methods", None) or ())
        return WrongMethod(
            f"{request.path} takes {', '.join(allowed)}, not {request.method}", allowed
        )
    if error.code == 404:
        return NotFound(f"there is no {asked}{_nearest(asked, api)}")
    if error.code == 413:
        return TooLarge("the body is larger than this sandbox accepts")
    if (error.code or 500) >= 500:
        return Unexpected(FAULT)
    return Refusal(str(error.description))


def _nearest(asked: str, api: Api | None) -> str:
    if api is None:
        return ""
    near = api.catalogue.nearest(asked)
    hint = f"did you mean {' or '.join(near)}?" if near else f"/openapi/{api.name}.json has all"
    return f"; {hint}"
