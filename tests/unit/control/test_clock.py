"""Can a caller hold a world's clock, let it go, and move it past what is due?"""

from dataclasses import replace
from typing import Any

import pytest

READ, SET, ADVANCE = "GET /__admin/clock", "POST /__admin/clock", "POST /__admin/clock/advance"
DAY = "2026-03-01T"


def at(sandbox: Any) -> str:
    return str(sandbox.get(READ)["now"]).removeprefix(DAY)[:8]


def test_the_clock_tells_the_time_and_what_is_next(sandbox: Any) -> None:
    assert sandbox.get(READ) == {
        "world": sandbox.name,
        "now": f"{DAY}09:00:00.000Z",
        "is_frozen": False,
        # Twelve hours after the last run of the schedule whose turn is first.
        "next_due": f"{DAY}10:07:15.921Z",
        "is_idle": True,
    }


def test_a_frozen_clock_stands_still_until_it_flows(sandbox: Any) -> None:
    assert sandbox.get(SET, {"freeze": True})["is_frozen"]
    sandbox.machine.advance(minutes=5)
    assert at(sandbox) == "09:00:00"
    assert not sandbox.get(SET, {"flow": True})["is_frozen"]
    sandbox.machine.advance(minutes=5)
    assert at(sandbox) == "09:05:00"


def test_the_clock_can_be_frozen_at_a_later_instant(sandbox: Any) -> None:
    found = sandbox.get(SET, {"freeze": f"{DAY}22:00:00+01:00"})
    assert (found["now"], found["is_frozen"]) == (f"{DAY}21:00:00.000Z", True)


@pytest.mark.parametrize(
    ("order", "then"),
    [
        ({"by": "15m"}, "09:15:00"),
        ({"by": "0s"}, "09:00:00"),
        ({"to": f"{DAY}10:30:00Z"}, "10:30:00"),
        ({"until": "idle"}, "09:00:00"),
    ],
)
def test_the_clock_is_moved_forward(sandbox: Any, order: dict[str, str], then: str) -> None:
    sandbox.get(SET, {"freeze": True})
    assert sandbox.get(ADVANCE, order)["now"] == f"{DAY}{then}.000Z"


def test_other_worlds_keep_their_own_time(sandbox: Any) -> None:
    another = replace(sandbox, name=f"{sandbox.name}too")
    sandbox.get(ADVANCE, {"by": "3h"})
    assert (at(sandbox), at(another)) == ("12:00:00", "09:00:00")


@pytest.mark.parametrize(
    ("key", "order", "advice"),
    [
        (SET, {}, "freeze: give one of freeze and flow"),
        (SET, {"freeze": True, "flow": True}, "freeze: give one of freeze and flow"),
        (SET, {"flow": False}, "flow must be true"),
        (SET, {"freeze": "now"}, "freeze must be true or an instant such as 2026-12-24T09:00:00Z"),
        (SET, {"freeze": "2026-02-01T00:00:00Z"}, "the clock only goes forward"),
        (ADVANCE, {}, "by: give one of by, to and until"),
        (ADVANCE, {"by": "1m", "until": "idle"}, "by: give one of by, to and until"),
        (ADVANCE, {"by": "soon"}, "by must be like 1h30m"),
        (ADVANCE, {"to": "2026-02-01T00:00:00Z"}, "to: the clock only goes forward"),
        (ADVANCE, {"by": "999999w"}, "by: the clock goes a year forward at most"),
        (ADVANCE, {"by": "999999w" * 9}, "by: the clock goes a year forward at most"),
        (ADVANCE, {"by": "367d"}, "by: the clock goes a year forward at most"),
        (ADVANCE, {"to": "2031-02-01T00:00:00Z"}, "to: the clock goes a year forward at most"),
        (SET, {"freeze": "2031-02-01T00:00:00Z"}, "freeze: the clock goes a year forward"),
        (ADVANCE, {"until": "idle", "most": "400d"}, "most: must be a year at most"),
        (ADVANCE, {"by": "1m", "most": "2m"}, "most: can only be sent together with until"),
        (ADVANCE, {"bye": "1m"}, "bye is not a known field"),
    ],
)
def test_an_order_that_makes_no_sense_is_refused(
    sandbox: Any, key: str, order: dict[str, Any], advice: str
) -> None:
    assert advice in sandbox.refused(key, order)
    assert at(sandbox) == "09:00:00"
    assert not sandbox.get(READ)["is_frozen"]
