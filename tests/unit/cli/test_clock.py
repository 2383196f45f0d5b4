"""Do the commands read, stop and move the clock of the world that was named?"""

import json
from collections.abc import Callable
from datetime import timedelta

from click.testing import Result

from mock_server import Sandbox
from mock_server.world.clock import iso

Run = Callable[..., Result]


def test_the_clock_is_frozen_moved_and_let_go(run: Run, sandbox: Sandbox) -> None:
    assert run("clock", "freeze").exit_code == 0
    before = sandbox.now()
    told = json.loads(run("clock", "advance", "12h", "--json").output)
    assert (told["world"], told["is_frozen"]) == (sandbox.world, True)
    assert sandbox.now() == before + timedelta(hours=12)
    assert "is_frozen  false" in run("clock", "flow").output


def test_the_clock_goes_to_an_instant_or_until_idle(run: Run, sandbox: Sandbox) -> None:
    instant = iso(sandbox.now() + timedelta(hours=1))
    assert instant[:20] in run("clock", "freeze", instant).output
    later = iso(sandbox.now() + timedelta(minutes=1))
    assert later in run("clock", "advance", later).output
    assert "is_idle    true" in run("clock", "advance", "idle").output


def test_what_the_server_refuses_is_told_in_its_words(run: Run) -> None:
    result = run("clock", "advance", "soon")
    assert (result.exit_code, result.output) == (1, "Error: by must be like 1h30m\n")
