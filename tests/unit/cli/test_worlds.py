"""Does the command reset the world that was named, and no other?"""

from collections.abc import Callable

from click.testing import Result

from mock_server import Sandbox

Run = Callable[..., Result]


def test_only_the_world_that_was_named_is_reset(run: Run, sandbox: Sandbox) -> None:
    other = Sandbox(f"{sandbox.world[:50]}-other", server=sandbox.server)
    for each in (sandbox, other):
        each.freeze()
    assert run("reset", "--world", other.world).output == f'reset  ["{other.world}"]\n'
    assert not other.control.ask("GET", "/__admin/clock")["is_frozen"]
    assert sandbox.control.ask("GET", "/__admin/clock")["is_frozen"]


def test_a_world_is_made_listed_copied_and_removed(run: Run, sandbox: Sandbox) -> None:
    name = f"{sandbox.world[:50]}-made"
    assert "is_frozen  true" in run("worlds", "make", name, "--seed", "7", "--freeze").output
    assert f"name       {name}" in run("worlds", "list").output
    assert run("worlds", "make", f"{name}-copy", "--from", name).exit_code == 0
    assert run("worlds", "remove", name).output == "removed  1\n"
    assert "there is no world" in run("worlds", "remove", name).output
