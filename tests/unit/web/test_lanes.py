"""Is work in order within its lane, side by side across lanes, and gone when it is done?"""

import threading
from functools import partial

import pytest

from mock_server.web.lanes import Lanes

SECONDS = 5


def test_a_lane_keeps_its_order() -> None:
    lanes, done, is_done = Lanes(4, 4), [], threading.Event()
    for number in range(50):
        lanes.add("me", "a", partial(done.append, number))
    lanes.add("me", "a", is_done.set)
    assert is_done.wait(SECONDS)
    assert done == [*range(50)]


def test_a_lane_does_one_thing_at_a_time() -> None:
    lanes, busy, overlaps, is_done = Lanes(4, 4), threading.Lock(), [], threading.Event()

    def task() -> None:
        if not busy.acquire(blocking=False):
            overlaps.append(1)
            return
        is_done.wait(0.001)
        busy.release()

    for _ in range(20):
        lanes.add("me", "a", task)
    lanes.add("me", "a", is_done.set)
    assert is_done.wait(SECONDS)
    assert overlaps == []


def test_lanes_do_not_wait_for_each_other() -> None:
    lanes, meeting = Lanes(3, 3), threading.Barrier(4)
    for lane in "abc":
        lanes.add("me", lane, partial(meeting.wait, SECONDS))
    assert meeting.wait(SECONDS) is not None


def test_no_more_threads_work_than_are_wanted_and_the_other_lanes_come_next() -> None:
    lanes, may_go, done = Lanes(2, 2), threading.Event(), threading.Barrier(2)
    for lane in "abcd":
        lanes.add("me", lane, partial(may_go.wait, SECONDS))
    lanes.add("me", "e", partial(done.wait, SECONDS))
    assert lanes._threads == 2
    may_go.set()
    assert done.wait(SECONDS) is not None


def test_a_long_lane_takes_turns_with_the_others() -> None:
    lanes, done, may_go, is_over = Lanes(1, 1), [], threading.Event(), threading.Event()
    lanes.add("me", "long", partial(may_go.wait, SECONDS))
    for task in (*"123", None):
        lanes.add("me", "long", partial(done.append, task) if task else is_over.set)
    lanes.add("me", "short", partial(done.append, "short"))
    may_go.set()
    assert is_over.wait(SECONDS)
    assert done == ["short", "1", "2", "3"]


def test_no_thread_stays_when_the_work_is_done() -> None:
    lanes, threads, is_done = Lanes(1, 1), [], threading.Event()
    for lane in range(9):
        lanes.add("me", lane, lambda: threads.append(threading.current_thread()))
    lanes.add("me", "last", is_done.set)
    assert is_done.wait(SECONDS)
    for each in threads:
        each.join(SECONDS)
        assert not each.is_alive()
    assert len(threads) == 9


def test_closing_waits_for_what_is_under_way_and_drops_the_rest() -> None:
    lanes, began, may_go, done = Lanes(1, 1), threading.Event(), threading.Event(), []

    def task() -> None:
        began.set()
        may_go.wait(SECONDS)
        done.append("first")

    lanes.add("me", "a", task)
    lanes.add("me", "a", partial(done.append, "second"))
    lanes.add("me", "b", partial(done.append, "third"))
    assert began.wait(SECONDS)
    assert not lanes.close(0)
    may_go.set()
    assert lanes.close(SECONDS)
    lanes.add("me", "c", partial(done.append, "fourth"))
    assert (lanes._threads, done) == (0, ["first"])


def test_a_task_that_raises_is_logged_and_ends_nothing(caplog: pytest.LogCaptureFixture) -> None:
    lanes, is_done = Lanes(1, 1), threading.Event()
    lanes.add("me", "a", lambda: 1 / 0)
    lanes.add("me", "a", is_done.set)
    assert is_done.wait(SECONDS)
    assert "ZeroDivisionError" in caplog.text


def test_an_owner_whose_lanes_all_hang_leaves_threads_to_the_others() -> None:
    lanes, may_go, done = Lanes(3, 2), threading.Event(), threading.Barrier(2)
    for lane in "abc":
        lanes.add("hanging", lane, partial(may_go.wait, SECONDS))
    lanes.add("other", "a", partial(done.wait, SECONDS))
    assert done.wait(SECONDS) is not None
    may_go.set()
    assert lanes.close(SECONDS)


def test_owners_take_turns_however_many_lanes_they_have() -> None:
    lanes, done, may_go, is_over = Lanes(1, 1), [], threading.Event(), threading.Event()
    lanes.add("first", "hanging", partial(may_go.wait, SECONDS))
    for owner, lane in ("many", "a"), ("many", "b"), ("many", "c"), ("few", "d"):
        lanes.add(owner, lane, partial(done.append, lane))
    lanes.add("many", "c", is_over.set)
    may_go.set()
    assert is_over.wait(SECONDS)
    assert done == ["a", "d", "b", "c"]


def test_lanes_that_are_done_leave_nothing_behind() -> None:
    lanes = Lanes(2, 1)
    for owner in range(20):
        for lane in range(3):
            lanes.add(owner, lane, lambda: None)
    with lanes._change:
        assert lanes._change.wait_for(lambda: lanes._threads == 0, SECONDS)
    assert [*lanes._tasks, *lanes._ready, *lanes._busy, *lanes._turns] == []
