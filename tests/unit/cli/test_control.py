"""What does a command say where no sandbox answers, or one that demands a token?"""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from click.testing import CliRunner

from mock_server import Sandbox
from mock_server.cli import main
from mock_server.testing.server import MockServer


def test_a_server_that_is_not_there_is_told_with_a_way_out() -> None:
    result = CliRunner().invoke(main, ["reset", "--url", "http://127.0.0.1:9"])
    assert result.exit_code == 1
    assert "nothing answers at http://127.0.0.1:9; start it with mock-server serve" in result.output


def test_another_server_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(BaseHTTPRequestHandler, "log_message", lambda *_: None)
    with HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as other:
        threading.Thread(target=other.handle_request, daemon=True).start()
        url = f"http://127.0.0.1:{other.server_port}"
        result = CliRunner().invoke(main, ["reset", "--url", url])
    assert "is no mock-server" in result.output


def test_the_token_of_the_control_api_is_sent() -> None:
    with MockServer(leads=0, control_token="secret-of-the-run") as server:
        words = ["clock", "show", "--url", server.url, "--world", Sandbox(server=server).world]
        assert "control API" in CliRunner().invoke(main, words).output
        words += ["--control-token", "secret-of-the-run"]
        assert "world      test" in CliRunner().invoke(main, words).output
