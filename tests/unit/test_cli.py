"""Does the command know every setting, say what went wrong, and hand the rest on?"""

import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from mock_server import __version__, serving, settings
from mock_server.cli import main
from mock_server.receiving import listening
from mock_server.receiving.reception import Reception
from mock_server.settings import Settings

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    asked: list[Any] = []
    monkeypatch.setattr(serving, "serve", lambda found, **told: asked.append((found, told)))
    return asked


@pytest.fixture
def received(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    asked: list[Any] = []
    monkeypatch.setattr(listening, "listen", lambda *found, **told: asked.append((found, told)))
    return asked


def run(*words: str, **environment: str) -> Result:
    return CliRunner().invoke(main, words, env=environment)


@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_help_names_every_command(flag: str) -> None:
    said = run(flag).output
    assert all(name in said for name in main.commands)


@pytest.mark.parametrize("setting", fields(Settings), ids=lambda each: each.name)
def test_help_tells_every_setting_its_variable_and_its_default(setting: Any) -> None:
    said = " ".join(run("serve", "--help").output.split())
    default = "none" if setting.default is None else setting.default
    assert f"--{setting.name.replace('_', '-')} " in said
    assert setting.metadata["help"] in said
    assert f"[{settings.variable(setting.name)}; default: {default}]" in said


def test_every_truth_can_be_denied() -> None:
    said = run("serve", "--help").output
    truths = [each.name for each in fields(Settings) if isinstance(each.default, bool)]
    assert truths
    assert all(f"/ --no-{name.replace('_', '-')}" in said for name in truths)


def test_the_version_is_the_packages() -> None:
    result = run("--version")
    assert result.exit_code == 0
    assert result.output.strip().endswith(__version__)


def test_an_unknown_command_or_option_is_a_usage_error() -> None:
    assert run("swerve").exit_code == 2
    assert "No such option" in run("serve", "--prot", "1").output


def test_what_is_said_becomes_the_settings(served: list[Any]) -> None:
    words = ("--port", "0", "--strict", "--no-access-log", "--db", "a.sqlite", "--json")
    assert run("serve", *words).exit_code == 0
    expected = Settings(port=0, strict=True, access_log=False, db="a.sqlite")
    assert served == [(expected, {"as_json": True})]


def test_the_environment_speaks_where_the_command_says_nothing(served: list[Any]) -> None:
    environment = {"MOCK_SERVER_PORT": "9000", "MOCK_SERVER_STRICT": "1"}
    assert run("serve", "--no-strict", **environment).exit_code == 0
    assert served == [(Settings(port=9000), {"as_json": False})]


@pytest.mark.parametrize(
    ("words", "environment", "told"),
    [
        (("--port", "99999"), {}, "port must be at most 65535, not 99999"),
        ((), {"MOCK_SERVER_PROT": "1"}, "did you mean MOCK_SERVER_PORT?"),
        ((), {"MOCK_SERVER_LEADS": "many"}, "MOCK_SERVER_LEADS='many' is not a whole number"),
    ],
)
def test_a_setting_that_cannot_be_used_is_told_and_nothing_is_served(
    served: list[Any], words: tuple[str, ...], environment: dict[str, str], told: str
) -> None:
    result = run("serve", *words, **environment)
    assert (result.exit_code, served) == (2, [])
    assert told in result.output


def test_listening_takes_loopback_and_checks_nothing_unless_told(received: list[Any]) -> None:
    assert run("listen").exit_code == 0
    assert received == [((Reception(), "127.0.0.1", 8090), {"as_json": False})]


def test_what_is_said_becomes_the_reception(received: list[Any]) -> None:
    words = ("--host", "::1", "--port", "0", "--secret", "one", "--secret", "two", "--json")
    wishes = ("--fail", "2", "--status", "503", "--forward-to", "http://localhost:3000/")
    assert run("listen", *words, *wishes).exit_code == 0
    reception = Reception(("one", "two"), 2, 503, "http://localhost:3000/")
    assert received == [((reception, "::1", 0), {"as_json": True})]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--port", "99999"), "99999 is not in the range 0<=x<=65535"),
        (("--port", "web"), "'web' is not a valid integer"),
        (("--status", "200"), "200 is not in the range 300<=x<=599"),
        (("--fail", "-1"), "-1 is not in the range x>=0"),
        (("--forward-to", "localhost:3000"), "an address such as http://127.0.0.1:3000/hooks"),
        (("--secret", ""), "a secret is empty; leave it out to check no signatures"),
    ],
)
def test_what_a_receiver_cannot_do_is_told_and_nothing_is_received(
    received: list[Any], words: tuple[str, ...], told: str
) -> None:
    result = run("listen", *words)
    assert (result.exit_code, received) == (2, [])
    assert told in " ".join(result.output.split())


def test_every_option_of_the_receiver_is_explained_on_the_page_of_webhooks() -> None:
    page = (REPOSITORY / "docs" / "webhooks.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"^\| `(--[a-z-]+)` \|", page, re.MULTILINE))
    assert explained == {each.opts[0] for each in main.commands["listen"].params}


def test_the_generated_pages_are_written_and_then_fresh(tmp_path: Path) -> None:
    assert run("pages", str(tmp_path), "--check").exit_code == 1
    assert run("pages", str(tmp_path)).exit_code == 0
    operations = (tmp_path / "operations.md").read_text(encoding="utf-8")
    assert "| `POST /v1/leads/` |" in operations
    assert "## POST /v1/leads/" in (tmp_path / "pms-fields.md").read_text(encoding="utf-8")
    assert run("pages", str(tmp_path), "--check").exit_code == 0


def test_a_page_that_is_out_of_date_is_told_and_left_alone(tmp_path: Path) -> None:
    page = tmp_path / "operations.md"
    page.write_text("old", encoding="utf-8")
    result = run("pages", str(tmp_path), "--check")
    assert (result.exit_code, page.read_text(encoding="utf-8")) == (1, "old")
    assert "operations.md is out of date: run make docs" in result.output


def test_a_page_that_cannot_be_written_is_a_readable_complaint(tmp_path: Path) -> None:
    nowhere = run("pages", str(tmp_path / "nowhere"))
    assert nowhere.exit_code == 1
    assert "cannot be written: No such file or directory" in nowhere.output


def test_the_documentation_is_found_and_printed() -> None:
    listed = run("docs").output
    assert str(REPOSITORY / "docs" / "testing.md") in listed
    assert "http://127.0.0.1:8080/docs" in listed
    page = (REPOSITORY / "docs" / "testing.md").read_text(encoding="utf-8")
    assert run("docs", "testing").output == page
    unknown = run("docs", "webhookz")
    assert (unknown.exit_code, "webhooks" in unknown.output) == (1, True)


def test_the_reference_is_opened_in_a_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("click.launch", opened.append)
    assert run("docs", "--open", "--url", "http://127.0.0.1:9000/").exit_code == 0
    assert opened == ["http://127.0.0.1:9000/docs"]
