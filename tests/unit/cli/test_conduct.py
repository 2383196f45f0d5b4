"""Do the commands say what the calls exercised, and which habits are doubtful?"""

import json
from collections.abc import Callable
from xml.etree import ElementTree as ET

import pytest
from click.testing import Result

from mock_server import Sandbox

Run = Callable[..., Result]


@pytest.fixture
def careless(sandbox: Sandbox) -> Sandbox:
    """Return a world in which a program sends the same mistake again."""
    for _ in range(3):
        sandbox.client().get("/v1/leads/?limit=1000")
    return sandbox


@pytest.mark.usefixtures("careless")
def test_the_coverage_is_told_and_can_be_demanded(run: Run) -> None:
    told = run("coverage")
    assert "operations" in told.output
    assert told.exit_code == 0
    lacking = run("coverage", "--fail-under", "99")
    assert "less than 99 %" in lacking.output
    assert lacking.exit_code == 1
    assert json.loads(run("coverage", "--json").output)["operations"]["seen"] >= 1


def test_the_findings_are_written_for_people_and_for_tools(run: Run, careless: Sandbox) -> None:
    told = run("findings")
    assert told.exit_code == 1
    assert f"world {careless.world}" in told.output
    found = json.loads(run("findings", "--format", "json").output)["results"]
    suite = ET.fromstring(run("findings", "--format", "junit").output)  # noqa: S314 - our own
    assert suite.get("failures") == str(len(found))
    assert {each.get("name") for each in suite} == {each["rule"] for each in found}
    sarif = json.loads(run("findings", "--format", "sarif").output)
    assert len(sarif["runs"][0]["results"]) == len(found)
