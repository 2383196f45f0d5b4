"""Does a command that is run beside a sandbox find it, and decide how the run ends?"""

import json
import sys

import pytest
from click.testing import CliRunner

from mock_server.cli import main
from mock_server.settings import load

PROGRAM = """
import os, sys, urllib.request
asked = urllib.request.Request(
    os.environ["PROPEXO_BASE_URL"] + "/leads/",
    headers={"Authorization": "Bearer " + os.environ["PROPEXO_TOKEN"]},
)
leads = urllib.request.urlopen(asked).status == 200
asked = urllib.request.Request(
    os.environ["LEADPRO_BASE_URL"] + "/offices",
    headers={"x-api-key": os.environ["LEADPRO_API_KEY"]},
)
sys.exit(7 if leads and urllib.request.urlopen(asked).status == 200 else 1)
"""


def test_the_command_finds_the_sandbox_and_its_exit_code_is_passed_on() -> None:
    words = ["exec", "--leads", "0", "--world", "ci-42", "--json", "--"]
    result = CliRunner().invoke(main, [*words, sys.executable, "-c", PROGRAM])
    assert result.exit_code == 7, result.output
    told = json.loads(result.output)
    assert told["MOCK_SERVER_TOKEN"] == "sandbox_ci-42"
    assert told["PROPEXO_BASE_URL"] == f"{told['MOCK_SERVER_URL']}/v1"
    assert load(told).port == 8080  # What is told to a client is no setting of a server.


@pytest.mark.parametrize(
    ("program", "code"),
    [("import os; os.kill(os.getpid(), 9)", 137), ("", 0)],
    ids=["killed", "ok"],
)
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals to be killed by.")
def test_a_command_ends_the_run_as_a_shell_would_say(
    program: str, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mock_server.testing.sandbox.MockServer", _NoServer)
    result = CliRunner().invoke(main, ["exec", "--", sys.executable, "-c", program])
    assert result.exit_code == code


def test_a_command_that_does_not_exist_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mock_server.testing.sandbox.MockServer", _NoServer)
    result = CliRunner().invoke(main, ["exec", "--", "no-such-command"])
    assert (result.exit_code, "no command 'no-such-command'" in result.output) == (127, True)


def test_a_world_or_setting_that_cannot_be_is_a_usage_error() -> None:
    for words in (["--world", "feature/a"], ["--leads", "-1"]):
        assert CliRunner().invoke(main, ["exec", *words, "--", "true"]).exit_code == 2


class _NoServer:
    """Stands in for a server where nobody calls it."""

    url = "http://127.0.0.1:1"

    def __init__(self, **settings: object) -> None:
        self.settings = load({}, **settings)

    def close(self) -> None:
        """Have nothing to close."""
