"""Which calls stand in the journal, and what is kept of each once it is answered."""

import time
from collections.abc import Mapping, Sequence
from typing import Any

from flask import Flask, Response

from mock_server.engine.api import Api
from mock_server.engine.call import Arrival
from mock_server.engine.journal import Journal
from mock_server.engine.refusals import Refusal
from mock_server.web.origins import is_preflight
from mock_server.web.recorded_call import RecordedCall
from mock_server.web.translation import ARRIVAL, TAKEN_BY, Headers, current_request
from mock_server.web.turnstile import MAY_NOT_WAIT, STARTED
from mock_server.world.clock import machine_time
from mock_server.world.naming import DEFAULT, Named, named
from mock_server.world.obstacles import Unreachable
from mock_server.world.worlds import Worlds

# To look at the journal leaves no trace in it, or whoever waits for news would be news. A reset
# begins it anew, so that the first call after it has the number 1, as in a new world. Metrics are
# read every few seconds for ever, and would displace all other control calls.
_UNNOTED = ("/__admin/calls", "/__admin/metrics", "/__admin/reset")


def install(app: Flask, recorder: "Recorder") -> None:
    """Note every call that the application answers, whoever refuses it.

    Install it before all else: of what is done to a response, this is then the last.
    """
    app.after_request(recorder.note)


class Recorder:
    """What gives the journal each request with its response.

    Every call passes here, so nothing is worked out that can be worked out when somebody reads it.
    """

    def __init__(
        self, apis: Sequence[Api], worlds: Worlds, journal: Journal, most_bytes: int
    ) -> None:
        """Note the calls of these APIs, with replies of so many bytes at most."""
        self._apis = apis
        self._worlds = worlds
        self._journal = journal
        self._most_bytes = most_bytes
        # It takes the credential of any vendor, so that it reads those of a path of none as well.
        self._any = next(each for each in apis if each.is_control)

    def note(self, response: Response) -> Response:
        """Note the current call, which has been answered."""
        environ = current_request().environ
        path = environ["PATH_INFO"]
        is_asking = environ["REQUEST_METHOD"] == "OPTIONS" and is_preflight(environ)
        if not (is_asking or path.startswith(_UNNOTED)):
            if environ.get(ARRIVAL) is None:
                self._place(environ, path)
            # An environment that is not our own server's may hold a socket open.
            kept = environ if MAY_NOT_WAIT in environ else _texts(environ)
            seconds = time.perf_counter() - environ[STARTED]
            self._journal.add(RecordedCall(kept, response, seconds, self._most_bytes))
        return response

    def _place(self, environ: dict[str, Any], path: str) -> None:
        """Note where a call belongs that has reached no world: to that of its credential."""
        ended = f"{path}/"
        api = next((each for each in self._apis if ended.startswith(each.roots)), None)
        environ.setdefault(TAKEN_BY, (api, None))
        try:
            name, label = named((api or self._any).credential(Headers(environ)))
        except (Refusal, ValueError):
            name, label = Named(DEFAULT)
        try:
            now = self._worlds.look(name).clock.now()
        except Unreachable:
            # The call could not be answered either, for the same reason.
            now = machine_time()
        environ[ARRIVAL] = Arrival(name, now, label)


def _texts(environ: Mapping[str, Any]) -> dict[str, Any]:
    """Return what an environment says, and what we have left in it."""
    return {
        key: each
        for key, each in environ.items()
        if isinstance(each, str) or key in RecordedCall.NEEDED
    }
