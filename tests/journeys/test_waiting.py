"""Is a sandbox there for everybody while many of its callers wait for something?"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.journeys.bodies import LEAD
from tests.journeys.hooks import Receiver

# As many as the workers of a large test suite.
CALLERS = 12


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()
    yield made
    made.close()


def test_a_receiver_calls_the_sandbox_while_many_wait_for_their_deliveries(
    serve: Callable[..., Any], connect: Callable[[str], Any], receiver: Receiver
) -> None:
    site = connect(serve("--leadpro-webhooks", receiver.url).url)
    asked: list[int] = []

    def ask() -> None:
        asked.append(site.propexo("receiver")("GET", "/v1/leads/?limit=1").status)

    def move_a_clock(number: int) -> bool:
        mine = site.leadpro(f"caller-{number}")
        mine.ok("POST", "/__admin/clock", {"freeze": True})
        mine.ok("POST", "/api/v103/leads", LEAD)
        return bool(mine.ok("POST", "/__admin/clock/advance", {"until": "idle"})["is_idle"])

    receiver.before_answering = ask
    with ThreadPoolExecutor(CALLERS) as callers:
        assert all(callers.map(move_a_clock, range(CALLERS)))
    assert asked == [200] * CALLERS
    assert len(receiver.take()) == CALLERS
