"""What does an exam say of receivers that answer late, wrongly, or not at all?"""

import socket
from collections.abc import Iterator

import pytest

from mock_server.examining.examination import Examination
from mock_server.examining.trials import TRIALS


@pytest.fixture
def silent() -> Iterator[str]:
    """Let callers in and never answer them."""
    with socket.create_server(("127.0.0.1", 0)) as line:
        yield f"http://127.0.0.1:{line.getsockname()[1]}/"


def test_a_receiver_that_is_too_slow_fails(silent: str) -> None:
    verdicts = [*Examination(silent, None, 0.05).verdicts(TRIALS[:1])]
    assert [each.passed for each in verdicts] == [False, False]
    assert verdicts[0].told == "no answer within 0.05 seconds; it has to be 2xx"
    assert verdicts[1].trial == "slow answer"


def test_a_receiver_that_is_not_there_fails() -> None:
    (first, _) = Examination("http://127.0.0.1:9/", None, 1).verdicts(TRIALS[:1])
    assert first.told == "nothing listens at http://127.0.0.1:9/; it has to be 2xx"
