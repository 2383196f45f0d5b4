"""Do the commands let calls go wrong, list the faults and remove them?"""

import json
from collections.abc import Callable

from click.testing import Result

from mock_server import Sandbox

Run = Callable[..., Result]


def test_faults_are_added_listed_and_cleared(run: Run, sandbox: Sandbox) -> None:
    words = ("status", "--operation", "GET /v1/leads", "--status", "503", "--times", "1")
    made = json.loads(run("fault", "add", *words, "--json").output)
    assert sandbox.client().get("/v1/leads/").status_code == 503
    assert made["id"] in run("fault", "list").output
    assert run("fault", "clear", made["id"]).output == "removed  1\n"
    assert run("fault", "list").output == "none\n"
    assert run("fault", "clear").output == "removed  0\n"


def test_an_effect_that_does_not_exist_is_told(run: Run) -> None:
    result = run("fault", "add", "latencies")
    assert (result.exit_code, "latency" in result.output) == (1, True), result.output
