"""Do the commands order how writes end, list the orders and remove them?"""

import json
from collections.abc import Callable

from click.testing import Result

Run = Callable[..., Result]


def test_orders_are_added_listed_and_cleared(run: Run) -> None:
    given = ("--times", "2", "--operation", "POST /v1/leads", "--error", "no", "--error", "never")
    made = json.loads(run("outcome", "add", "failure", *given, "--json").output)
    assert (made["operation"], made["errors"]) == ("POST /v1/leads/", ["no", "never"])
    assert f"id              {made['id']}" in run("outcome", "list").output
    assert run("outcome", "clear", made["id"]).exit_code == 0
    assert run("outcome", "list").output == "none\n"
    assert run("outcome", "clear").output == "removed  0\n"
