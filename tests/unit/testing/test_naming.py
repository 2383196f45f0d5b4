"""Has every test a world of its own, whose name a reader recognizes?"""

import pytest

from mock_server import world_name
from mock_server.world.naming import world_of


@pytest.mark.parametrize(
    "node_id",
    ["tests/test_leads.py::TestLeads::test_one[a/b-é]", "test_a.py::test_" + "x" * 200, "::", ""],
)
def test_any_node_id_gives_the_name_of_a_world(node_id: str) -> None:
    name = world_name(node_id)
    assert world_of(f"sandbox_{name}") == name


def test_a_reader_recognizes_the_test() -> None:
    assert world_name("tests/test_leads.py::test_one[a b]").startswith("test-one-a-b-")


def test_tests_of_one_name_in_two_files_have_two_worlds() -> None:
    assert world_name("test_a.py::test_one") != world_name("test_b.py::test_one")
    assert world_name("test_a.py::test_one") == world_name("test_a.py::test_one")
