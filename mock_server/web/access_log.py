"""A line for each call: how it went, what was asked, by which world, and why it was refused."""

import logging
import time
from collections.abc import Sequence

from flask import Flask, Request, Response, g

from mock_server.engine.api import Api
from mock_server.engine.refusals import Refusal
from mock_server.logs import FIELDS, printable
from mock_server.web.translation import REASON, Headers, current_request
from mock_server.world.naming import world_of

_log = logging.getLogger("mock_server.access")
_MOST_CHARACTERS = 500


def install(app: Flask, apis: Sequence[Api]) -> None:
    """Log each call once it is answered; credentials and bodies are never logged."""

    def start() -> None:
        g.started = time.perf_counter()

    # First of all, because a call that is not let in is logged too.
    app.before_request_funcs.setdefault(None, []).insert(0, start)

    @app.after_request
    def finish(response: Response) -> Response:
        if _log.isEnabledFor(logging.INFO):
            fields = _fields(current_request(), response, apis)
            _log.info("%s", _line(fields), extra={FIELDS: fields})
        return response


def _fields(request: Request, response: Response, apis: Sequence[Api]) -> dict[str, object]:
    fields = {
        "status": response.status_code,
        "method": _cut(request.method),
        "path": _cut(request.path),
        "query": _cut(request.query_string.decode("utf-8", "replace")),
        "milliseconds": round((time.perf_counter() - g.started) * 1000, 1),
        "bytes": response.content_length,
        "world": _world(request, apis),
        "reason": _cut(request.environ.get(REASON, "")) or None,
    }
    return {name: value for name, value in fields.items() if value is not None}


def _line(fields: dict[str, object]) -> str:
    """Return the call as a person reads it: `200 GET /v1/leads/?limit=1 7 ms world=me`."""
    query, world, reason = fields["query"], fields.get("world"), fields.get("reason")
    asked = f"{fields['method']} {fields['path']}{f'?{query}' if query else ''}"
    whose = f" world={world}" if world else ""
    why = f": {reason}" if reason else ""
    return printable(f"{fields['status']} {asked} {fields['milliseconds']:.0f} ms{whose}{why}")


def _world(request: Request, apis: Sequence[Api]) -> str | None:
    """Return the world of the call, or nothing where it reached none."""
    path = f"{request.path}/"
    for api in apis:
        if path.startswith(api.roots):
            try:
                return world_of(api.credential(Headers(request.environ)))
            except (Refusal, ValueError):
                return None
    return None


def _cut(text: str) -> str:
    return text if len(text) <= _MOST_CHARACTERS else f"{text[:_MOST_CHARACTERS]}..."
