"""How well are the callers of one world served while others keep the sandbox busy?"""

import http.client
import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlsplit

_LEAD = "/v1/leads/lead-123456789"
_READ = "/v1/leads/?limit=1"
_WORLDS, _MANY_WORLDS, _WRITES = 400, 1_500, 2_000
_SETTLED_SECONDS = 5.0


@dataclass(frozen=True)
class Busy:
    """What a reader saw while something else went on: how long that took, and its own reads."""

    what: str
    seconds: float
    per_second: float
    slowest_milliseconds: float


class _Caller:
    """A caller of one world, over a connection that is kept alive."""

    def __init__(self, url: str, world: str) -> None:
        address = urlsplit(url)
        self._connection = http.client.HTTPConnection(
            str(address.hostname), address.port, timeout=600
        )
        credential = f"Bearer sandbox_{world}"
        self._headers = {"Authorization": credential, "Content-Type": "application/json"}

    def ask(self, method: str, path: str, body: object = None) -> None:
        sent = None if body is None else json.dumps(body)
        self._connection.request(method, path, sent, self._headers)
        reply = self._connection.getresponse()
        told = reply.read()
        if reply.status != 200:
            raise RuntimeError(f"{method} {path} answered {reply.status}: {told!r}")


def measure(url: str) -> Iterator[Busy]:
    """Yield what a reader sees beside nothing, moved clocks, many worlds and many writes."""
    yield _read_beside(url, "nothing", lambda: time.sleep(1))
    mover = _Caller(url, "bench_mover")
    mover.ask("PUT", _LEAD, {"last_name": "Okoro"})
    for by in ("1d", "30d", "365d"):
        yield _read_beside(url, f"a clock moved by {by}", partial(_advance, mover, by))
    yield _read_beside(url, f"{_WRITES:,} writes to one record, landing", _landing(url))
    for count in (_WORLDS, _MANY_WORLDS):
        for number in range(count):
            _Caller(url, f"bench_{count}_{number}").ask("PUT", _LEAD, {"last_name": "Okoro"})
        what = f"{count:,} worlds just written to"
        yield _read_beside(url, what, lambda: time.sleep(_SETTLED_SECONDS))


def _advance(caller: _Caller, by: str) -> None:
    caller.ask("POST", "/__admin/clock/advance", {"by": by})


def _landing(url: str) -> Callable[[], None]:
    """Write to one record of a world that stands still, and return what lets it all land."""
    writer = _Caller(url, "bench_writer")
    writer.ask("POST", "/__admin/clock", {"freeze": True})
    for number in range(_WRITES):
        writer.ask("PUT", _LEAD, {"last_name": f"Okoro {number}"})
    return lambda: _advance(writer, "2s")


def _read_beside(url: str, what: str, work: Callable[[], object]) -> Busy:
    """Read in a world of its own while the work goes on."""
    reader, is_over, spent = _Caller(url, "bench_reader"), threading.Event(), list[float]()
    reader.ask("GET", _READ)

    def read() -> None:
        while not is_over.is_set():
            begun = time.perf_counter()
            reader.ask("GET", _READ)
            spent.append(time.perf_counter() - begun)

    reading = threading.Thread(target=read)
    reading.start()
    begun = time.perf_counter()
    try:
        work()
    finally:
        seconds = time.perf_counter() - begun
        is_over.set()
        reading.join()
    return Busy(what, seconds, len(spent) / seconds, max(spent, default=0.0) * 1000)
