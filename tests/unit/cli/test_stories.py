"""Do the commands list the stories and play one, in one go and step by step?"""

import json
from collections.abc import Callable

from click.testing import CliRunner, Result

from mock_server import Sandbox
from mock_server.cli import main

Run = Callable[..., Result]


def test_stories_are_listed(run: Run) -> None:
    assert "lead-to-lease" in run("story", "list").output


def test_a_story_is_played_to_its_end_as_json_lines(run: Run) -> None:
    lines = run("story", "play", "mid-lease-transfer", "--json").output.splitlines()
    assert [json.loads(each)["number"] for each in lines] == [1, 2, 3, 4, 5]


def test_a_story_goes_on_and_back_as_keys_say(sandbox: Sandbox) -> None:
    told = {"MOCK_SERVER_URL": sandbox.url, "MOCK_SERVER_TOKEN": sandbox.token}
    words = ["story", "play", "mid-lease-transfer", "--step"]
    output = CliRunner().invoke(main, words, env=told, input="\n\nb\nq\n").output
    assert output.count("1/5 A resident asks") == 2
    assert output.count("2/5 A free unit is found") == 1
    assert "sees in Rent Manager: Unit: 1" in output
