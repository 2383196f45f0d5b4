"""Are the operations found that somebody looks for?"""

import json

import pytest
from click.testing import CliRunner

from mock_server.cli import main


@pytest.mark.parametrize("pattern", ["valuation", "POST /api/v103/*/VALUATION"])
def test_an_operation_is_found_by_a_part_or_a_pattern(pattern: str) -> None:
    lines = CliRunner().invoke(main, ["operations", pattern]).output.splitlines()
    assert any(line.startswith("POST /api/v103/leads/valuation  ") for line in lines)


def test_the_operations_of_a_pms_are_found_by_its_name() -> None:
    output = CliRunner().invoke(main, ["operations", "elisEAI", "--json"]).output
    assert {json.loads(line)["vendor"] for line in output.splitlines()} == {"ELISEAI"}


def test_a_pattern_that_matches_nothing_says_so() -> None:
    result = CliRunner().invoke(main, ["operations", "no such thing"])
    assert (result.exit_code, "no operation matches 'no such thing'" in result.output) == (1, True)
