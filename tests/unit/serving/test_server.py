"""Does a server hang up on silent connections, make room for new ones, and survive a fault?"""

import socket
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from mock_server.engine.faults.damage import CutShort, Drip, HangUp, Silence
from mock_server.serving import connection as connections
from mock_server.serving.request import Bounds
from mock_server.serving.server import Server
from mock_server.web.turnstile import DAMAGE, DELAY

PATIENCE_SECONDS = 20
ASKED = b"GET /pets HTTP/1.1\r\n\r\n"

DAMAGES: dict[str, Any] = {}

Dial = Callable[[], socket.socket]
Serve = Callable[..., Dial]


def application(environ: Any, start: Any) -> list[bytes]:
    """Answer with the path, or fail, or be slow, as the path says."""
    if environ["PATH_INFO"] == "/fault":
        raise KeyError("fault")
    if environ["PATH_INFO"] == "/later":
        environ[DELAY] = 0.01
    if environ["PATH_INFO"] in DAMAGES:
        environ[DAMAGE] = DAMAGES[environ["PATH_INFO"]]
    start("200 OK", [])
    return [environ["PATH_INFO"].encode()]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Serve the application to a number of connections; returns what opens one."""
    opened: list[socket.socket] = []
    running: list[tuple[Server, threading.Thread]] = []

    def start(most: int = 100) -> Dial:
        listener = socket.create_server(("127.0.0.1", 0))
        address = listener.getsockname()
        server = Server(application, Bounds(100, lambda *_: 100, 20.0), most)
        is_ready = threading.Event()
        thread = threading.Thread(target=server.run, args=(listener, is_ready.set), daemon=True)
        thread.start()
        running.append((server, thread))
        assert is_ready.wait(PATIENCE_SECONDS)

        def dial() -> socket.socket:
            opened.append(socket.create_connection(address, timeout=PATIENCE_SECONDS))
            return opened[-1]

        return dial

    yield start
    for each in opened:
        each.close()
    for server, thread in running:
        server.stop()
        thread.join(PATIENCE_SECONDS)


def ask(line: socket.socket, sent: bytes = ASKED) -> bytes:
    """Send a request and return what comes next."""
    line.sendall(sent)
    return line.recv(65_536)


def test_a_reply_is_framed(serve: Serve) -> None:
    head, _, body = ask(serve()()).partition(b"\r\n\r\n")
    lines = head.split(b"\r\n")
    assert lines[0] == b"HTTP/1.1 200 OK"
    assert lines[1].startswith(b"Date: ")
    assert lines[2:] == [b"Server: mock-server", b"Content-Length: 5"]
    assert body == b"/pets"


def test_a_connection_that_says_nothing_is_closed(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "SILENT_SECONDS", 0.01)
    assert serve()().recv(1) == b""


def test_a_new_connection_takes_the_place_of_the_one_that_is_silent_longest(serve: Serve) -> None:
    dial = serve(2)
    first, second = dial(), dial()
    assert ask(first)
    assert ask(second)
    assert b"200 OK" in ask(dial())
    assert first.recv(1) == b""
    assert b"200 OK" in ask(second)


def test_a_fault_is_a_500_and_the_others_are_served_on(
    serve: Serve, caplog: pytest.LogCaptureFixture
) -> None:
    dial = serve()
    assert ask(dial(), b"GET /fault HTTP/1.1\r\n\r\n").startswith(b"HTTP/1.1 500 ")
    assert b"200 OK" in ask(dial())
    assert "could not be answered" in caplog.text


def test_a_reply_that_is_held_back_comes_before_the_next_of_its_connection(serve: Serve) -> None:
    line = serve()()
    received = ask(line, b"GET /later HTTP/1.1\r\n\r\n" + ASKED)
    while received.count(b"HTTP/1.1") < 2:
        received += line.recv(65_536)
    assert received.index(b"/later") < received.index(b"/pets")


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        (b"GET /pets HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", b"Connection: keep-alive"),
        (b"GET /pets HTTP/1.1\r\nConnection: close\r\n\r\n", b"Connection: close"),
        (b"GET /pets HTTP/1.0\r\n\r\n", b"Connection: close"),
    ],
)
def test_what_becomes_of_the_connection_is_told_where_it_is_not_clear(
    sent: bytes, told: bytes, serve: Serve
) -> None:
    assert told in ask(serve()(), sent)


@pytest.mark.parametrize(
    ("damage", "received"),
    [
        (HangUp(), b""),
        (Silence(0.01), b""),
        (CutShort(0.5), b"/dam"),
        (Drip(0.05), b"/damaged/then on"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_damaged_reply_is_sent_as_far_as_it_goes(
    serve: Serve, monkeypatch: pytest.MonkeyPatch, damage: Any, received: bytes
) -> None:
    monkeypatch.setitem(DAMAGES, "/damaged", damage)
    line = serve()()
    line.sendall(b"GET /damaged HTTP/1.1\r\n\r\n")
    # What comes after a reply that was sent whole is answered on the same connection.
    line.sendall(b"GET /then%20on HTTP/1.1\r\nConnection: close\r\n\r\n")
    content = b"".join(iter(lambda: line.recv(65_536), b""))
    bodies = [part.partition(b"\r\n\r\n")[2] for part in content.split(b"HTTP/1.1 200")]
    assert b"".join(bodies) == received
