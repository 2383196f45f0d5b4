"""Which results of an attempt count as a success?"""

import pytest

from mock_server.engine.messages import AttemptResult, Message


@pytest.mark.parametrize("status", [200, 201, 204, 299])
def test_any_2xx_is_a_success(status: int) -> None:
    assert AttemptResult(status=status).is_success


@pytest.mark.parametrize("status", [None, 101, 199, 300, 304, 404, 500])
def test_nothing_else_is(status: int | None) -> None:
    assert not AttemptResult(status=status).is_success


def test_a_message_is_signed_and_about_a_record_only_where_it_says_so() -> None:
    message = Message("toy", ("webhooks", "one"), "born", "http://localhost", "{}", "a test")
    assert (message.secret, message.record_id, dict(message.headers)) == (None, None, {})
