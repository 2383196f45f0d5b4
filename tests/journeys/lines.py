"""Bytes sent and read by hand, for what no client library would send."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Self
from urllib.parse import urlsplit

PATIENCE_SECONDS = 30


class Line:
    """One connection to a sandbox."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        address = str(parts.hostname), int(parts.port or 0)
        self._socket = socket.create_connection(address, timeout=PATIENCE_SECONDS)

    def send(self, text: str | bytes) -> Self:
        """Send these bytes, or text with the line ends that HTTP wants."""
        content = text if isinstance(text, bytes) else text.replace("\n", "\r\n").encode()
        self._socket.sendall(content)
        return self

    def end(self) -> Self:
        """Send nothing more, and go on reading."""
        self._socket.shutdown(socket.SHUT_WR)
        return self

    def read(self) -> bytes:
        """Read until the sandbox closes the connection."""
        received = b""
        while part := self._socket.recv(65_536):
            received += part
        return received

    def read_some(self) -> bytes:
        """Read what comes next."""
        return self._socket.recv(65_536)

    def close(self) -> None:
        """Hang up."""
        self._socket.close()


@contextmanager
def many(url: str, count: int, sent: str | bytes = b"") -> Iterator[list[Line]]:
    """Open so many connections, send the same on each, and hang up at the end."""
    with ExitStack() as stack:
        made = []
        for _ in range(count):
            made.append(Line(url))
            stack.callback(made[-1].close)
            made[-1].send(sent)
        yield made


def head(method: str, path: str, *headers: str) -> str:
    """Return the head of a request."""
    return "\n".join([f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", *headers, "", ""])
