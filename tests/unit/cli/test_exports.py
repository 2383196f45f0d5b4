"""Do the commands write a world into a file, and make one of it?"""

from collections.abc import Callable
from pathlib import Path

from click.testing import Result

from mock_server import Sandbox

Run = Callable[..., Result]


def test_a_world_is_written_and_read(run: Run, sandbox: Sandbox, tmp_path: Path) -> None:
    file = tmp_path / "me.jsonl"
    sandbox.client().put("/v1/leads/lead-123456789", json={"last_name": "Okoro"})
    assert run("export", str(file)).output == ""
    assert run("export").output.count("\n") == file.read_text(encoding="utf-8").count("\n")
    copy = f"{sandbox.world[:50]}-again"
    assert copy in run("import", str(file), "--name", copy).output
    refused = run("import", str(file))
    assert "has been written to" in refused.output
    assert run("export", str(tmp_path / "no" / "file")).exit_code == 1


def test_scenarios_are_listed(run: Run) -> None:
    assert "busy-agency" in run("scenarios").output
