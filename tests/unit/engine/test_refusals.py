"""Does each refusal carry its status, its sentence and its problems?"""

import pytest

from mock_server.contract.problems import Problem
from mock_server.engine import refusals
from mock_server.engine.refusals import Invalid, Refusal, WrongMethod, broken


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("Unauthenticated", 401),
        ("NotFound", 404),
        ("WrongMethod", 405),
        ("TooLarge", 413),
        ("TooMany", 429),
        ("Malformed", 400),
        ("Unexpected", 500),
    ],
)
def test_a_refusal_has_its_status(name: str, status: int) -> None:
    refusal: Refusal = getattr(refusals, name)("because")
    assert (refusal.status, refusal.message, refusal.problems) == (status, "because", ())


def test_an_invalid_call_is_told_every_problem() -> None:
    problems = [Problem("required", path=("a",)), Problem("unknown", path=("b",))]
    refusal = Invalid(iter(problems))
    assert (refusal.status, refusal.problems) == (400, tuple(problems))


def test_a_wrong_method_knows_the_right_ones() -> None:
    assert WrongMethod("no", ["GET", "PUT"]).allowed == ("GET", "PUT")


@pytest.mark.parametrize("path", ["start", ("start",)])
def test_a_rule_that_no_schema_can_say_is_told_in_words(path: str | tuple[str]) -> None:
    expected = Problem("condition", path=("start",), received=1, advice="must come first")
    assert broken(path, "must come first", 1) == expected
