"""Is a world brought back to its seeded state, and no other unless all are?"""

from dataclasses import replace
from typing import Any

import pytest

RESET, READ, ADVANCE = "POST /__admin/reset", "GET /__admin/clock", "POST /__admin/clock/advance"


@pytest.fixture
def another(sandbox: Any) -> Any:
    """Return a sandbox beside the test's own."""
    return replace(sandbox, name=f"{sandbox.name}too")


def hours(*desks: Any) -> list[str]:
    return [str(each.get(READ)["now"])[11:13] for each in desks]


def test_a_reset_brings_back_the_callers_world_alone(sandbox: Any, another: Any) -> None:
    for each in (sandbox, another):
        each.get(ADVANCE, {"by": "3h"})
    assert sandbox.get(RESET) == {"reset": [sandbox.name]}
    assert hours(sandbox, another) == ["09", "12"]


def test_a_reset_of_all_brings_back_every_world(sandbox: Any, another: Any) -> None:
    for each in (sandbox, another):
        each.get(ADVANCE, {"by": "3h"})
    assert {sandbox.name, another.name} <= {*sandbox.get(f"{RESET}?all=true")["reset"]}
    assert hours(sandbox, another) == ["09", "09"]


def test_a_word_that_is_no_truth_resets_nothing(sandbox: Any) -> None:
    sandbox.get(ADVANCE, {"by": "3h"})
    assert "all" in sandbox.refused(f"{RESET}?all=maybe")
    assert hours(sandbox) == ["12"]


def test_a_body_that_says_nothing_resets_the_callers_world(sandbox: Any) -> None:
    assert sandbox.get(RESET, {}) == {"reset": [sandbox.name]}


def test_a_body_that_says_something_resets_nothing(sandbox: Any) -> None:
    sandbox.get(ADVANCE, {"by": "3h"})
    assert sandbox.refused(RESET, {"all": True}) == "all is not a known field"
    assert hours(sandbox) == ["12"]
