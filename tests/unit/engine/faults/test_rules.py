"""Does a fault strike the calls that it is for, and what becomes of them?"""

import json
from collections.abc import Callable
from typing import Any

import pytest

from mock_server.engine.call import Reply
from mock_server.engine.faults import rules
from mock_server.engine.faults.damage import CutShort, Drip, HangUp, Silence
from tests.unit.toy import Toy

LIST, ONE, MAKE = "GET /v1/pets/", "GET /v1/pets/rex", "POST /v1/pets/"


def add(toy: Toy, **rule: Any) -> None:
    with toy.worlds.turn("toy") as world:
        rules.add(world, rule)


def only(toy: Toy) -> dict[str, Any]:
    with toy.worlds.turn("toy") as world:
        (rule,) = rules.rules_of(world)
    return rule


def statuses(toy: Toy, *keys: str) -> list[int]:
    return [toy.answer(key).status for key in keys]


@pytest.mark.parametrize(
    ("when", "struck"),
    [
        ({}, [LIST, ONE]),
        ({"api": "toy"}, [LIST, ONE]),
        ({"api": "other"}, []),
        ({"operation": "GET /v1/pets/{id}"}, [ONE]),
        ({"method": "POST"}, []),
        ({"path": "/v1/pets/*"}, [ONE]),
        ({"path": "/v1/pets/"}, [LIST]),
        ({"credential": "web"}, []),
        ({"pms": "ENTRATA"}, []),
        ({"times": 1}, [LIST]),
        ({"after": 1}, [ONE]),
        ({"chance": 0.000001}, []),
    ],
)
def test_a_fault_strikes_what_fits_all_that_it_names(
    toy: Toy, when: Any, struck: list[str]
) -> None:
    add(toy, effect="status", status=503, **when)
    assert [key for key in (LIST, ONE) if toy.answer(key).status == 503] == struck


def test_a_credential_and_a_target_narrow_a_fault(make_toy: Callable[..., Toy]) -> None:
    toy = make_toy(target=lambda call, _: (call.path.get("id"), "ENTRATA"))
    add(toy, effect="status", status=503, integration_id="rex", pms="ENTRATA", credential="web")
    key = {"x-key": "sandbox_toy.web"}
    assert toy.answer(ONE, headers=key).status == 503
    assert [toy.answer(LIST, headers=key).status, toy.answer(ONE).status] == [200, 200]


def test_a_failed_call_does_nothing_and_shifts_no_id(make_toy: Callable[..., Toy]) -> None:
    struck, spared = make_toy(), make_toy()
    add(struck, effect="status", status=500, times=2, chance=0.99)
    assert statuses(struck, LIST, LIST) == [500, 500]
    made = [json.loads(each.answer(MAKE, {"name": "Ada"}).text) for each in (struck, spared)]
    assert made[0] == made[1]


def test_a_fault_counts_also_where_the_call_is_refused(toy: Toy) -> None:
    add(toy, effect="latency", seconds=2, times=1)
    answers = [toy.answer("GET /v1/pets/nobody") for _ in range(2)]
    assert [each.delay_seconds for each in answers] == [2, 0]
    assert [each.faults for each in answers] == [("fault-1",), ()]
    assert (only(toy)["seen"], only(toy)["used"]) == (2, 1)


def test_too_many_calls_are_told_with_the_headers_of_the_limit(
    make_toy: Callable[..., Toy],
) -> None:
    toy = make_toy(limit_headers=("x-most", "x-left"))
    add(toy, effect="status", status=429, message="Easy.")
    answer = toy.answer(LIST)
    assert (answer.status, json.loads(answer.text)["why"]) == (429, "Easy.")
    assert (answer.headers["x-most"], answer.headers["x-left"]) == ("150", "0")


def test_a_rate_limit_is_kept_in_the_time_of_the_world(make_toy: Callable[..., Toy]) -> None:
    toy = make_toy(limit_headers=("x-most", "x-left"))
    add(toy, effect="rate_limit", per_minute=2)
    answers = [toy.answer(LIST) for _ in range(3)]
    assert [each.status for each in answers] == [200, 200, 429]
    assert [each.headers["x-left"] for each in answers] == ["1", "0", "0"]
    assert [each.delay_seconds for each in answers] == [0, 2, 0]
    toy.pass_time(60)
    assert toy.answer(LIST).status == 200


@pytest.mark.parametrize(
    ("rule", "least", "most"),
    [({}, 3, 3), ({"seconds_to": 5}, 3, 5), ({"spread": 0.5}, 0.1, 60)],
)
def test_latencies_are_drawn_alike_every_time(
    make_toy: Callable[..., Toy], rule: Any, least: float, most: float
) -> None:
    delays = []
    for toy in (make_toy(), make_toy()):
        add(toy, effect="latency", seconds=3, **rule)
        delays.append([toy.answer(LIST).delay_seconds for _ in range(5)])
    assert delays[0] == delays[1]
    assert all(least <= each <= most for each in delays[0])
    assert len({*delays[0]}) == (5 if rule else 1)


@pytest.mark.parametrize(
    ("rule", "damage", "status"),
    [
        ({"effect": "empty"}, HangUp(), 0),
        ({"effect": "hang", "seconds": 7}, Silence(7), 0),
        ({"effect": "hang"}, Silence(300), 0),
        ({"effect": "lost"}, HangUp(), 200),
        ({"effect": "cut"}, CutShort(0.5), 200),
        ({"effect": "drip", "seconds": 4}, Drip(4), 200),
    ],
)
def test_a_damaged_reply_says_what_is_to_happen_to_it(
    toy: Toy, rule: Any, damage: Any, status: int
) -> None:
    add(toy, operation=MAKE, **rule)
    answer = toy.answer(MAKE, {"name": "Ada"})
    assert (answer.damage, answer.status) == (damage, status)
    assert json.loads(toy.answer(LIST).text)["total"] == (3 if status else 2)


def test_a_garbled_body_is_no_json(toy: Toy) -> None:
    whole = toy.answer(ONE).content
    add(toy, effect="garble")
    garbled: Reply = toy.answer(ONE)
    assert sorted(garbled.content) == sorted(whole)
    with pytest.raises(json.JSONDecodeError):
        json.loads(garbled.content)


def test_a_walk_over_stale_pages_misses_one_record_and_sees_one_twice(toy: Toy) -> None:
    for name in "ABCDEF":
        toy.answer(MAKE, {"name": name})
    add(toy, effect="stale_page", operation=LIST)
    everybody = {each["id"] for each in toy.ask(LIST, search="limit=99")[1]["items"]}
    for _ in range(2):  # A new walk begins the lists anew.
        pages = [toy.ask(LIST, search=f"limit=2&offset={at}")[1]["items"] for at in (0, 2, 4, 6)]
        seen = [each["id"] for page in pages for each in page]
        rule = only(toy)
        assert {*rule["missed"]} == everybody - {*seen}
        assert {*rule["twice"]} == {each for each in seen if seen.count(each) > 1}
        assert rule["missed"]
        assert rule["twice"]


@pytest.mark.parametrize(
    ("prefer", "status", "delay"),
    [
        ("code=503", 503, 0),
        ("delay=2s", 200, 2),
        ("delay=250ms, code=429", 429, 0.25),
        ("return=minimal; delay=1", 200, 1),
        ("code=200", 400, 0),
        ("delay=soon", 400, 0),
        ("delay=9999", 400, 0),
    ],
)
def test_one_call_can_ask_for_its_own_fault(
    toy: Toy, prefer: str, status: int, delay: float
) -> None:
    answer = toy.answer(LIST, headers={"prefer": prefer})
    assert (answer.status, answer.delay_seconds) == (status, delay)
