"""A server under measurement: started, waited for, weighed and stopped."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_PATIENCE_SECONDS = 180
_PAUSE_SECONDS = 0.002


@dataclass(frozen=True)
class Running:
    """A server that answers: where, the process it began with, and how long its start took."""

    port: int
    process_id: int
    first_answer_seconds: float

    @property
    def url(self) -> str:
        """Return the server's base URL."""
        return f"http://127.0.0.1:{self.port}"

    def peak_megabytes(self) -> float:
        """Return the most memory that the process and its descendants have held, added up."""
        return sum(map(_peak_kilobytes, _family(self.process_id))) / 1024

    def cpu_seconds(self) -> float:
        """Return the processor time that the process and its descendants have spent."""
        ticks = sum(map(_ticks, _family(self.process_id)))
        return ticks / os.sysconf("SC_CLK_TCK")


@contextmanager
def serving(command: Sequence[str], first: str, headers: Mapping[str, str]) -> Iterator[Running]:
    """Run a command, `{port}` filled in, from its first answer to the path `first` to the end."""
    port = free_port()
    started = time.perf_counter()
    process = subprocess.Popen(
        [each.format(port=port) for each in command],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _wait(process, port, first, headers)
        yield Running(port, process.pid, time.perf_counter() - started)
    finally:
        _stop(process)


def python(*arguments: str) -> list[str]:
    """Return the command that runs this interpreter with these arguments."""
    return [sys.executable, *arguments]


def free_port() -> int:
    """Return a port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(
    process: subprocess.Popen[bytes], port: int, path: str, headers: Mapping[str, str]
) -> None:
    give_up_at = time.perf_counter() + _PATIENCE_SECONDS
    while not _answers(port, path, headers):
        if process.poll() is not None:
            raise RuntimeError(f"it stopped before its first answer: {process.args!r}")
        if time.perf_counter() > give_up_at:
            raise RuntimeError(f"no answer to {path} in {_PATIENCE_SECONDS} s: {process.args!r}")
        time.sleep(_PAUSE_SECONDS)


def _answers(port: int, path: str, headers: Mapping[str, str]) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE_SECONDS)
    try:
        connection.request("GET", path, headers=dict(headers))
        reply = connection.getresponse()
        reply.read()
        return reply.status == 200
    except OSError:
        return False
    finally:
        connection.close()


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(timeout=15)
    except subprocess.TimeoutExpired:
        # It began a session of its own, so this ends it and what it started, and nothing else.
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _family(process_id: int) -> list[int]:
    """Return the process and its descendants, as Linux tells them; elsewhere none."""
    tasks = Path(f"/proc/{process_id}/task").glob("*/children")
    children = [int(each) for task in tasks for each in task.read_text().split()]
    return [process_id, *(one for child in children for one in _family(child))]


def _ticks(process_id: int) -> int:
    """Return the clock ticks that a process has spent, its own and the system's for it."""
    try:
        fields = Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return int(fields[11]) + int(fields[12])


def _peak_kilobytes(process_id: int) -> int:
    try:
        status = Path(f"/proc/{process_id}/status").read_text()
    except OSError:
        return 0
    lines = (line.split() for line in status.splitlines())
    return next((int(line[1]) for line in lines if line[0] == "VmHWM:"), 0)
