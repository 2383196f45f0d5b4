"""Is each rule of a condition told as a sentence?"""

from typing import Any

import pytest

from mock_server.contract.conditions import sentences


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        ({"required": ["a"], "when": "b"}, "`a` is required beside b"),
        ({"required": ["a", "b"], "unless": "c"}, "`a` and `b` are required without c"),
        ({"required": ["a"], "when": "b", "is": [True]}, "`a` is required when b is true"),
        ({"same_day": ["a", "b"]}, "`b` must be on the same day as `a`"),
        ({"in_order": ["a", "b"]}, "`a` must be before `b`"),
        (
            {"limits": {"a": [1, 7]}, "when": "b", "is": ["X", "Y"]},
            "`a` must be between 1 and 7 when b is X or Y",
        ),
    ],
)
def test_a_condition_is_a_sentence(condition: dict[str, Any], told: str) -> None:
    assert [*sentences(condition)] == [told]
