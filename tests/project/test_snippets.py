"""Do the programs and commands of the pages run as they are copied from them?"""

import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from platformdirs import user_cache_path

from mock_server import Sandbox
from mock_server.cli import main
from mock_server.testing.webhook_inbox import WebhookInbox

REPOSITORY = Path(__file__).parents[2]
PAGES = ["README.md", "docs/faults.md", "docs/intercept.md", "docs/testing.md"]
# The inner runs get a home of their own, in which they would have to seed everything anew.
CACHE = user_cache_path()


def snippets(page: str) -> list[str]:
    """Return the Python programs of a page."""
    text = (REPOSITORY / page).read_text(encoding="utf-8")
    return re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def as_test(program: str) -> str:
    """Return a program that holds no test as the body of one."""
    if re.search(r"^(?:def|class) \w", program, re.MULTILINE):
        return program
    lines = "".join(f"    {line}\n" for line in program.splitlines())
    return f"def test_it_runs():\n{lines}"


@pytest.mark.parametrize("page", PAGES)
def test_every_program_of_the_page_runs(
    page: str, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(CACHE))
    found = snippets(page)
    for number, program in enumerate(found):
        if not program.startswith("# conftest.py"):
            pytester.makepyfile(**{f"test_program_{number}": as_test(program)})
    result = pytester.runpytest_inprocess("-p", "no:xdist", "-W", "error")
    result.assert_outcomes(passed=len([*pytester.path.glob("test_program_*.py")]))


def test_the_scenario_of_the_page_works(pytester: pytest.Pytester) -> None:
    text = (REPOSITORY / "docs" / "scenarios.md").read_text(encoding="utf-8")
    files = re.findall(r"^```yaml\n# (scenarios/\S+)\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    assert len(files) == 2
    for name, content in files:
        (pytester.path / name).parent.mkdir(parents=True, exist_ok=True)
        (pytester.path / name).write_text(content, encoding="utf-8")
    conftest, *programs = sorted(snippets("docs/scenarios.md"), key=lambda each: each[0] != "#")
    pytester.makeconftest(conftest)
    pytester.makepyfile(**{f"test_{each}": program for each, program in enumerate(programs)})
    pytester.runpytest_inprocess("-p", "no:xdist").assert_outcomes(passed=2)


def test_the_settings_of_the_page_are_settings(pytester: pytest.Pytester) -> None:
    conftests = [each for each in snippets("docs/testing.md") if each.startswith("# conftest.py")]
    assert conftests
    pytester.makeconftest(conftests[0])
    pytester.makepyfile(
        "from mock_server import Settings\n"
        "def test(mock_server_settings): Settings(**mock_server_settings)"
    )
    pytester.runpytest_inprocess("-p", "no:xdist").assert_outcomes(passed=1)


# They run until they are stopped, run a program of the reader's, or need a receiver of theirs.
NOT_RUN = {"exec", "exam", "listen", "serve", "doctor"}


def commands(page: str) -> list[str]:
    """Return the lines of a page that run our command."""
    text = (REPOSITORY / page).read_text(encoding="utf-8")
    return re.findall(r"^(?:      - run: )?mock-server (.+)$", text, re.MULTILINE)


@pytest.mark.parametrize("page", ["docs/cli.md", "docs/other-languages.md", "docs/scenarios.md"])
def test_every_command_of_the_page_runs(
    page: str, sandbox: Sandbox, webhook_inbox: WebhookInbox
) -> None:
    webhook_inbox.subscribe("DATA_NEW")  # Where nobody has subscribed, no event is sent.
    told = {"MOCK_SERVER_URL": sandbox.url, "MOCK_SERVER_TOKEN": sandbox.token}
    for line in commands(page):
        words = shlex.split(line)
        # With --help a command is read, but not run.
        options = ["--help"] if words[0] in NOT_RUN else []
        result = CliRunner().invoke(main, [words[0], *options, *words[1:]], env=told)
        assert result.exit_code == 0, (line, result.output)


@pytest.mark.parametrize("name", main.commands)
def test_the_page_tells_of_every_command(name: str) -> None:
    page = (REPOSITORY / "docs" / "cli.md").read_text(encoding="utf-8")
    assert re.search(rf"^\| `{name}\b", page, re.MULTILINE)


@pytest.mark.skipif(shutil.which("node") is None, reason="There is no node here.")
def test_the_program_for_node_runs(sandbox: Sandbox, tmp_path: Path) -> None:
    page = (REPOSITORY / "docs" / "other-languages.md").read_text(encoding="utf-8")
    (program,) = re.findall(r"^```js\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    (tmp_path / "leads.test.mjs").write_text(program, encoding="utf-8")
    inherited = {**os.environ, "MOCK_SERVER_URL": sandbox.url}  # noqa: TID251 - A child needs it all.
    command = ["node", "--test", str(tmp_path / "leads.test.mjs")]
    ended = subprocess.run(command, env=inherited, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout
    assert "# pass 3" in ended.stdout


def test_the_workflows_of_the_page_can_be_read() -> None:
    page = (REPOSITORY / "docs" / "other-languages.md").read_text(encoding="utf-8")
    found = re.findall(r"^```yaml\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    assert [len(yaml.safe_load(each)["jobs"]["test"]["steps"]) for each in found] == [6, 3]
