"""Is a refusal told in one line, however much is wrong?"""

from mock_server.engine.reasons import reason_of
from mock_server.engine.refusals import Invalid, NotFound, broken


def test_a_sentence_stays_one() -> None:
    assert reason_of(NotFound("no lead has the id 'x'")) == "no lead has the id 'x'"


def test_the_first_problems_are_told_and_the_rest_counted() -> None:
    problems = [broken(f"f{number}", "is odd") for number in range(5)]
    assert reason_of(Invalid(problems[:2])) == "f0: is odd; f1: is odd"
    assert reason_of(Invalid(problems)) == "f0: is odd; f1: is odd; f2: is odd; and 2 more"
