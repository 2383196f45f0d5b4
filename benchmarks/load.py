"""How many requests a second a server answers, and how long each takes: by wrk, or by ourselves."""

import http.client
import multiprocessing
import shutil
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.targets import Target

_DRIVERS = 2


@dataclass(frozen=True)
class Rate:
    """What one stretch of load saw; `failures` are replies that were no 2xx.

    `cpu_microseconds` is what the server's processes spent on a request. It hardly changes when
    the machine has other work, which the rates do.
    """

    requests: int
    per_second: float
    p50_milliseconds: float
    p99_milliseconds: float
    failures: int
    cpu_microseconds: float = 0


def driver() -> str:
    """Return the name of what makes the load here."""
    return "wrk" if shutil.which("wrk") else f"our own client in {_DRIVERS} processes"


def measure(url: str, target: Target, connections: int, seconds: float) -> Rate:
    """Repeat the target over so many connections kept alive for so long."""
    if shutil.which("wrk"):
        return _by_wrk(url, target, connections, seconds)
    return _by_ourselves(url, target, connections, seconds)


def exchange(url: str, target: Target) -> bytes:
    """Make the request once and return the body; raises `RuntimeError` where it is no 200."""
    address = urlsplit(url)
    connection = http.client.HTTPConnection(str(address.hostname), address.port, timeout=60)
    connection.request(target.method, target.paths[0], target.body, dict(target.headers))
    reply = connection.getresponse()
    body = reply.read()
    connection.close()
    if reply.status != 200:
        raise RuntimeError(f"{target.method} {target.paths[0]} answered {reply.status}: {body!r}")
    return body


def _by_wrk(url: str, target: Target, connections: int, seconds: float) -> Rate:
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder, "target.lua")
        script.write_text(_script(target))
        command = ["wrk", "-t", "1", "-c", str(connections), "-d", f"{max(1, round(seconds))}s"]
        done = subprocess.run(
            [*command, "-s", str(script), url], capture_output=True, check=True, text=True
        )
    line = next(each for each in done.stdout.splitlines() if each.startswith("measured "))
    requests, microseconds, p50, p99, failures = map(float, line.split()[1:])
    return Rate(int(requests), requests / microseconds * 1e6, p50 / 1e3, p99 / 1e3, int(failures))


def _script(target: Target) -> str:
    """Return the requests as wrk's own Lua, with a last line of figures that is easy to read."""
    headers = "".join(f'wrk.headers["{k}"] = "{v}"\n' for k, v in target.headers.items())
    paths = ", ".join(f'"{each}"' for each in target.paths)
    return f"""
wrk.method = "{target.method}"
wrk.body = [==[{target.body.decode()}]==]
{headers}
local paths, turn = {{{paths}}}, 0
function request()
  turn = turn % #paths + 1
  return wrk.format(nil, paths[turn])
end
function done(summary, latency, requests)
  local failed = summary.errors
  io.write(string.format("measured %d %d %d %d %d\\n", summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(99),
    failed.connect + failed.read + failed.write + failed.status + failed.timeout))
end
"""


def _by_ourselves(url: str, target: Target, connections: int, seconds: float) -> Rate:
    shares = [connections // _DRIVERS + (n < connections % _DRIVERS) for n in range(_DRIVERS)]
    work = [(url, target, share, seconds) for share in shares if share]
    with multiprocessing.Pool(len(work)) as pool:
        seen = pool.starmap(_drive, work)
    times = sorted(each for times, _ in seen for each in times)
    failures = sum(failed for _, failed in seen)
    p50, p99 = times[len(times) // 2], times[len(times) * 99 // 100]
    return Rate(len(times), len(times) / seconds, p50 * 1e3, p99 * 1e3, failures)


def _drive(url: str, target: Target, connections: int, seconds: float) -> tuple[list[float], int]:
    """Keep so many requests under way from one process, and return their times and failures."""
    address = urlsplit(url)
    sockets = [
        socket.create_connection((address.hostname, address.port)) for _ in range(connections)
    ]
    messages = [_message(target, path) for path in target.paths]
    times: list[float] = []
    failures, ends_at = 0, time.perf_counter() + seconds
    while time.perf_counter() < ends_at:
        message = messages[len(times) // connections % len(messages)]
        sent_at = time.perf_counter()
        for each in sockets:
            each.sendall(message)
        for each in sockets:
            failures += not _read_reply(each)
            times.append(time.perf_counter() - sent_at)
    for each in sockets:
        each.close()
    return times, failures


def _message(target: Target, path: str) -> bytes:
    headers = {"Host": "127.0.0.1", "Content-Length": str(len(target.body)), **target.headers}
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"{target.method} {path} HTTP/1.1\r\n{lines}\r\n".encode() + target.body


def _read_reply(connection: socket.socket) -> bool:
    """Read a reply of stated length to its end, and say whether it was a 2xx."""
    received = b""
    while b"\r\n\r\n" not in received:
        received += connection.recv(65_536)
    head, _, body = received.partition(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0])
    missing = length - len(body)
    while missing > 0:
        missing -= len(connection.recv(min(missing, 1 << 20)))
    return head.startswith(b"HTTP/1.1 2")
