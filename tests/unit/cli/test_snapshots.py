"""Do the commands keep the state of a world, bring it back and forget it?"""

from collections.abc import Callable

from click.testing import Result

from mock_server import Sandbox

Run = Callable[..., Result]


def test_a_snapshot_is_taken_restored_and_removed(run: Run, sandbox: Sandbox) -> None:
    run("clock", "freeze")
    before = sandbox.now()
    assert "name   prepared" in run("snapshot", "take", "prepared").output
    assert "prepared" in run("snapshot", "list").output
    sandbox.advance("1h")
    assert run("snapshot", "restore", "prepared").exit_code == 0
    assert sandbox.now() == before
    assert run("snapshot", "remove", "prepared").exit_code == 0
    assert run("snapshot", "list").output == "none\n"
