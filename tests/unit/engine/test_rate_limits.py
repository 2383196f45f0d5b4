"""Is each caller counted by the minute of its own clock?"""

from datetime import timedelta

from mock_server.engine.rate_limits import RateLimits
from tests.unit.toy import START


def test_a_count_goes_down_and_below_zero() -> None:
    limits = RateLimits(2)
    assert [limits.count("me", START) for _ in range(4)] == [1, 0, -1, -2]


def test_callers_are_counted_apart() -> None:
    limits = RateLimits(2)
    limits.count("me", START)
    assert limits.count("you", START) == 1


def test_the_count_starts_anew_when_the_minute_turns() -> None:
    limits = RateLimits(2)
    last_moment = START + timedelta(seconds=59, milliseconds=999)
    assert [limits.count("me", at) for at in (START, last_moment)] == [1, 0]
    assert limits.count("me", START + timedelta(minutes=1)) == 1


def test_a_caller_in_another_time_does_not_end_my_minute() -> None:
    limits = RateLimits(9)
    limits.count("me", START)
    limits.count("you", START + timedelta(days=1))
    assert limits.count("me", START) == 7


def test_replies_are_held_back_from_four_fifths_of_the_limit_on() -> None:
    limits = RateLimits(10)
    lefts = [limits.count("me", START) for _ in range(10)]
    assert [limits.delay_seconds(left) for left in lefts] == [0] * 7 + [2] * 3
