"""Do the stores of the same resources share their layout, and no others?"""

from dataclasses import replace

from mock_server.world import layout
from mock_server.world.sqlite import sql
from tests.unit.world.conftest import PETS, TOYS


def test_the_same_resources_are_laid_out_once() -> None:
    resources = {"pets": PETS, "toys": TOYS}
    assert layout.layout_of(resources, sql) is layout.layout_of({**resources}, sql)


def test_other_resources_under_the_same_names_have_a_layout_of_their_own() -> None:
    plain = layout.layout_of({"pets": PETS}, sql)
    more = replace(PETS, private={**PETS.private, "shelter": "string"})
    other = layout.layout_of({"pets": more}, sql)
    assert (other is plain, other.records["pets"].resource) == (False, more)


def test_few_layouts_are_remembered() -> None:
    first = layout.layout_of({"pets": PETS}, sql)
    for _ in range(layout._FEW):
        layout.layout_of({"toys": replace(TOYS)}, sql)
    assert layout.layout_of({"pets": PETS}, sql) is not first
    assert len(layout._known) == layout._FEW
