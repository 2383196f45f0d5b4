"""Is an expectation of calls judged rightly, and told well where it does not hold?"""

from typing import Any

import pytest

from mock_server.contract.json_text import write_json
from mock_server.engine.answered_calls import AnsweredCall
from mock_server.engine.verification import Expected, count, in_order
from tests.unit.engine.test_journal import Called
from tests.unit.engine.test_journal import sent as request_of

MAKE, LIST = "POST /things/", "GET /things/"


def sent(number: int, body: Any = None, **differing: Any) -> AnsweredCall:
    content = b"" if body is None else write_json(body).encode()
    usual = {"operation": MAKE, "request": request_of(content), "number": number}
    return Called(**{**usual, **differing})


CALLS = [
    sent(1, {"name": "Una", "tags": ["a", "b"], "home": {"town": "Bath", "zip": "1"}}),
    sent(2, {"name": "Una", "tags": ["a"]}, status=400),
    sent(3, operation=LIST),
    sent(4, {"name": "Dan"}),
]


@pytest.mark.parametrize(
    ("expected", "found"),
    [
        (Expected(), [1, 2, 3, 4]),
        (Expected(MAKE), [1, 2, 4]),
        (Expected(MAKE, 400), [2]),
        (Expected(body={"name": "Una"}), [1, 2]),
        (Expected(body={"home": {"town": "Bath"}}), [1]),
        (Expected(body={"tags": ["a"]}), [2]),
        (Expected(body={"name": None}), []),
    ],
)
def test_a_call_is_as_expected_where_each_part_is(expected: Expected, found: list[int]) -> None:
    assert [each.number for each in count(CALLS, expected, 0, None).found] == found


@pytest.mark.parametrize(
    ("least", "most", "holds"),
    [(1, None, True), (3, 3, True), (2, 2, False), (0, 2, False), (4, None, False), (0, 0, False)],
)
def test_a_number_of_calls_is_held_against_its_bounds(
    least: int, most: int | None, *, holds: bool
) -> None:
    assert count(CALLS, Expected(MAKE), least, most).holds is holds


def test_where_none_is_found_the_nearest_calls_are_told_with_what_differs() -> None:
    verdict = count(CALLS, Expected(MAKE, 200, {"name": "Dan", "age": 4}), 1, None)
    assert not verdict.holds
    assert verdict.message == "expected at least 1 call like this, found 0"
    assert [(each.number, why) for each, why in verdict.nearest] == [
        (4, ["body.age is missing, expected 4"]),
        (1, ['body.name is "Una", expected "Dan"', "body.age is missing, expected 4"]),
        (
            2,
            [
                "status is 400, not 200",
                'body.name is "Una", expected "Dan"',
                "body.age is missing, expected 4",
            ],
        ),
    ]


def test_too_many_calls_have_no_nearest_ones() -> None:
    verdict = count(CALLS, Expected(MAKE), 0, 0)
    assert verdict.message == "expected no call like this, found 3"
    assert not verdict.nearest


def test_steps_are_found_one_after_the_other() -> None:
    assert in_order(CALLS, [Expected(MAKE), Expected(LIST), Expected(MAKE)]).holds
    missed = in_order(CALLS, [Expected(MAKE), Expected(LIST), Expected(MAKE, 400)])
    assert not missed.holds
    assert missed.message == "step 3 of 3 was not found after call 3"
    assert [each.number for each, _ in missed.nearest] == [4, 1, 3]


def test_a_body_that_is_no_json_is_compared_as_text() -> None:
    calls = [Called(request=request_of(b"not json"))]
    assert count(calls, Expected(body="not json"), 1, None).holds
    assert not count(calls, Expected(body={"a": 1}), 1, None).holds


def test_a_truth_is_no_number() -> None:
    assert not count([sent(1, {"paid": True})], Expected(body={"paid": 1}), 1, None).holds
