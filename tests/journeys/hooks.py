"""A receiver of webhooks, as a developer's own program would run it: it keeps what it gets."""

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from mock_server import is_signed_by

SECRET = "a secret of sixteen"


@dataclass(frozen=True)
class Received:
    """One delivery as it came in."""

    headers: Mapping[str, str]
    content: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.content)

    @property
    def is_genuine(self) -> bool:
        return is_signed_by(SECRET, self.content, self.headers.get("propexo-signature"))


@dataclass
class Receiver:
    """A server that answers each delivery with `status`, once it has done what it wants to."""

    status: int = 200
    before_answering: Callable[[], object] = lambda: None
    received: list[Received] = field(default_factory=list)
    server: ThreadingHTTPServer = field(init=False)

    def __post_init__(self) -> None:
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._answering())
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/hooks"

    def take(self) -> list[Received]:
        """Return what has come in since the last time."""
        taken, self.received = self.received, []
        return taken

    def triggers(self) -> list[str]:
        """Return of what it was told since the last time; each has to be genuine."""
        taken = self.take()
        assert all(each.is_genuine for each in taken)
        return [each.json["trigger"] for each in taken]

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def _answering(self) -> type[BaseHTTPRequestHandler]:
        receiver = self

        class Answering(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                content = self.rfile.read(int(self.headers["content-length"]))
                named = {name.lower(): value for name, value in self.headers.items()}
                receiver.before_answering()
                receiver.received.append(Received(named, content))
                self.send_response(receiver.status)
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Stay silent."""

        return Answering
