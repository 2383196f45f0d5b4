"""Does the server say where it is, and find out in time whether it can be there?"""

import resource
import signal
import socket

import pytest

from mock_server import serving
from mock_server.settings import Settings


def test_port_zero_finds_a_free_port() -> None:
    with serving._bound("127.0.0.1", 0) as bound:
        host, port = bound.getsockname()
        assert host == "127.0.0.1"
        assert port > 0


def test_a_port_that_is_taken_is_noticed_before_anything_is_made() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(OSError, match="in use"):
            serving._bound("127.0.0.1", taken.getsockname()[1])


def test_a_port_that_is_taken_is_told_with_what_to_do() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SystemExit) as refused:
            serving.serve(Settings(port=port))
    told = str(refused.value)
    assert told.startswith(f"mock-server: cannot serve at 127.0.0.1 port {port}: ")
    assert "--port 0 picks a free port" in told


@pytest.mark.parametrize(
    ("bound", "shown"),
    [("0.0.0.0", "127.0.0.1"), ("::", "127.0.0.1"), ("127.0.0.1", "127.0.0.1")],  # noqa: S104
)
def test_the_address_shown_is_one_to_call(bound: str, shown: str) -> None:
    assert serving._shown(bound) == shown


@pytest.mark.parametrize(
    ("host", "address", "url"),
    [
        ("localhost", "127.0.0.1", "http://localhost:80"),
        ("127.0.0.1", "127.0.0.1", "http://127.0.0.1:80"),
        ("::1", "::1", "http://[::1]:80"),
    ],
)
def test_the_url_is_one_to_copy(host: str, address: str, url: str) -> None:
    assert serving._url(host, address, 80) == url


def test_a_hangup_ends_the_server_unless_it_was_started_to_stay() -> None:
    before = signal.getsignal(signal.SIGHUP)
    try:
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
        assert signal.SIGHUP in serving._ends()
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        assert signal.SIGHUP not in serving._ends()
    finally:
        signal.signal(signal.SIGHUP, before)


def test_as_many_files_are_asked_for_as_the_system_grants() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(soft, 256), hard))
        granted = serving._files()
        assert granted > 256
        assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] >= granted
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
