"""What every test of the receiver may use: a program on this machine to pass deliveries on to."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest


@dataclass
class Target:
    """A program that keeps what it is sent, and answers what the test wants."""

    url: str = ""
    status: int = 200
    content: bytes = b"thank you"
    headers: dict[str, str] = field(default_factory=dict)
    paths: list[str] = field(default_factory=list)
    sent: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    @property
    def bodies(self) -> list[bytes]:
        return [body for _, body in self.sent]


def answering(target: Target) -> type[BaseHTTPRequestHandler]:
    """Return how one call to the target is answered."""

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            body = self.rfile.read(int(headers["content-length"]))
            target.paths.append(self.path)
            target.sent.append((headers, body))
            self.send_response(target.status)
            for name, value in target.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(target.content)

        def log_message(self, *told: object) -> None:
            """Say nothing."""

    return Answering


@pytest.fixture
def target() -> Iterator[Target]:
    """Return a program that listens at a free port."""
    made = Target()
    with HTTPServer(("127.0.0.1", 0), answering(made)) as server:
        made.url = f"http://127.0.0.1:{server.server_address[1]}/hooks"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield made
        server.shutdown()
        thread.join()
