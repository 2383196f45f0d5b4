"""What does the journal cost a call: processor time with it beside that without it."""

import argparse
import gc
import statistics
import time
from collections.abc import Mapping

from benchmarks.targets import HEADERS
from mock_server import create_app
from mock_server.serving.reading import RequestReader
from mock_server.serving.request import Bounds
from mock_server.serving.server import Server
from mock_server.web.turnstile import MAY_NOT_WAIT

PATHS: Mapping[str, str] = {
    "list of 10": "/v1/leads/?limit=10",
    "list of 100": "/v1/leads/?limit=100",
    "by id": "/v1/leads/lead-123456789",
    "offices (LeadPro)": "/api/v103/offices",
}
_CALLS = 50
_SENT = {"Host": "127.0.0.1", "Accept": "*/*", "User-Agent": "benchmark", **HEADERS}
_MOST_BYTES = 1_048_576


class Sandbox:
    """Our own server with the application, from a request's bytes to those of the reply."""

    def __init__(self, keep_calls: int) -> None:
        """Keep so many calls."""
        app = create_app(access_log=False, keep_calls=keep_calls)
        bounds = Bounds(_MOST_BYTES, app.most_bytes, seconds=10)
        self._server = Server(app.wsgi_app, bounds, most_connections=1)
        self._reader = RequestReader(bounds, self._server.basis(("127.0.0.1", 1)), lambda: None)

    def microseconds(self, path: str) -> float:
        """Return the processor's time that a call takes."""
        lines = [f"GET {path} HTTP/1.1", *(f"{name}: {text}" for name, text in _SENT.items())]
        request = "\r\n".join([*lines, "", ""]).encode()
        started = time.process_time()
        for _ in range(_CALLS):
            self._reader.feed(request)
            asked = self._reader.whole.popleft()
            asked.environ[MAY_NOT_WAIT] = True
            self._server.answer(asked)
        return (time.process_time() - started) * 1e6 / _CALLS


def main() -> None:
    """Measure both in turns, and print the medians."""
    parser = argparse.ArgumentParser("python -m benchmarks.journal", description=main.__doc__)
    parser.add_argument("--rounds", type=int, default=150, help="how often each is taken")
    rounds = parser.parse_args().rounds
    without, with_it = Sandbox(0), Sandbox(1_000)
    gc.freeze()  # As the server does once its application is made.
    print("| call | without | with | cost |\n|---|---|---|---|")
    for name, path in PATHS.items():
        for _ in range(1_000 // _CALLS):
            with_it.microseconds(path)
        # They take turns, so that whatever else the machine does strikes both alike.
        pairs = [(without.microseconds(path), with_it.microseconds(path)) for _ in range(rounds)]
        bare = statistics.median(each for each, _ in pairs)
        cost = statistics.median(each - other for other, each in pairs)
        print(f"| {name} | {bare:.0f} µs | {bare + cost:.0f} µs | {cost / bare:.1%} |")


if __name__ == "__main__":
    main()
