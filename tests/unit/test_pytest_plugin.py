"""Does pytest find the fixtures, give each test its world, and pay nothing before their use?"""

import subprocess
import sys

import pytest
from platformdirs import user_cache_path

import mock_server.app
import mock_server.testing.webhook_inbox  # Imported once, and not by every inner run.

# The inner runs get a home of their own, in which they would have to seed everything anew.
CACHE = user_cache_path()

TESTS = """
import pytest

@pytest.fixture(scope="session")
def mock_server_settings():
    return {"leads": 0, "write_seconds": 0}

def freeze(sandbox):
    # A world that another test, or an earlier run of this one, has used would stand still.
    assert not sandbox.control.ask("GET", "/__admin/clock")["is_frozen"]
    sandbox.freeze()

def test_one(sandbox, mock_server):
    freeze(sandbox)
    assert sandbox.server is mock_server
    assert sandbox.server.settings.write_seconds == 0

@pytest.mark.parametrize("number", [1, 2])
def test_two(sandbox, number):
    freeze(sandbox)

@pytest.mark.sandbox(start_at="2026-03-01T09:00:00Z")
class TestMarked:
    @pytest.mark.sandbox(strict=True)
    def test_three(self, sandbox):
        assert (sandbox.now().year, sandbox.now().month) == (2026, 3)
        world = sandbox.control.ask("GET", f"/__admin/worlds/{sandbox.world}")
        assert world["settings"] == {"strict": True}
        assert sandbox.server.settings.write_seconds == 0
"""


@pytest.fixture(autouse=True)
def _cache(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(CACHE))


def test_each_test_has_its_world_and_its_settings(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(TESTS)
    pytester.runpytest_inprocess("--strict-markers", "-p", "no:xdist").assert_outcomes(passed=4)


def test_each_worker_of_xdist_has_its_server(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    # To import the plugins of all other packages takes longer than everything else here.
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    pytester.makeconftest(TESTS.partition("def freeze")[0])
    pytester.makepyfile(CALLING)
    plugins = ("-p", "xdist", "-p", "mock_server.pytest_plugin")
    result = pytester.runpytest_subprocess(*plugins, "-n", "2")
    result.assert_outcomes(passed=2)
    # Each worker has called one of them.
    result.stdout.fnmatch_lines(["Called or seen: 2 of * operations, 2 of *"])


@pytest.mark.parametrize(
    ("marker", "told"),
    [
        ("sandbox(seeds=7)", "*there is no setting 'seeds'; did you mean seed?*"),
        ("sandbox(7)", "*takes settings by name: seed=7*"),
    ],
)
def test_a_marker_that_cannot_be_kept_says_so(
    pytester: pytest.Pytester, marker: str, told: str
) -> None:
    pytester.makepyfile(f"import pytest\n@pytest.mark.{marker}\ndef test(sandbox): pass")
    result = pytester.runpytest_inprocess("-p", "no:xdist")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines([told])


def test_a_test_that_runs_again_finds_its_world_as_it_was_seeded(
    pytester: pytest.Pytester,
) -> None:
    again = """
        def pytest_collection_modifyitems(session, items):
            (item,) = items
            items.append(type(item).from_parent(item.parent, name=item.name))
    """
    pytester.makeconftest(again)
    pytester.makepyfile(TESTS.partition("@pytest.mark.parametrize")[0])
    pytester.runpytest_inprocess("-p", "no:xdist").assert_outcomes(passed=2)


def test_a_test_that_fails_tells_what_happened_in_its_world(pytester: pytest.Pytester) -> None:
    pytester.makeconftest(TESTS.partition("def freeze")[0])
    pytester.makepyfile("""
        def test_it_fails(sandbox):
            assert sandbox.client().get("/v1/leads/?limit=1000").status_code == 200
    """)
    result = pytester.runpytest_inprocess("-p", "no:xdist")
    result.stdout.fnmatch_lines(
        ["*- What happened in the sandbox -*", "World test-it-fails-*", "*GET /v1/leads/ -> 400*"]
    )


CALLING = """
def test_reads(sandbox):
    assert sandbox.client().get("/v1/leads/?limit=2").status_code == 200

def test_values(sandbox):
    sandbox.client().get("/api/v103/offices")
"""


def test_a_run_says_what_it_exercised_and_fails_where_that_is_too_little(
    pytester: pytest.Pytester,
) -> None:
    pytester.makeconftest(TESTS.partition("def freeze")[0])
    pytester.makepyfile(CALLING)
    least = "--sandbox-coverage-fail-under"
    result = pytester.runpytest_inprocess("-p", "no:xdist", least, "0.1")
    result.stdout.fnmatch_lines(["*= sandbox =*", "Called or seen: 2 of * operations, 2 of *"])
    assert result.ret == 0
    result = pytester.runpytest_inprocess("-p", "no:xdist", least, "90")
    result.stdout.fnmatch_lines(["*of the vendors' operations were called, not 90 %*"])
    assert result.ret == 1


def test_pytest_does_not_compile_the_sandbox_anew(pytestconfig: pytest.Config) -> None:
    assert pytestconfig.pluginmanager.has_plugin("mock_server")
    assert type(mock_server.app.__loader__).__module__ == "_frozen_importlib_external"


def test_the_plugin_imports_nothing_heavy_before_a_fixture_is_used() -> None:
    found = (
        "sorted({'flask', 'werkzeug', 'yaml', 'mock_server.app', 'sqlalchemy'} & {*sys.modules})"
    )
    script = f"import sys, mock_server.pytest_plugin; sys.exit(str({found}))"
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)  # noqa: S603 - our own
    assert ended.stderr.decode().strip() == "[]"
