"""Does a call come from a sandbox's own webhook? Then answering it could go on for ever."""

from flask import Flask, Response, after_this_request, request

from mock_server.engine.messages import DELIVERY_HEADER
from mock_server.engine.refusals import LoopDetected

STATUS = LoopDetected.status
EXPLANATION = (
    "the URL of this webhook leads back to a sandbox, where each delivery could cause the next:"
    " give the URL of your receiver, such as that of `mock-server listen`"
)
_VARIABLE = f"HTTP_{DELIVERY_HEADER.upper().replace('-', '_')}"


def install(app: Flask) -> None:
    """Refuse every call that is a delivery, directly or passed on, before it does anything.

    The reply repeats the delivery's header, so that the sender knows whose refusal it is.
    """

    def check() -> None:
        delivery = request.environ.get(_VARIABLE)
        if delivery is None:
            return

        @after_this_request
        def name_it(response: Response) -> Response:
            response.headers[DELIVERY_HEADER] = delivery
            return response

        raise LoopDetected(EXPLANATION)

    app.before_request(check)
