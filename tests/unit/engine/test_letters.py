"""Which outcomes of an attempt count as a success?"""

import pytest

from mock_server.engine.letters import Letter, Outcome


@pytest.mark.parametrize("status", [200, 201, 204, 299])
def test_any_2xx_is_a_success(status: int) -> None:
    assert Outcome(status=status).is_success


@pytest.mark.parametrize("status", [None, 101, 199, 300, 304, 404, 500])
def test_nothing_else_is(status: int | None) -> None:
    assert not Outcome(status=status).is_success


def test_a_letter_is_signed_and_about_a_record_only_where_it_says_so() -> None:
    letter = Letter("toy", ("webhooks", "one"), "born", "http://localhost", "{}", "a test")
    assert (letter.secret, letter.record_id, dict(letter.headers)) == (None, None, {})
