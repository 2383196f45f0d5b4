"""Do the Python programs of the pages run as they are copied from them?"""

import re
from pathlib import Path

import pytest
from platformdirs import user_cache_path

import mock_server.testing.webhook_inbox  # noqa: F401 - imported once, and not by every inner run

REPOSITORY = Path(__file__).parents[2]
PAGES = ["README.md", "docs/intercept.md", "docs/testing.md"]
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


def test_the_settings_of_the_page_are_settings(pytester: pytest.Pytester) -> None:
    conftests = [each for each in snippets("docs/testing.md") if each.startswith("# conftest.py")]
    assert conftests
    pytester.makeconftest(conftests[0])
    pytester.makepyfile(
        "from mock_server import Settings\n"
        "def test(mock_server_settings): Settings(**mock_server_settings)"
    )
    pytester.runpytest_inprocess("-p", "no:xdist").assert_outcomes(passed=1)
