"""Does only one process answer, whichever way the others came to their copy of the worlds?"""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from mock_server import create_app
from mock_server.web.one_process import OneProcess

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="No process is forked here.")

# A program that makes an application of its own, and says for each line whether it may answer.
SERVER = """
import sys
from mock_server.web.one_process import OneProcess
one = OneProcess(has_file=False)
for port in sys.stdin:
    print(one.refusal({"SERVER_PORT": port.strip()}), flush=True)
"""


def in_child(does: Callable[[], str | None]) -> str | None:
    """Fork, and return what the child says."""
    readable, writable = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writable, repr(does()).encode())
        os._exit(0)
    os.close(writable)
    with os.fdopen(readable) as told:
        text = told.read()
    os.waitpid(child, 0)
    return None if text == "None" else text


@contextmanager
def servers(*listening: socket.socket) -> Iterator[list[Callable[[int], str]]]:
    """Start a program for each listening socket, and yield what asks it for its answer."""
    started = [
        subprocess.Popen(  # noqa: S603 - a program of our own
            [sys.executable, "-c", SERVER],
            pass_fds=[each.fileno()],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for each in listening
    ]

    def asked(server: "subprocess.Popen[str]", port: int) -> str:
        assert server.stdin is not None
        assert server.stdout is not None
        server.stdin.write(f"{port}\n")
        server.stdin.flush()
        return server.stdout.readline().strip()

    try:
        yield [lambda port, server=each: asked(server, port) for each in started]
    finally:
        for each in started:
            each.kill()
            each.communicate()


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """Listen at a free port, as a server does before it starts its workers."""
    with socket.create_server(("127.0.0.1", 0)) as made:
        yield made


def port_of(listening: socket.socket) -> int:
    port: int = listening.getsockname()[1]
    return port


@needs_fork
def test_a_process_forked_after_the_first_call_is_refused() -> None:
    one = OneProcess(has_file=False)
    assert one.refusal({}) is None
    told = in_child(lambda: one.refusal({}))
    assert told is not None
    assert "what is written here would be lost" in told
    assert "gunicorn --workers 1" in told
    assert one.refusal({}) is None


@needs_fork
def test_a_process_forked_before_the_first_call_answers_until_it_ends() -> None:
    one = OneProcess(has_file=False)
    assert in_child(lambda: one.refusal({})) is None
    assert one.refusal({}) is None


@needs_fork
def test_while_a_forked_process_answers_its_parent_is_refused() -> None:
    one = OneProcess(has_file=False)
    readable, writable = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writable, repr(one.refusal({})).encode())
        signal.pause()
    assert os.read(readable, 4) == b"None"
    try:
        assert "another one already answers" in str(one.refusal({}))
    finally:
        os.kill(child, 9)
        os.waitpid(child, 0)
    assert one.refusal({}) is None


@needs_fork
def test_a_database_is_not_used_in_a_process_forked_after_it_was_opened() -> None:
    one = OneProcess(has_file=True)
    assert "no `gunicorn --preload`" in str(in_child(lambda: one.refusal({})))
    assert one.refusal({}) is None


@needs_fork
def test_of_two_programs_behind_one_socket_the_first_that_is_called_answers(
    listener: socket.socket,
) -> None:
    port = port_of(listener)
    with servers(listener, listener) as (first, second):
        assert first(port) == "None"
        assert "another one already answers" in second(port)
        assert first(port) == "None"


@needs_fork
def test_programs_behind_sockets_of_their_own_all_answer(listener: socket.socket) -> None:
    other = socket.create_server(("127.0.0.1", 0))
    with other, servers(listener, other) as (first, second):
        assert (first(port_of(listener)), second(port_of(other))) == ("None", "None")


@needs_fork
def test_a_socket_that_a_program_has_inherited_and_does_not_serve_at_is_no_matter(
    listener: socket.socket,
) -> None:
    with servers(listener, listener) as (first, second):
        assert (first(1), second(2)) == ("None", "None")


def test_two_applications_of_one_process_both_answer() -> None:
    assert OneProcess(has_file=False).refusal({}) is OneProcess(has_file=False).refusal({}) is None


@pytest.mark.parametrize(
    "server", [{"SERVER_SOFTWARE": "gunicorn/27"}, {"SERVER_SOFTWARE": "Werkzeug/3"}]
)
def test_a_server_that_says_it_has_several_processes_is_refused(server: dict[str, str]) -> None:
    one = OneProcess(has_file=False)
    told = one.refusal({**server, "wsgi.multiprocess": True})
    assert "its server runs several" in str(told)
    assert one.refusal({**server, "wsgi.multiprocess": False}) is None


def test_an_adapter_that_always_says_so_is_not_believed() -> None:
    environ = {"SERVER_SOFTWARE": "WSGIServer/0.2", "wsgi.multiprocess": True}
    assert OneProcess(has_file=False).refusal(environ) is None


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/api/v103/offices", lambda told: told["message"]),
        ("/v1/leads/", lambda told: told["error"]["message"]),
        ("/__admin/clock", lambda told: told["error"]),
        ("/", lambda told: told["error"]),
    ],
)
def test_each_api_refuses_in_its_own_shape(path: str, says: Callable[[object], str]) -> None:
    client = create_app(leads=0, access_log=False).test_client()
    environ = {"SERVER_SOFTWARE": "gunicorn/27", "wsgi.multiprocess": True}
    answer = client.get(path, environ_overrides=environ)
    assert answer.status_code == 503
    assert "its server runs several: start one process" in says(answer.json)
