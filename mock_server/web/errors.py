"""What a request gets that reaches no operation: the refusal of the vendor whose path it is."""

from collections.abc import Sequence

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from mock_server.engine.api import Api
from mock_server.engine.call import Reply, reply
from mock_server.engine.refusals import FAULT, NotFound, Refusal, Unexpected, WrongMethod
from mock_server.web.application import too_large
from mock_server.web.translation import to_response


def install(app: Flask, apis: Sequence[Api]) -> None:
    """Answer every HTTP error of the app in a vendor's shape, or in our own, never as HTML."""

    def asked() -> Api | None:
        return next((each for each in apis if f"{request.path}/".startswith(each.roots)), None)

    def on_refusal(refusal: Refusal) -> Response:
        api = asked()
        return to_response(_in_our_shape(refusal) if api is None else api.refuse(refusal))

    def on_http_error(error: HTTPException) -> Response:
        return on_refusal(_refusal(error, asked()))

    app.register_error_handler(HTTPException, on_http_error)
    app.register_error_handler(Refusal, on_refusal)


def _in_our_shape(refusal: Refusal) -> Reply:
    allowed = {"Allow": ", ".join(refusal.allowed)} if isinstance(refusal, WrongMethod) else {}
    return reply({"error": refusal.message}, refusal.status, **allowed)


def _refusal(error: HTTPException, api: Api | None) -> Refusal:
    asked = f"{request.method} {request.path}"
    if error.code == 405:
        allowed = sorted(getattr(error, "valid_methods", None) or ())
        told = f"{request.path} takes {', '.join(allowed)}, not {request.method}"
        return WrongMethod(f"{told}{_meant(asked, api)}", allowed)
    if error.code == 404:
        return NotFound(f"there is no {asked}{_nearest(asked, api)}")
    if error.code == 413:
        return too_large(request.max_content_length or 0)
    if (error.code or 500) >= 500:
        return Unexpected(FAULT)
    return Refusal(str(error.description))


def _meant(asked: str, api: Api | None) -> str:
    """Tell of operations of that method: `leads/yardy` may be no id, but a misspelt PMS."""
    known = api.catalogue.nearest(asked) if api else []
    method, _, _ = asked.partition(" ")
    near = [each for each in known if each.startswith(f"{method} ")]
    return f"; did you mean {' or '.join(near)}?" if near else ""


def _nearest(asked: str, api: Api | None) -> str:
    if api is None:
        return ""
    near = api.catalogue.nearest(asked)
    hint = f"did you mean {' or '.join(near)}?" if near else f"/openapi/{api.name}.json has all"
    return f"; {hint}"
