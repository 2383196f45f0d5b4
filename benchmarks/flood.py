"""How soon is health answered while clients send half requests, read nothing, and wait?"""

import contextlib
import http.client
import json
import socket
import statistics
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from benchmarks.servers import python, serving

_HALF_BODIES = 200
_SLOW_HEADS = 200
_SLOW_READERS = 60
_WAITING = 40
_ASKED = 200
_LEAD = {
    "type": "let",
    "first_name": "Ada",
    "last_name": "Okafor",
    "email": "ada@example.com",
    "phone": "07700900123",
}


class _Hanging(BaseHTTPRequestHandler):
    """A receiver that answers no delivery until it is told to."""

    go_on = threading.Event()

    def do_POST(self) -> None:
        """Hold the delivery."""
        self.go_on.wait()
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def main() -> None:
    """Measure health on a quiet server and in the flood, and print both."""
    receiver = ThreadingHTTPServer(("127.0.0.1", 0), _Hanging)
    threading.Thread(target=receiver.serve_forever, daemon=True).start()
    hooks = f"http://127.0.0.1:{receiver.server_port}/"
    options = ("--request-seconds", "60", "--webhook-seconds", "60", "--no-access-log")
    command = python("-m", "mock_server", "serve", "--port", "{port}", *options)
    with serving([*command, "--leadpro-webhooks", hooks], "/", {}) as server:
        _print("quiet", _healths(server.url))
        with _flood(server.url):
            _print("flooded", _healths(server.url))
        _Hanging.go_on.set()


def _healths(url: str) -> list[float]:
    """Ask for health again and again, and return the milliseconds of each answer."""
    times = []
    for _ in range(_ASKED):
        started = time.perf_counter()
        _ask(url, "GET", "/__admin/health", "any", None)
        times.append((time.perf_counter() - started) * 1e3)
    return times


@contextlib.contextmanager
def _flood(url: str) -> Iterator[None]:
    address = str(urlsplit(url).hostname), int(urlsplit(url).port or 0)
    head = b"POST /api/v103/leads HTTP/1.1\r\nHost: a\r\nContent-Length: 500\r\n\r\n{"
    page = b"GET /v1/leads/?limit=250 HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer b\r\n\r\n"
    sent = [head] * _HALF_BODIES + [b"GET / HT"] * _SLOW_HEADS + [page * 40] * _SLOW_READERS
    lines = [socket.create_connection(address) for _ in sent]
    for line, content in zip(lines, sent, strict=True):
        line.sendall(content)
    for number in range(_WAITING):
        threading.Thread(target=_wait, args=(url, f"sandbox_w{number}"), daemon=True).start()
    time.sleep(3)  # Long enough for all of them to be there.
    yield
    for line in lines:
        line.close()


def _wait(url: str, key: str) -> None:
    """Move a clock past a delivery that is not answered."""
    with contextlib.suppress(OSError, http.client.HTTPException):
        _ask(url, "POST", "/__admin/clock", key, {"freeze": True})
        _ask(url, "POST", "/api/v103/leads", key, _LEAD)
        _ask(url, "POST", "/__admin/clock/advance", key, {"until": "idle"})


def _ask(url: str, method: str, path: str, key: str, body: object) -> int:
    parts = urlsplit(url)
    line = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=120)
    headers = {"x-api-key": key, "Content-Type": "application/json"}
    line.request(method, path, None if body is None else json.dumps(body), headers)
    reply = line.getresponse()
    reply.read()
    line.close()
    return reply.status


def _print(name: str, times: list[float]) -> None:
    worst, median = max(times), statistics.median(times)
    print(f"{name}: median {median:.1f} ms, worst {worst:.1f} ms of {len(times)}")


if __name__ == "__main__":
    sys.exit(main())
