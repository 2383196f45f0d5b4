"""Which webhooks has a test received?"""

import threading
from collections.abc import Iterable
from typing import TYPE_CHECKING

from werkzeug.serving import WSGIRequestHandler, make_server

from mock_server.nearest import listed
from mock_server.receiving.delivery import Answer, Delivery
from mock_server.receiving.receiver import create_receiver
from mock_server.receiving.reception import Reception
from mock_server.testing.control import Control, Json

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_HOST = "127.0.0.1"
_LEADPRO = "/leadpro"
_POLL_SECONDS = 0.02


class _Quiet(WSGIRequestHandler):
    """A connection that logs nothing: the test asks what came."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Log nothing."""


class WebhookInbox:
    """A receiver for the webhooks of one world; it answers 401 to a wrong signature.

    `received` holds the deliveries that it took, oldest first, `refused` the others. LeadPro does
    not sign, so what arrives at `leadpro_url` needs no signature.
    """

    def __init__(self, control: Control, secret: str = "secret-of-the-inbox") -> None:  # noqa: S107 - it signs invented deliveries
        """Receive at a free port until it is closed; Propexo's deliveries need this secret."""
        self.secret = secret
        self.received: list[Delivery] = []
        self.refused: list[Delivery] = []
        self._control = control
        self._unread: list[Delivery] = []
        self._arrival = threading.Condition()
        self._signed = create_receiver(Reception((secret,)), self._note)
        self._unsigned = create_receiver(Reception(), self._note)
        self._line = make_server(_HOST, 0, self._receive, threaded=True, request_handler=_Quiet)
        self._thread = threading.Thread(
            target=self._line.serve_forever, args=(_POLL_SECONDS,), daemon=True
        )
        self._thread.start()

    @property
    def url(self) -> str:
        """Return where it receives Propexo's deliveries."""
        return f"http://{_HOST}:{self._line.server_port}/propexo"

    @property
    def leadpro_url(self) -> str:
        """Return where it receives LeadPro's deliveries."""
        return f"http://{_HOST}:{self._line.server_port}{_LEADPRO}"

    def subscribe(self, *triggers: str, model: str | None = None) -> Json:
        """Subscribe to triggers of Propexo, such as `DATA_NEW`, or to `lead.created` of LeadPro.

        `model` limits `DATA_NEW` and `DATA_UPDATE`: `leads`. Returns the new webhook. Raises
        `SandboxError` for a trigger that does not exist.
        """
        if any(each.startswith("lead.") for each in triggers):
            asked: Json = {"url": self.leadpro_url, "events": [*triggers]}
            return self._control.ask("POST", "/sandbox/leadpro/webhooks", asked)
        asked = {"url": self.url, "triggers": [*triggers], "secret": self.secret, "active": True}
        asked |= {} if model is None else {"model": model}
        made: Json = self._control.ask("POST", "/v1/webhooks/", asked)["result"]
        return made

    def wait_for(self, trigger: str, *, model: str | None = None, seconds: float = 5.0) -> Delivery:
        """Return the first delivery of the trigger that no earlier call has returned.

        It waits some seconds of real time and does not move the world's clock. Raises
        `AssertionError`, which says what came instead.
        """

        def found() -> Delivery | None:
            return next((each for each in self._unread if _is_of(each, trigger, model)), None)

        with self._arrival:
            delivery = self._arrival.wait_for(found, seconds)
            if delivery is None:
                raise AssertionError(self._missing(trigger, model, seconds))
            self._unread.remove(delivery)
            return delivery

    def close(self) -> None:
        """Receive no more."""
        self._line.shutdown()
        self._line.server_close()
        self._thread.join()

    def _receive(self, environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        is_unsigned = str(environ["PATH_INFO"]).startswith(_LEADPRO)
        return (self._unsigned if is_unsigned else self._signed)(environ, start)

    def _note(self, delivery: Delivery, answer: Answer) -> None:
        with self._arrival:
            if answer.status != 200:
                self.refused.append(delivery)
                return
            self.received.append(delivery)
            self._unread.append(delivery)
            self._arrival.notify_all()

    def _missing(self, trigger: str, model: str | None, seconds: float) -> str:
        wanted = f"{trigger} of {model}" if model else trigger
        came = listed([_shown(each) for each in self._unread] or ["nothing"])
        refused = f"; {len(self.refused)} with a wrong signature" if self.refused else ""
        return (
            f"no {wanted} arrived within {seconds:g} seconds; not yet waited for: {came}{refused}."
            " Run pending work with sandbox.settle(), and subscribe with webhook_inbox.subscribe()"
        )


def _is_of(delivery: Delivery, trigger: str, model: str | None) -> bool:
    # Deliveries spell a model with hyphens, paths and subscriptions with underscores.
    is_model = model is None or (delivery.model or "").replace("-", "_") == model.replace("-", "_")
    return delivery.trigger == trigger and is_model


def _shown(delivery: Delivery) -> str:
    return " of ".join(filter(None, (delivery.trigger, delivery.model))) or "a body of no trigger"
