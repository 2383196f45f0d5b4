"""Is each message sent as it was written, tried again as documented, and remembered?"""

from collections.abc import Callable
from datetime import timedelta

import pytest

from mock_server.engine.deliveries import is_wanted
from mock_server.engine.messages import AttemptResult, Request
from mock_server.signatures import sign
from mock_server.world.clock import iso
from tests.unit.engine.conftest import SECRET, START, PostOffice

WELL = AttemptResult(200, {"server": "mine"}, "thanks", 12.5)
BAD = AttemptResult(503, text="later", milliseconds=3.0)


def test_a_message_is_queued_and_leaves_at_once(office: PostOffice) -> None:
    queued = office.post(record_id="r1")
    assert queued["id"].startswith("c")
    assert queued | {"state": "waiting", "due_at": iso(START), "attempts": []} == queued
    assert queued | {"number": 1, "record_id": "r1", "why": "a test", "copy_of": None} == queued
    assert office.out() == [1]
    assert office.found(queued)["state"] == "leaving"


def test_it_travels_as_it_was_written(office: PostOffice) -> None:
    queued = office.post("two")
    assert office.request(queued) == Request(
        lane="two",
        url="http://localhost/two",
        headers={**queued["headers"], "x-mock-delivery": queued["id"]},
        body='{"a":"é"}'.encode(),
    )


def test_the_body_is_signed_with_the_secret_to_the_byte(office: PostOffice) -> None:
    signature = sign(SECRET, '{"a":"é"}'.encode())
    assert office.post()["headers"] == {
        "content-type": "application/json",
        "x-signature": signature,
    }


def test_without_a_secret_nothing_is_signed_and_the_secret_is_never_kept(
    office: PostOffice,
) -> None:
    assert office.post(secret=None)["headers"] == {"content-type": "application/json"}
    office.post()
    assert SECRET not in str(office.log())


def test_own_headers_come_along_but_do_not_replace_the_signature(office: PostOffice) -> None:
    own = {"X-Team": "blue", "Content-Type": "text/json", "X-Signature": "mine"}
    headers = office.post(headers=own)["headers"]
    assert {**headers, "x-team": "blue", "content-type": "text/json"} == headers
    assert headers["x-signature"] == office.post()["headers"]["x-signature"]


def test_a_2xx_ends_it(office: PostOffice) -> None:
    done = office.answer(office.post(), WELL)
    assert (done["state"], done["reason"], done["due_at"]) == ("delivered", None, None)
    [attempt] = done["attempts"]
    assert attempt == {
        "at": iso(START),
        "status": 200,
        "headers": {"server": "mine"},
        "body": "thanks",
        "error": None,
        "milliseconds": 12.5,
    }
    office.pass_time(days=1)
    assert office.out() == []


def test_a_failure_is_tried_again_every_15_minutes_ten_times(office: PostOffice) -> None:
    found = office.post()
    for number in range(1 + 10):
        assert office.out() == [1]
        found = office.answer(found, BAD)
        assert found["attempts"][-1]["at"] == iso(START + number * timedelta(minutes=15))
        office.pass_time(minutes=14, seconds=59)
        assert office.out() == []
        office.pass_time(seconds=1)
    assert (len(found["attempts"]), found["state"], found["due_at"]) == (11, "lost", None)
    assert found["reason"] == "none of 11 attempts was answered with 2xx"
    office.pass_time(days=1)
    assert office.out() == []


def test_a_later_attempt_can_succeed(office: PostOffice) -> None:
    found = office.answer(office.post(), AttemptResult(error="nothing listens at localhost:80"))
    assert (found["state"], found["due_at"]) == ("waiting", iso(START + timedelta(minutes=15)))
    office.pass_time(minutes=15)
    assert office.out() == [1]
    assert office.answer(found, WELL)["state"] == "delivered"


def test_what_may_not_be_sent_is_over_at_once(office: PostOffice) -> None:
    found = office.answer(office.post(), AttemptResult(error="not allowed", is_blocked=True))
    assert (found["state"], found["reason"]) == ("blocked", "not allowed")
    office.pass_time(days=1)
    assert office.out() == []


def test_a_webhook_that_is_switched_off_loses_its_deliveries(office: PostOffice) -> None:
    office.switch("one", active=False)
    lost, kept = office.post("one"), office.post("two")
    assert office.out() == [2]
    found = office.found(lost)
    assert (found["state"], found["reason"]) == ("lost", "its webhook is gone or switched off")
    assert office.found(kept)["state"] == "leaving"


def test_one_that_is_switched_off_between_attempts_loses_the_next(office: PostOffice) -> None:
    found = office.answer(office.post(), BAD)
    office.switch("one", active=False)
    office.pass_time(minutes=15)
    assert office.out() == []
    assert (office.found(found)["state"], len(office.found(found)["attempts"])) == ("lost", 1)


def test_a_webhook_that_is_gone_wants_nothing(office: PostOffice) -> None:
    posted = office.post()
    with office.worlds.turn("w") as world:
        assert is_wanted(world, posted)
        world.collection("webhooks").remove("one")
        assert not is_wanted(world, posted)


def test_only_what_has_left_is_sent_and_noted(office: PostOffice) -> None:
    done = office.answer(office.post(), WELL)
    assert office.request(done) is None
    assert office.answer(done, BAD) == done
    assert office.request({"id": "nobody's"}) is None
    assert office.answer({"id": "nobody's"}, WELL) == {}


@pytest.mark.parametrize("result", [WELL, BAD, AttemptResult(is_blocked=True)])
def test_sending_again_queues_the_same_bytes_as_another_delivery(
    office: PostOffice, result: AttemptResult
) -> None:
    first = office.answer(office.post(record_id="r1"), result)
    again = office.send_again(first)
    same = ("url", "headers", "body", "api", "webhook_id", "event", "record_id")
    assert [again[name] for name in same] == [first[name] for name in same]
    assert again | {"number": 2, "state": "waiting", "reason": None, "attempts": []} == again
    assert (again["copy_of"], again["why"]) == (first["id"], "asked for")
    assert again["id"] != first["id"]
    assert office.out() == [2]


def test_the_log_forgets_what_is_over_but_never_what_waits(
    open_office: Callable[..., PostOffice],
) -> None:
    office = open_office(keep_deliveries=3)
    waiting = office.answer(office.post(), BAD)
    for _ in range(100):
        office.answer(office.post(), WELL)
    numbers = [each["number"] for each in office.log()]
    assert numbers == [1, 97, 98, 99, 100, 101]
    assert office.found(waiting)["state"] == "waiting"
