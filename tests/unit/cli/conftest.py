"""How the commands are run here: in this process, against the world of the test."""

from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from mock_server import Sandbox
from mock_server.cli import main

Run = Callable[..., Result]


@pytest.fixture
def run(sandbox: Sandbox) -> Run:
    """Run a command in the world of the test, as a terminal does that `exec` has started."""
    told = {"MOCK_SERVER_URL": sandbox.url, "MOCK_SERVER_TOKEN": sandbox.token}
    return lambda *words: CliRunner().invoke(main, words, env=told)
