"""Are the calls of each world counted by the minute of its own clock?"""

from datetime import timedelta
from typing import Any

from mock_server.engine.rate_limits import RateLimits
from tests.unit.toy import START, Toy


def test_a_count_goes_down_and_below_zero() -> None:
    limits, mine = RateLimits("toy", 2), dict[str, Any]()
    assert [limits.count(mine, START) for _ in range(4)] == [1, 0, -1, -2]


def test_worlds_and_apis_are_counted_apart() -> None:
    limits, mine = RateLimits("toy", 2), dict[str, Any]()
    limits.count(mine, START)
    assert limits.count({}, START) == 1
    assert RateLimits("other", 2).count(mine, START) == 1


def test_the_count_starts_anew_when_the_minute_turns() -> None:
    limits, mine = RateLimits("toy", 2), dict[str, Any]()
    last_moment = START + timedelta(seconds=59, milliseconds=999)
    assert [limits.count(mine, at) for at in (START, last_moment)] == [1, 0]
    assert limits.count(mine, START + timedelta(minutes=1)) == 1


def test_replies_are_held_back_from_four_fifths_of_the_limit_on() -> None:
    limits, mine = RateLimits("toy", 10), dict[str, Any]()
    lefts = [limits.count(mine, START) for _ in range(10)]
    assert [limits.delay_seconds(left) for left in lefts] == [0] * 7 + [2] * 3


def test_refused_calls_count_until_the_world_is_reset(make_toy: Any) -> None:
    toy: Toy = make_toy(settings={"strict": True, "rate_limit": 1}, limit_headers=("limit", "left"))
    statuses = [toy.ask("GET /v1/pets/")[0] for _ in range(3)]
    assert statuses == [200, 429, 429]
    toy.worlds.reset("toy")
    assert toy.ask("GET /v1/pets/")[0] == 200
