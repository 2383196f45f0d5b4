"""Does the doctor find what stands in the way, and say that all is well where nothing does?"""

import json
import socket

import pytest
from click.testing import CliRunner, Result

from mock_server import Sandbox
from mock_server.cli import main
from mock_server.testing.webhook_inbox import WebhookInbox


def examined(*words: str, **environment: str) -> Result:
    return CliRunner().invoke(main, ["doctor", *words], env=environment)


def test_all_is_well_with_a_server_and_a_receiver(
    sandbox: Sandbox, webhook_inbox: WebhookInbox
) -> None:
    result = examined("--url", sandbox.url, "--webhook", webhook_inbox.url, "--json")
    found = [json.loads(line) for line in result.output.splitlines()]
    assert result.exit_code == 0, result.output
    assert [each["subject"] for each in found][-2:] == ["server", "webhook"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--url", "http://127.0.0.1:9"), "PROBLEM server: nothing answers at"),
        (("--webhook", "http://127.0.0.1:9/"), "PROBLEM webhook: http://127.0.0.1:9/: Connection"),
        (("--webhook", "http://8.8.8.8/"), "is blocked: webhooks may not go to 8.8.8.8"),
    ],
)
def test_what_cannot_be_reached_is_a_problem(words: tuple[str, ...], told: str) -> None:
    result = examined(*words, MOCK_SERVER_PORT="0")
    assert (result.exit_code, told in result.output) == (1, True), result.output


def test_a_taken_port_and_a_setting_that_does_not_exist_are_problems() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert "serve --port 0 picks a free port" in examined(MOCK_SERVER_PORT=port).output
    assert "did you mean MOCK_SERVER_PORT" in examined(MOCK_SERVER_PROT="1").output


def test_a_database_in_a_folder_that_does_not_exist_is_a_problem() -> None:
    result = examined(MOCK_SERVER_PORT="0", MOCK_SERVER_DB="nowhere/worlds.sqlite")
    assert "the folder of nowhere/worlds.sqlite does not exist" in result.output
