"""Does any call at all, sensible or not, get an answer that the contract does not promise?"""

from collections.abc import Mapping

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from tests.contract.case import APIS
from tests.contract.fuzzed import Fuzzed

KEYS = [(api.name, key) for api in APIS for key in api.catalogue.operations]


@pytest.mark.parametrize(("name", "key"), KEYS, ids=[key for _, key in KEYS])
def test_every_answer_is_promised(name: str, key: str, fuzzed: Mapping[str, Fuzzed]) -> None:
    fuzzed[name].try_operation(key)


@pytest.mark.parametrize("name", [api.name for api in APIS])
def test_calls_that_follow_from_answers_are_answered_as_promised(
    name: str, fuzzed: Mapping[str, Fuzzed], examples: int
) -> None:
    as_set = settings(max_examples=examples, stateful_step_count=6)
    run_state_machine_as_test(fuzzed[name].machine(), settings=as_set)
