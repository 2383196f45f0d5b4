"""Does a call go through its whole life, and does one that is refused leave no trace?"""

import json
from collections.abc import Callable
from typing import Any

import pytest

from mock_server.engine.call import Call, Reply, reply
from mock_server.engine.refusals import NotFound, broken
from mock_server.world.world import World
from tests.unit.toy import TEXT, Toy, answers, body, contract, operation

LIMITED = {"limit_headers": ("x-most", "x-left")}
STRICT = {"strict": True}


def fail(call: Call, world: World) -> Reply:
    call.records(world).add({"id": "half", "name": "Half done"})
    world.random()
    raise RuntimeError("a secret of the sandbox")


def refuse_late(call: Call, world: World) -> Reply:
    call.records(world).remove("rex")
    world.next_number("made", first=1)
    raise NotFound("only noticed now")


def test_without_a_credential_nothing_else_is_looked_at(toy: Toy) -> None:
    status, told = toy.ask("POST /v1/pets/", b"{", headers={"x-key": ""})
    assert (status, told["why"]) == (401, "no key")


@pytest.mark.parametrize(
    ("sent", "headers"),
    [
        ({"age": 1}, {}),
        ({"name": "A", "kennel_id": "moon"}, {}),
        (b"{", {}),
        ({"name": "A"}, {"content-type": "text/plain"}),
        ({"name": "A"}, {"x-key": ""}),
    ],
)
def test_a_refused_call_changes_no_byte_and_uses_up_no_id(
    make_toy: Callable[..., Toy], sent: Any, headers: Any
) -> None:
    refused, untouched = make_toy(), make_toy()
    before = refused.everything()
    assert refused.ask("POST /v1/pets/", sent, headers=headers)[0] in {400, 401}
    assert refused.everything() == before
    same = [toy.ask("POST /v1/pets/", {"name": "Ada"}) for toy in (refused, untouched)]
    assert same[0] == same[1]
    assert refused.everything() == untouched.everything()


@pytest.mark.parametrize(("behaviour", "status"), [(fail, 500), (refuse_late, 404)])
def test_what_a_failing_behaviour_began_is_undone(
    make_toy: Callable[..., Toy], behaviour: Any, status: int
) -> None:
    toy = make_toy(behaviours={"POST /v1/pets/": behaviour})
    other = make_toy()
    toy.ask("PUT /v1/pets/rex", {"age": 4})
    before = toy.everything()
    assert toy.ask("POST /v1/pets/", {"name": "A"})[0] == status
    assert toy.everything() == before
    assert toy.ask("GET /v1/pets/")[1]["total"] == 2
    with toy.worlds.turn("toy") as one, other.worlds.turn("toy") as two:
        assert one.random().random() == two.random().random()
        assert one.next_number("made", first=1) == 1


def test_a_fault_of_ours_is_a_vendors_500_and_tells_no_secret(
    make_toy: Callable[..., Toy], caplog: pytest.LogCaptureFixture
) -> None:
    answer = make_toy(behaviours={"POST /v1/pets/": fail}).answer("POST /v1/pets/", {"name": "A"})
    assert answer.status == 500
    assert json.loads(answer.text)["problems"] == []
    assert "secret" not in answer.text
    assert "POST /v1/pets/ could not be answered" in caplog.text
    assert "a secret of the sandbox" in caplog.text


def test_after_a_fault_the_next_call_is_answered(make_toy: Callable[..., Toy]) -> None:
    toy = make_toy(behaviours={"POST /v1/pets/": fail})
    toy.ask("POST /v1/pets/", {"name": "A"})
    assert toy.ask("PUT /v1/pets/rex", {"age": 5})[1]["age"] == 5


def test_what_an_api_demands_is_told_beside_all_else_that_is_wrong(
    make_toy: Callable[..., Toy],
) -> None:
    toy = make_toy(demands=lambda call, _: [broken("tags", f"{call.body['name']} needs some")])
    _, told = toy.ask("POST /v1/pets/", {"name": "Ada", "age": "old", "kennel_id": "moon"})
    assert told["problems"] == [
        "age: type",
        "kennel_id: no kennel has the id 'moon'",
        "tags: Ada needs some",
    ]


def test_of_a_value_that_is_wrong_in_itself_nothing_more_is_demanded(
    make_toy: Callable[..., Toy],
) -> None:
    toy = make_toy(demands=lambda *_: [broken("age", "is required")])
    assert toy.ask("POST /v1/pets/", {"name": "Ada", "age": "old"})[1]["problems"] == ["age: type"]


def test_worlds_are_chosen_by_credential_and_keep_to_themselves(toy: Toy) -> None:
    mine, yours, shared = ({"x-key": key} for key in ("sandbox_me", "sandbox_you", "whatever"))
    toy.ask("DELETE /v1/pets/rex", headers=mine)
    toy.ask("PUT /v1/pets/rex", {"age": 50}, headers=shared)
    assert toy.ask("GET /v1/pets/rex", headers=mine)[0] == 404
    assert toy.ask("GET /v1/pets/rex", headers=yours)[1]["age"] == 3
    assert toy.ask("GET /v1/pets/rex", headers={"x-key": "another"})[1]["age"] == 50


@pytest.mark.parametrize("key", ["sandbox_", "sandbox_a/b", "sandbox_" + "x" * 65])
def test_a_credential_that_names_no_world_is_refused(toy: Toy, key: str) -> None:
    before = toy.everything()
    status, told = toy.ask("DELETE /v1/pets/rex", headers={"x-key": key})
    why = "the name of a world, after sandbox_, has 1 to 64 letters, digits, - and _"
    assert (status, told["why"]) == (401, why)
    assert toy.everything() == before


def test_the_same_calls_at_the_same_time_give_the_same_answers(
    make_toy: Callable[..., Toy],
) -> None:
    told = []
    for toy in (make_toy(), make_toy()):
        toy.ask("POST /v1/pets/", {"name": "Ada"})
        toy.ask("POST /v1/pets/", {"name": "Eve"})
        told.append(toy.answer("GET /v1/pets/").text)
    assert told[0] == told[1]


def test_every_reply_tells_what_is_left_of_the_limit(make_toy: Callable[..., Toy]) -> None:
    toy = make_toy(settings={"rate_limit": 2}, **LIMITED)
    keys = ["GET /v1/pets/", "GET /v1/pets/nobody", "GET /v1/pets/", "GET /v1/pets/"]
    replies = [toy.answer(key) for key in keys]
    left = [(each.headers["x-most"], each.headers["x-left"]) for each in replies]
    assert left == [("2", n) for n in "1000"]
    assert [each.status for each in replies] == [200, 404, 200, 200]


def test_strictness_enforces_the_limit_until_the_minute_turns(make_toy: Callable[..., Toy]) -> None:
    toy = make_toy(settings={**STRICT, "rate_limit": 2}, **LIMITED)
    replies = [toy.answer("GET /v1/pets/") for _ in range(3)]
    assert [each.status for each in replies] == [200, 200, 429]
    assert replies[-1].headers.items() >= {"x-most": "2", "x-left": "0"}.items()
    assert toy.ask("GET /v1/pets/", headers={"x-key": "sandbox_other"})[0] == 200
    toy.pass_time(60)
    assert toy.ask("GET /v1/pets/")[0] == 200


def test_an_api_without_a_limit_never_enforces_one(make_toy: Callable[..., Toy]) -> None:
    toy = make_toy(settings={**STRICT, "rate_limit": 1})
    assert [toy.ask("GET /v1/pets/")[0] for _ in range(3)] == [200, 200, 200]


def lie(*_: Any) -> Reply:
    return Reply(b'{"id": "rex", "wings": 2}')


def test_strictness_holds_our_own_replies_to_the_contract(
    make_toy: Callable[..., Toy], caplog: pytest.LogCaptureFixture
) -> None:
    lying = {"GET /v1/pets/{id}": lie}
    assert make_toy(behaviours=lying).ask("GET /v1/pets/rex")[0] == 200
    assert make_toy(behaviours=lying, settings=STRICT).ask("GET /v1/pets/rex")[0] == 500
    assert "wings" in caplog.text


def test_a_reply_that_is_held_back_leaves_nothing_behind(make_toy: Callable[..., Toy]) -> None:
    def add_and_lie(call: Call, world: World) -> Reply:
        call.records(world).add({"id": "ada", "name": "Ada"})
        return lie()

    toy = make_toy(behaviours={"POST /v1/pets/": add_and_lie}, settings=STRICT)
    before = toy.everything()
    assert toy.ask("POST /v1/pets/", {"name": "Ada"})[0] == 500
    assert toy.everything() == before


SOUTHERN = {
    "required": ["age"],
    "properties": {
        "name": TEXT,
        "age": {"type": "integer"},
        "shop_id": TEXT,
        "kennel_id": {
            "type": "string",
            "x-references": {"resource": "kennels", "where": {"uses": "CATS"}},
        },
    },
    "additionalProperties": False,
}
OF_THE_SOUTH = {"x-vendor": "SOUTH", "x-generic": "POST /v1/pets/", "x-resource": "pets"}


@pytest.fixture
def choosy(make_toy: Callable[..., Toy]) -> Toy:
    """Return a toy whose southern shop has rules of its own; its western one takes no pets."""
    said = {**OF_THE_SOUTH, "requestBody": body(SOUTHERN)}
    cannot = {**OF_THE_SOUTH, "x-vendor": "WEST", "x-kind": "unsupported"}
    paths = {
        "/v1/pets/south": {"post": operation("addSouthern", **said)},
        "/v1/pets/west": {"post": operation("addWestern", **cannot)},
    }
    own = {"s2": "POST /v1/pets/south", "s3": "POST /v1/pets/west"}

    def particular(call: Call, _: World) -> Any:
        key = own.get(call.body.get("shop_id"))
        return call.api.catalogue[key] if key else None

    return make_toy(contract(paths), particular=particular)


@pytest.mark.parametrize(
    ("sent", "problems"),
    [
        ({"name": "A", "tags": []}, []),
        ({"shop_id": "s1", "name": "A", "tags": [], "kennel_id": "north"}, []),
        ({"shop_id": "s2", "age": 1}, []),
        ({"shop_id": "s2", "age": 1, "kennel_id": "south"}, []),
        ({"shop_id": "s2", "name": "A", "tags": []}, ["tags: unknown", "age: required"]),
    ],
)
def test_the_body_keeps_the_rules_of_the_particular_operation(
    choosy: Toy, sent: Any, problems: list[str]
) -> None:
    assert sorted(choosy.ask("POST /v1/pets/", sent)[1].get("problems", [])) == sorted(problems)


def test_references_keep_the_rules_of_the_particular_operation(choosy: Toy) -> None:
    sent = {"name": "A", "age": 1, "kennel_id": "north"}
    assert choosy.ask("POST /v1/pets/", sent)[0] == 200
    _, told = choosy.ask("POST /v1/pets/", {**sent, "shop_id": "s2"})
    assert told["problems"] == [
        "kennel_id: the kennel 'north' belongs to shop_id 's1', not 's2'",
        "kennel_id: the kennel 'north' must have CATS among its uses",
    ]


def test_a_particular_operation_may_be_impossible(choosy: Toy) -> None:
    before = choosy.everything()
    status, told = choosy.ask("POST /v1/pets/", {"shop_id": "s3", "name": "A"})
    assert (status, told["why"]) == (405, "WEST does not support POST /v1/pets/")
    assert choosy.everything() == before


def test_the_query_keeps_the_rules_of_the_operation_that_was_called(choosy: Toy) -> None:
    _, told = choosy.ask("POST /v1/pets/", {"shop_id": "s2", "age": 1}, search="x=1")
    assert told["problems"] == ["x: unknown"]


def test_a_write_without_room_is_a_507_and_reads_go_on(toy: Toy) -> None:
    assert toy.ask("POST /v1/pets/", {"name": "Ada"})[0] == 200
    before = toy.everything()
    line = toy.store._database.connection
    pages = line.exec_driver_sql("PRAGMA page_count").scalar_one()
    line.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    status, told = toy.ask("POST /v1/pets/", {"name": "x" * 60_000})
    assert (status, told["why"]) == (
        507,
        "the database in memory keeps nothing now: the disk is full; make room on it",
    )
    assert toy.everything() == before
    assert toy.ask("GET /v1/pets/")[0] == 200


def test_a_reply_says_what_answered_it(toy: Toy) -> None:
    told = {"x-mock-operation": "GET /v1/pets/{id}", "x-mock-evidence": "documented"}
    assert toy.answer("GET /v1/pets/nobody").headers == {**told, "x-mock-world": "toy"}
    assert toy.answer("GET /v1/pets/rex", headers={"x-key": ""}).headers == told


@pytest.mark.parametrize(
    ("evidence", "least", "status"),
    [
        ("assumed", "assumed", 200),
        ("assumed", "inferred", 501),
        ("inferred", "inferred", 200),
        ("inferred", "documented", 501),
        ("documented", "documented", 200),
        ("ours", "documented", 200),
    ],
)
def test_an_operation_of_too_little_evidence_does_not_answer(
    make_toy: Callable[..., Toy], evidence: str, least: str, status: int
) -> None:
    said = {"x-evidence": evidence, "x-assumed": ["It wags."], "responses": answers(TEXT)}
    path = {"/v1/pets/wag": {"post": operation("wag", **said, **{"x-kind": "action"})}}
    behaviours = {"POST /v1/pets/wag": lambda *_: reply("yes")}
    toy = make_toy(contract(path), settings={"min_evidence": least}, behaviours=behaviours)
    answer = toy.answer("POST /v1/pets/wag")
    assert answer.status == status
    assert (status == 501) is ("It wags." in answer.text)
