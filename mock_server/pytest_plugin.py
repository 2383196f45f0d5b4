"""What pytest gets from the sandbox: fixtures, and a marker for the settings of one test.

pytest imports this module in every run of everybody who has the sandbox installed, so the sandbox
itself is imported by the first fixture that is used.
"""

import sys
from collections.abc import Generator, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from mock_server.testing.sandbox import Sandbox
    from mock_server.testing.server import MockServer
    from mock_server.testing.servers import MockServers
    from mock_server.testing.webhook_inbox import WebhookInbox

_MARKER = "sandbox"
_FAIL_UNDER = "--sandbox-coverage-fail-under"
# What the servers of this run, and of the workers of xdist, say of the calls they answered.
_EXERCISED = pytest.StashKey[list[dict[str, Any]]]()
_SENT = "mock_server"  # Under what a worker of xdist sends it.


def _keep_assertions_as_they_are() -> None:
    """Let Python import the sandbox's modules from its own cache.

    pytest compiles all modules of a distribution with a plugin anew, to explain their assertions.
    The sandbox has none, and where no cache can be written that takes seconds in every worker.
    """
    for finder in sys.meta_path:
        getattr(finder, "_must_rewrite", set()).discard("mock_server")


_keep_assertions_as_they_are()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a run demand how much of the vendors' operations its tests call."""
    parser.getgroup("mock_server", "the sandbox of Propexo and LeadPro").addoption(
        _FAIL_UNDER,
        type=float,
        metavar="PERCENT",
        help="fail the run if its tests call fewer of the vendors' operations",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker, so that --strict-markers takes it."""
    config.addinivalue_line(
        "markers",
        f"{_MARKER}(**settings): run the test on a server with other settings of mock-server,"
        " such as scenario, seed, start_at and strict.",
    )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Let a test that fails tell what happened in its world."""
    report = yield
    sandbox = getattr(item, "funcargs", {}).get("sandbox")
    # A conftest.py may have a fixture of that name for something else.
    if sandbox is not None and report.failed and hasattr(sandbox, "story"):
        report.sections.append(("What happened in the sandbox", _story(sandbox)))
    return report


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take over what a worker of xdist says at its end."""
    sent = getattr(node, "workeroutput", {}).get(_SENT, [])
    node.config.stash.setdefault(_EXERCISED, []).extend(sent)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Send on what a worker of xdist knows, or fail the run where too little was called."""
    known = _known(session.config)
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput[_SENT] = known
    elif exitstatus == pytest.ExitCode.OK and _lack(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say what the tests exercised, where any of them used the sandbox."""
    known = _known(config)
    lack = _lack(config)
    if not known and not lack:
        return
    from mock_server.testing.exercise import merged, summary

    terminalreporter.section("sandbox")
    for line in summary(merged(known)):
        terminalreporter.line(line)
    if lack:
        terminalreporter.line(lack, red=True)


def _known(config: pytest.Config) -> list[dict[str, Any]]:
    nothing: list[dict[str, Any]] = []
    return config.stash.get(_EXERCISED, nothing)


def _lack(config: pytest.Config) -> str:
    """Return that too few operations were called, nothing where there are enough."""
    least = config.getoption(_FAIL_UNDER)
    if least is None:
        return ""
    from mock_server.testing.exercise import merged, percent

    reached = percent(merged(_known(config))["coverage"])
    told = f"{_FAIL_UNDER}: {reached:.1f} % of the vendors' operations were called, not {least:g} %"
    return told if reached < least else ""


def _story(sandbox: "Sandbox") -> str:
    try:
        return sandbox.story()
    except Exception as error:  # noqa: BLE001 - the test's own failure matters more
        return f"It could not be told: {error!r}"


@pytest.fixture(scope="session")
def mock_server_settings() -> Mapping[str, Any]:
    """Return the settings of the run; override it in your conftest.py to change them."""
    return {}


@pytest.fixture(scope="session")
def _mock_servers(
    mock_server_settings: Mapping[str, Any], pytestconfig: pytest.Config
) -> "Iterator[MockServers]":
    from mock_server.testing.servers import MockServers

    made = MockServers(mock_server_settings)
    yield made
    try:
        pytestconfig.stash.setdefault(_EXERCISED, []).extend(made.exercised())
    finally:
        made.close()


@pytest.fixture(scope="session")
def mock_server(_mock_servers: "MockServers") -> "MockServer":
    """Return the server of the run; each xdist worker has one of its own."""
    return _mock_servers.having()


@pytest.fixture
def sandbox(request: pytest.FixtureRequest, _mock_servers: "MockServers") -> "Sandbox":
    """Return a world that is named after the test, as it was seeded."""
    from mock_server.testing.control import SandboxError
    from mock_server.testing.naming import world_name

    wanted = _settings_of(request.node)
    try:
        return _mock_servers.world(world_name(request.node.nodeid), wanted)
    except (ValueError, SandboxError) as error:
        pytest.fail(f"@pytest.mark.{_MARKER}: {error}", pytrace=False)


@pytest.fixture
def webhook_inbox(sandbox: "Sandbox") -> "Iterator[WebhookInbox]":
    """Return a receiver for the webhooks of the test's world."""
    from mock_server.testing.webhook_inbox import WebhookInbox

    made = WebhookInbox(sandbox.control)
    yield made
    made.close()


@pytest.fixture
def intercepted(sandbox: "Sandbox") -> "Iterator[Sandbox]":
    """Answer calls to the vendors' real hosts from the test's world, which it returns."""
    with sandbox.intercepted():
        yield sandbox


def _settings_of(item: pytest.Item) -> dict[str, Any]:
    """Return the settings that the markers of a test ask for; a nearer marker wins."""
    wanted: dict[str, Any] = {}
    for marker in reversed([*item.iter_markers(_MARKER)]):
        if marker.args:
            pytest.fail(f"@pytest.mark.{_MARKER} takes settings by name: seed=7", pytrace=False)
        wanted |= marker.kwargs
    return wanted
