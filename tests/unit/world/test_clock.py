"""Does a world's clock flow, stand still and jump, but never go back?"""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from mock_server.world.clock import Clock, SteadyTime, iso, machine_time, parse

NINE = datetime(2026, 3, 1, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def clock(machine: Any) -> Clock:
    return Clock(machine)


def test_a_clock_flows_with_the_machine(clock: Clock, machine: Any) -> None:
    assert clock.now() == NINE
    machine.pass_by(hours=1)
    assert clock.now() == NINE + HOUR


def test_an_advanced_clock_stays_ahead(clock: Clock, machine: Any) -> None:
    clock.advance(HOUR)
    machine.pass_by(hours=1)
    assert clock.now() == NINE + 2 * HOUR


def test_a_frozen_clock_stands_still_until_it_is_advanced(clock: Clock, machine: Any) -> None:
    clock.freeze()
    machine.pass_by(hours=1)
    assert clock.now() == NINE
    clock.advance(HOUR)
    assert clock.now() == NINE + HOUR


def test_a_clock_can_be_frozen_at_a_later_instant(clock: Clock) -> None:
    clock.freeze(NINE + HOUR)
    assert clock.now() == NINE + HOUR


def test_a_clock_that_flows_again_goes_on_from_where_it_stood(clock: Clock, machine: Any) -> None:
    clock.freeze()
    machine.pass_by(hours=5)
    clock.flow()
    assert clock.now() == NINE
    machine.pass_by(hours=1)
    assert clock.now() == NINE + HOUR


def test_no_clock_goes_back(clock: Clock) -> None:
    with pytest.raises(ValueError, match=r"only goes forward: 2026-03-01T08:00:00.000Z is before"):
        clock.freeze(NINE - HOUR)
    with pytest.raises(ValueError, match=r"only goes forward, not by -1 day"):
        clock.advance(-HOUR)
    assert clock.now() == NINE


def test_an_instant_has_whole_milliseconds(machine: Any, clock: Clock) -> None:
    machine.pass_by(microseconds=1_999)
    assert clock.now() == NINE + timedelta(milliseconds=1)


@pytest.mark.parametrize("is_frozen", [False, True])
def test_a_clock_can_be_made_again_from_its_state(
    clock: Clock, machine: Any, *, is_frozen: bool
) -> None:
    clock.advance(HOUR)
    if is_frozen:
        clock.freeze()
    again = Clock(machine)
    again.restore(clock.state())
    machine.pass_by(minutes=7)
    assert again.now() == clock.now() == NINE + HOUR + timedelta(minutes=0 if is_frozen else 7)


def test_the_machine_tells_aware_instants_in_utc() -> None:
    assert machine_time().tzinfo is UTC


def test_instants_are_written_in_utc_to_the_millisecond() -> None:
    there = datetime(2026, 3, 1, 9, 0, 0, 38_999, tzinfo=timezone(timedelta(hours=2)))
    assert iso(there) == "2026-03-01T07:00:00.038Z"


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-01T09:00:00.000Z",
        "2026-03-01t09:00:00z",
        "2026-03-01T09:00:00",
        "2026-03-01T10:00:00+01:00",
    ],
)
def test_instants_are_read_with_or_without_an_offset(text: str) -> None:
    assert parse(text) == NINE


def test_a_clock_says_whether_it_stands_still(clock: Clock) -> None:
    assert not clock.is_frozen
    clock.freeze()
    assert clock.is_frozen
    clock.flow()
    assert not clock.is_frozen


def test_while_something_happens_the_clock_shows_when_it_was_due(clock: Clock) -> None:
    clock.freeze()
    with clock.showing(NINE - HOUR):
        assert clock.now() == NINE - HOUR
    assert clock.now() == NINE
    with pytest.raises(KeyError), clock.showing(NINE - HOUR):
        raise KeyError
    assert clock.now() == NINE


def test_what_has_passed_is_refused_and_now_is_not(clock: Clock) -> None:
    clock.refuse_past(NINE)
    with pytest.raises(ValueError, match=r"the clock only goes forward: .*08:00.* is before"):
        clock.refuse_past(NINE - HOUR)


@pytest.mark.parametrize("instant", [NINE - HOUR, NINE + HOUR])
def test_a_clock_that_nobody_looked_at_can_begin_at_any_instant(
    clock: Clock, machine: Any, instant: datetime
) -> None:
    clock.begin_at(instant)
    assert clock.now() == instant
    machine.pass_by(minutes=7)
    assert clock.now() == instant + timedelta(minutes=7)


def set_back_and_forth(machine: Any, *days: float) -> list[datetime]:
    """Return what a steady time shows at first, and after each step of the machine's clock."""
    steady = SteadyTime(machine)
    shown = [steady()]
    for each in days:
        machine.pass_by(days=each)
        shown.append(steady())
    return shown


@pytest.mark.parametrize(
    ("steps", "shown"),
    [
        ((-30, 1, 1), (0, 0, 1, 2)),
        ((2, -30, 1, -30, 1), (0, 2, 2, 3, 3, 4)),
        # A test that set the time back and is over leaves no trace.
        ((1, -30, 31, 1), (0, 1, 1, 2, 3)),
    ],
)
def test_a_machine_that_is_set_back_goes_on_from_where_it_was(
    machine: Any, steps: tuple[float, ...], shown: tuple[float, ...]
) -> None:
    expected = [NINE + timedelta(days=each) for each in shown]
    assert set_back_and_forth(machine, *steps) == expected


def test_a_steady_time_begins_no_earlier_than_an_earlier_one_ended(machine: Any) -> None:
    steady = SteadyTime(machine)
    steady.not_before(NINE - HOUR)
    assert steady() == NINE
    steady.not_before(NINE + HOUR)
    machine.pass_by(minutes=7)
    assert steady() == NINE + HOUR + timedelta(minutes=7)


def test_a_clock_that_is_moved_after_the_machine_was_set_back_goes_forward(machine: Any) -> None:
    clock = Clock(SteadyTime(machine))
    assert clock.now() == NINE
    machine.pass_by(days=-30)
    clock.advance(HOUR)
    assert clock.now() == NINE + HOUR
    clock.freeze()
    machine.pass_by(days=-30)
    assert clock.now() == NINE + HOUR
    clock.flow()
    machine.pass_by(hours=1)
    assert clock.now() == NINE + 2 * HOUR
