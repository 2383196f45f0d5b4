"""A line for each call: what was asked, by which world, and how it went."""

import logging
import time

from flask import Flask, Response, g, request

_log = logging.getLogger("mock_server.access")


def install(app: Flask) -> None:
    """Log each call once it is answered; credentials and bodies are never logged."""

    @app.before_request
    def start() -> None:
        g.started = time.perf_counter()

    @app.after_request
    def finish(response: Response) -> Response:
        if _log.isEnabledFor(logging.INFO):
            milliseconds = (time.perf_counter() - g.started) * 1000
            _log.info(
                "%s %s",
                request.method,
                request.path,
                extra={
                    "status": response.status_code,
                    "milliseconds": round(milliseconds, 1),
                    "query": request.query_string.decode("utf-8", "replace"),
                    "bytes": response.content_length,
                },
            )
        return response
