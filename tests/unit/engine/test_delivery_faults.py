"""Does each fault spoil the deliveries it is for, and no others?"""

from typing import Any

import pytest

from mock_server.engine.messages import AttemptResult
from mock_server.signatures import is_signed_by
from tests.unit.engine.conftest import SECRET, PostOffice


def is_signed(delivery: dict[str, Any]) -> bool:
    return is_signed_by(SECRET, delivery["body"].encode(), delivery["headers"]["x-signature"])


def test_a_duplicate_leaves_twice_with_the_same_bytes(office: PostOffice) -> None:
    office.spoil("duplicate")
    first = office.post()
    assert office.out() == [1, 2]
    _, second = office.log()
    assert (second["copy_of"], second["why"]) == (first["id"], "a delivery fault duplicates it")
    assert [second[name] for name in ("url", "headers", "body")] == [
        first[name] for name in ("url", "headers", "body")
    ]
    assert (first["spoiled_by"], second["spoiled_by"]) == ("duplicate", None)


@pytest.mark.parametrize(("said", "seconds"), [({}, 60), ({"seconds": 5}, 5), ({"seconds": 0}, 0)])
def test_a_delay_lets_it_leave_later(
    office: PostOffice, said: dict[str, float], seconds: int
) -> None:
    office.spoil("delay", **said)
    office.post()
    if seconds:
        office.pass_time(seconds=seconds - 1)
        assert office.out() == []
        office.pass_time(seconds=1)
    assert office.out() == [1]


def test_what_is_lost_never_leaves(office: PostOffice) -> None:
    office.spoil("lose")
    lost = office.post()
    assert (lost["state"], lost["reason"]) == ("lost", "a delivery fault loses it")
    office.pass_time(days=1)
    assert office.out() == []


def test_a_wrong_signature_is_of_another_secret_and_all_else_is_right(office: PostOffice) -> None:
    right = office.post()
    office.spoil("wrong_signature")
    wrong = office.post()
    assert (is_signed(right), is_signed(wrong)) == (True, False)
    assert len(wrong["headers"]["x-signature"]) == len(right["headers"]["x-signature"])
    assert wrong["body"] == right["body"]
    assert office.out() == [1, 2]


def test_a_wrong_signature_passes_by_what_is_not_signed(office: PostOffice) -> None:
    office.spoil("wrong_signature", times=1)
    unsigned, signed = office.post(secret=None), office.post()
    assert (unsigned["spoiled_by"], signed["spoiled_by"]) == (None, "wrong_signature")


def test_a_wrong_signature_stays_wrong_when_it_is_sent_again(office: PostOffice) -> None:
    office.spoil("wrong_signature", times=1)
    again = office.send_again(office.post())
    assert (again["spoiled_by"], is_signed(again)) == ("wrong_signature", False)


def test_a_reordered_delivery_leaves_after_the_next_to_its_webhook(office: PostOffice) -> None:
    office.spoil("reorder", times=1)
    office.post("one")
    office.post("two")
    assert office.out() == [2]
    office.pass_time(seconds=10)
    office.post("one")
    assert office.out() == [2, 3, 1]
    office.pass_time(seconds=60)
    assert office.out() == [2, 3, 1]


@pytest.mark.parametrize(("status", "state"), [(200, "delivered"), (500, "waiting")])
def test_once_released_it_no_longer_leaves_by_itself(
    office: PostOffice, status: int, state: str
) -> None:
    office.spoil("reorder", times=1)
    held, next_one = office.post(), office.post()
    assert office.out() == [2, 1]
    for each in (held, next_one):
        office.answer(each, AttemptResult(status))
    office.pass_time(seconds=60)
    assert office.out() == []
    assert office.found(held)["state"] == state


@pytest.mark.parametrize(("said", "seconds"), [({}, 60), ({"seconds": 300}, 300)])
def test_without_a_next_one_it_leaves_by_itself(
    office: PostOffice, said: dict[str, float], seconds: int
) -> None:
    office.spoil("reorder", **said)
    office.post()
    office.pass_time(seconds=seconds - 1)
    assert office.out() == []
    office.pass_time(seconds=1)
    assert office.out() == [1]


def test_what_is_held_back_itself_releases_nothing(office: PostOffice) -> None:
    office.spoil("reorder", times=1, seconds=600)
    office.spoil("delay", seconds=30)
    office.post()
    office.post()
    assert office.out() == []
    office.pass_time(seconds=30)
    assert office.out() == [2]


def test_what_is_lost_releases_nothing(office: PostOffice) -> None:
    office.spoil("reorder", times=1)
    office.spoil("lose")
    office.post()
    office.post()
    assert office.out() == []


def test_a_reordered_delivery_that_failed_waits_for_its_next_attempt(office: PostOffice) -> None:
    office.spoil("reorder", times=1, seconds=0)
    held = office.post()
    assert office.out() == [1]
    office.answer(held, AttemptResult(500))
    office.post()
    assert office.out() == [2]


@pytest.mark.parametrize(
    ("selector", "used"),
    [
        ({}, 1),
        ({"api": "toy"}, 1),
        ({"api": "other"}, 0),
        ({"event": "born"}, 1),
        ({"event": "gone"}, 0),
        ({"webhook_id": "one"}, 1),
        ({"webhook_id": "two"}, 0),
        ({"api": "toy", "event": "born", "webhook_id": "one"}, 1),
        ({"api": "toy", "event": "born", "webhook_id": "two"}, 0),
    ],
)
def test_a_fault_is_for_what_fits_all_that_it_names(
    office: PostOffice, selector: dict[str, str], used: int
) -> None:
    office.spoil("lose", **selector)
    assert office.post()["state"] == ("lost" if used else "waiting")
    assert office.faults()[0]["used"] == used


def test_a_fault_is_used_up_after_so_many_times(office: PostOffice) -> None:
    office.spoil("lose", times=2)
    assert [office.post()["state"] for _ in range(3)] == ["lost", "lost", "waiting"]
    assert office.faults()[0]["used"] == 2


def test_the_first_fault_that_fits_and_is_left_spoils(office: PostOffice) -> None:
    office.spoil("lose", times=1)
    office.spoil("duplicate")
    assert [office.post()["spoiled_by"] for _ in range(2)] == ["lose", "duplicate"]
    assert [each["used"] for each in office.faults()] == [1, 1]
