"""The receiver as a Flask application: it takes any POST at any path and is never at a loss."""

from collections.abc import Callable, Iterator

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from mock_server.receiving.delivery import Answer, Delivery, Verdict, own_answer, verdict
from mock_server.receiving.forwarding import Forwarding
from mock_server.receiving.reception import Reception
from mock_server.signatures import HEADER

MOST_BYTES = 16 * 1024 * 1024

_ABOUT = "A receiver of webhooks by mock-server. It takes deliveries as POSTs, at any path."
_REFUSALS = {
    Verdict.NONE: f"the delivery has no {HEADER}",
    Verdict.WRONG: f"the {HEADER} is of another secret or of another body",
}


def create_receiver(reception: Reception, tell: Callable[[Delivery, Answer], None]) -> Flask:
    """Return the application; `tell` hears of each delivery before its answer is sent.

    Deliveries may come at the same time, so `tell` may be called from several threads.
    """
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = MOST_BYTES
    answer = _answering(reception)

    # There are no routes, because a route would leave out some path, such as one with two slashes.
    @app.before_request
    def receive() -> Response:
        if request.method != "POST":
            return _about()
        body = request.get_data(cache=False)
        judged = verdict(reception.secrets, body, request.headers.get(HEADER))
        delivery = Delivery(request.path, body, judged)
        answered = answer(delivery)
        tell(delivery, answered)
        return Response(answered.content, answered.status, answered.headers)

    @app.errorhandler(HTTPException)
    def refuse(error: HTTPException) -> Response:
        return _json({"error": error.description}, error.code or 500)

    return app


def _answering(reception: Reception) -> Callable[[Delivery], Answer]:
    """Return what answers deliveries, counting those that it still has to fail."""
    target = reception.target
    forwarding = None if target is None else Forwarding(target)
    failing = iter(range(1, reception.fail + 1))

    def answer(delivery: Delivery) -> Answer:
        if delivery.verdict in _REFUSALS:
            return own_answer({"error": _REFUSALS[delivery.verdict]}, 401)
        if (failed := _failed(failing, reception)) is not None:
            return failed
        if forwarding is not None:
            return forwarding.answer(request.headers.items(), delivery.body)
        return own_answer({"received": True, "signature": delivery.verdict})

    return answer


def _failed(failing: Iterator[int], reception: Reception) -> Answer | None:
    number = next(failing, None)
    if number is None:
        return None
    note = f"failed on purpose, {number} of {reception.fail}"
    return own_answer({"error": note}, reception.status, note)


def _about() -> Response:
    if request.method in {"GET", "HEAD"} and request.path == "/":
        return _json({"name": "mock-server listen", "about": _ABOUT})
    response = _json({"error": f"{_ABOUT} GET / says so."}, 405)
    response.headers["Allow"] = "POST"
    return response


def _json(value: dict[str, object], status: int = 200) -> Response:
    own = own_answer(value, status)
    return Response(own.content, own.status, own.headers)
