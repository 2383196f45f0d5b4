"""What an application answers to an environment, as the bytes of a reply."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from mock_server.engine.faults.damage import Damage
from mock_server.serving.environ import Environ
from mock_server.web.turnstile import DAMAGE, DELAY

_WITHOUT_BODY = ("1", "204", "304")

Application = Any  # What WSGI calls an application; its own type is too wide to be called simply.


@dataclass(frozen=True)
class Answer:
    """A reply as it goes over the wire, for how long it is held back, and what happens to it.

    The head is the beginning of the content, of that many bytes.
    """

    content: bytes
    delay_seconds: float = 0.0
    damage: Damage | None = None
    head_bytes: int = 0


def answer(application: Application, environ: Environ, *, date: str, ends: bool) -> Answer:
    """Ask the application, and return its reply with the headers that frame it.

    `ends` says that the connection is closed after it.
    """
    told: list[tuple[str, list[tuple[str, str]]]] = []

    def start(status: str, headers: list[tuple[str, str]], _: Any = None) -> None:
        told[:] = [(status, headers)]

    parts = application(environ, start)
    body = _whole(parts)
    status, headers = told[0]
    lines = [f"HTTP/1.1 {status}\r\n", *(f"{name}: {value}\r\n" for name, value in headers)]
    lines.append(f"Date: {date}\r\nServer: mock-server\r\n")
    is_bare = environ["REQUEST_METHOD"] == "HEAD" or status.startswith(_WITHOUT_BODY)
    if not is_bare and not any(name.lower() == "content-length" for name, _ in headers):
        lines.append(f"Content-Length: {len(body)}\r\n")
    lines.append(_connection(environ, ends=ends))
    head = "".join(lines).encode("latin-1")
    content = head if is_bare else head + body
    return Answer(content, environ.get(DELAY, 0.0), environ.get(DAMAGE), len(head))


def _whole(parts: Iterable[bytes]) -> bytes:
    try:
        return b"".join(parts)
    finally:
        if hasattr(parts, "close"):
            parts.close()


def _connection(environ: Environ, *, ends: bool) -> str:
    if ends:
        return "Connection: close\r\n\r\n"
    # Only a client of HTTP/1.0 has to be told that it may go on.
    is_old = environ["SERVER_PROTOCOL"] == "HTTP/1.0"
    return "Connection: keep-alive\r\n\r\n" if is_old else "\r\n"
