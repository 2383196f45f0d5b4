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
