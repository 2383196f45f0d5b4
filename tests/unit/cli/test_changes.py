"""Does the command say what became of the records of a world?"""

from collections.abc import Callable

from click.testing import Result

from mock_server import Sandbox

Run = Callable[..., Result]


def test_what_was_changed_is_told(run: Run, sandbox: Sandbox) -> None:
    sandbox.snapshot("before")
    sandbox.client().put("/v1/leads/lead-123456789", json={"last_name": "Okoro"})
    sandbox.settle()
    told = run("changes", "--since", "before").output
    assert "id             lead-123456789" in told
    assert '"after": "Okoro"' in told
    sandbox.snapshot("after")
    assert run("changes", "--since", "after").output == "none\n"
