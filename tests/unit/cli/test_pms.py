"""Does the command let a lead go on at its PMS?"""

from collections.abc import Callable

from click.testing import Result

from mock_server import Sandbox

Run = Callable[..., Result]


def test_a_lead_goes_on_and_an_unknown_stage_is_told(run: Run, sandbox: Sandbox) -> None:
    done = run("pms", "advance", "intg-987654321", "lead-123456789", "applied")
    assert "stage           applied" in done.output
    refused = run("pms", "advance", "intg-987654321", "lead-123456789", "moved-in")
    assert refused.exit_code == 1
    assert "did you mean moved_in?" in refused.output
    assert sandbox.advance_lead("lead-123456789", "approved")["passed"] == ["approved"]
