"""How an application is served to clients of this process: on a thread, at a free port."""

import socket
import threading

from mock_server.serving.request import Bounds
from mock_server.serving.server import Server
from mock_server.settings import Settings
from mock_server.web.application import Application

HOST = "127.0.0.1"
# A process may usually have 1,024 files, and the tests need some for themselves.
_MOST_CONNECTIONS = 512


class LiveServer:
    """An application that is served on a thread of this process until it is closed."""

    def __init__(self, application: Application, settings: Settings) -> None:
        """Serve the application at a free port of the loopback address."""
        bounds = Bounds(settings.max_body_bytes, application.most_bytes, settings.request_seconds)
        self._listener = socket.create_server((HOST, 0))
        self._server = Server(application.wsgi_app, bounds, _MOST_CONNECTIONS)
        application.turnstile.on_waiting = self._server.waiting.note
        # A test that hangs in a call must not keep the interpreter from ending.
        self._thread = threading.Thread(
            target=self._server.run, args=(self._listener, lambda: None), daemon=True
        )
        self._thread.start()

    @property
    def port(self) -> int:
        """Return the port at which it serves."""
        return int(self._listener.getsockname()[1])

    @property
    def url(self) -> str:
        """Return the address at which it serves, without a closing slash."""
        return f"http://{HOST}:{self.port}"

    def close(self) -> None:
        """Stop serving; replies that are ready are still sent, calls under way are not."""
        self._server.stop()
        self._thread.join()
        self._listener.close()
