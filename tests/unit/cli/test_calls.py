"""Does the command list the calls of a world, and go on with those that come?"""

import json
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import Result

from mock_server import Sandbox
from mock_server.cli.control import Control

Run = Callable[..., Result]


def test_calls_are_listed_one_in_a_line(run: Run, sandbox: Sandbox) -> None:
    client = sandbox.client()
    client.get("/v1/leads/?limit=1")
    client.get("/v1/leads/nobody")
    first, second = run("calls").output.splitlines()
    assert "200 GET /v1/leads/?limit=1  " in first
    assert "404 GET /v1/leads/nobody  " in second
    (told,) = run("calls", "--status", "404", "--json").output.splitlines()
    assert json.loads(told)["operation"] == "GET /v1/leads/{id}"


def test_whoever_follows_sees_each_call_once(
    run: Run, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, client = Control.ask, sandbox.client()
    paths = iter(["/v1/leads/one", None, "/v1/leads/two"])

    def ask_while_others_call(control: Control, method: str, path: str) -> Any:
        try:
            called = next(paths)
        except StopIteration:
            raise KeyboardInterrupt from None
        if called is not None:
            client.get(called)
        return asked(control, method, path.replace("wait=30", "wait=0"))

    monkeypatch.setattr(Control, "ask", ask_while_others_call)
    lines = run("calls", "--follow").output.splitlines()
    assert [line.split()[4] for line in lines] == ["/v1/leads/one", "/v1/leads/two"]
