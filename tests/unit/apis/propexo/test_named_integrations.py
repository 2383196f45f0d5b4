"""Is an integration found by its path or body, and the nearest one told where there is none?"""

from typing import Any

import pytest

from mock_server.apis.propexo import named_integrations as integrations
from mock_server.engine.refusals import Invalid, NotFound

ENTRATA, WRONG = "intg-987654321", "intg-98765432"
ADVICE = f"there is no integration '{WRONG}'; did you mean {ENTRATA}?"


def test_an_integration_is_found_whoever_names_it(sandbox: Any) -> None:
    with sandbox.world() as world:
        for find in (integrations.of_path, integrations.of_body):
            assert find({"integration_id": ENTRATA}, world)["vendor"] == "ENTRATA"


def test_one_of_a_path_that_is_not_there_is_not_found(sandbox: Any) -> None:
    with sandbox.world() as world, pytest.raises(NotFound) as missed:
        integrations.of_path({"integration_id": WRONG}, world)
    assert missed.value.message == ADVICE


def test_one_of_a_body_that_is_not_there_is_a_problem_of_its_field(sandbox: Any) -> None:
    with sandbox.world() as world, pytest.raises(Invalid) as refused:
        integrations.of_body({"integration_id": WRONG}, world)
    (problem,) = refused.value.problems
    assert (problem.path, problem.advice) == (("integration_id",), ADVICE)


def test_who_names_a_vendor_is_told_the_ids_of_its_integrations(sandbox: Any) -> None:
    with sandbox.world() as world, pytest.raises(NotFound) as missed:
        integrations.of_path({"integration_id": "Entrata"}, world)
    assert missed.value.message.startswith("an integration is named by its id; ENTRATA has ")
    assert ENTRATA in missed.value.message
