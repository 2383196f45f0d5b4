"""Flask without what no caller here has: sessions, hosts of their own, links made from rules."""

from collections.abc import Callable
from typing import Any, NoReturn

from flask import Flask, Request, request
from flask.sessions import NullSession, SessionInterface
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter

from mock_server.engine.refusals import TooLarge
from mock_server.web.turnstile import Turnstile

# Where a server leaves the refusal of a request that did not arrive as it should.
REFUSAL = "mock_server.refusal"


class Application(Flask):
    """A Flask application whose every request costs a tenth less than a plain one's."""

    def __init__(self, name: str) -> None:
        """Serve what is registered and nothing else: no files, no answers of Flask's own."""
        super().__init__(name, static_folder=None)
        self.config["PROVIDE_AUTOMATIC_OPTIONS"] = False
        self.session_interface = _NoSessions()
        self.url_map.merge_slashes = False
        self.plain_wsgi_app = self.wsgi_app
        self.turnstile = Turnstile(self.plain_wsgi_app)
        self.wsgi_app = self.turnstile  # type: ignore[assignment,method-assign]

    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        """Return what finds the request's rule; which host was asked makes no difference to it."""
        if request is None:
            return None
        return self.url_map.bind("", default_method=request.method, path_info=request.path)

    def dispatch_request(self) -> ResponseReturnValue:
        """Answer the current request, or let it be refused as the server has found."""
        refusal = request.environ.get(REFUSAL)
        if refusal is not None:
            raise refusal
        return super().dispatch_request()

    def most_bytes(self, method: str, path: str) -> int:
        """Return the size of the largest body that is let in; `path` is WSGI's `PATH_INFO`."""
        usual = int(self.config["MAX_CONTENT_LENGTH"])
        known_path = path.encode("latin-1").decode("utf-8", "replace")
        try:
            rule, _ = self.url_map.bind("").match(known_path, method, return_rule=True)
        except HTTPException:
            return usual
        largest = getattr(self.view_functions[rule.endpoint], "most_bytes", None)
        return usual if largest is None else int(largest(method))

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function as it is: none here is asynchronous, and finding out takes time."""
        return func


def too_large(most: int) -> TooLarge:
    """Return the refusal of a body above the limit."""
    return TooLarge(f"the body is larger than {most:,} bytes; --max-body-bytes lets in more")


class _NoSessions(SessionInterface):
    """One empty session for everybody: no reply sets a cookie."""

    _nothing = NullSession()

    def open_session(self, *_: object) -> NullSession:
        return self._nothing

    def save_session(self, *_: object) -> NoReturn:
        raise NotImplementedError("nobody has a session")
