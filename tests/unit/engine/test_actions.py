"""Does an ordinary operation work once the contract has it, with no code of its own?"""

from collections.abc import Callable
from typing import Any

import pytest

from mock_server.engine.call import Reply
from tests.unit.toy import PATH_ID, TEXT, Toy, answers, body, contract, operation, query

BIRD = {"type": "object", "x-resource": "birds", "properties": {"id": TEXT, "song": TEXT}}
SONG = {"type": "object", "required": ["song"], "properties": {"song": TEXT}}
BIRDS = {
    "/v1/birds/": {
        "get": operation("listBirds", parameters=[query("song", TEXT)]),
        "post": operation("addBird", requestBody=body(SONG), responses=answers(BIRD)),
    },
    "/v1/birds/{id}": {
        "get": operation("fetchBird", parameters=[PATH_ID], responses=answers(BIRD)),
        "patch": operation("changeBird", parameters=[PATH_ID], requestBody=body(SONG)),
        "delete": operation("removeBird", parameters=[PATH_ID]),
    },
}


def test_a_resource_added_to_the_contract_needs_nothing_else(make_toy: Callable[..., Toy]) -> None:
    toy = make_toy(contract(BIRDS, Bird=BIRD))
    assert toy.ask("GET /v1/birds/") == (200, {"total": 0, "items": []})
    _, made = toy.ask("POST /v1/birds/", {"song": "low"})
    assert toy.ask(f"GET /v1/birds/{made['id']}") == (200, {"id": made["id"], "song": "low"})
    assert toy.ask(f"PATCH /v1/birds/{made['id']}", {"song": "high"})[1]["song"] == "high"
    assert toy.ask("GET /v1/birds/", search="song=high")[1]["items"] == [made | {"song": "high"}]
    assert toy.ask("GET /v1/birds/", search="song=low")[1]["items"] == []
    assert toy.ask(f"DELETE /v1/birds/{made['id']}")[0] == 200
    assert toy.ask(f"GET /v1/birds/{made['id']}")[0] == 404


def test_an_operation_added_to_a_known_resource_needs_nothing_else(
    make_toy: Callable[..., Toy],
) -> None:
    said = {"x-resource": "pets", "x-where": {"shop_id": "s2"}}
    toy = make_toy(contract({"/v1/southern-pets/": {"get": operation("listSouthern", **said)}}))
    _, found = toy.ask("GET /v1/southern-pets/")
    assert [each["id"] for each in found["items"]] == ["tom"]


def test_a_created_record_shows_every_field_in_the_contracts_order(toy: Toy) -> None:
    _, made = toy.ask("POST /v1/pets/", {"tags": ["new"], "name": "Ada"})
    assert list(made.items())[1:] == [
        ("name", "Ada"),
        ("age", None),
        ("tags", ["new"]),
        ("born_at", None),
        ("shop_id", None),
        ("kennel_id", None),
    ]


def test_an_update_changes_what_was_sent_and_nothing_else(toy: Toy) -> None:
    _, before = toy.ask("GET /v1/pets/rex")
    _, after = toy.ask("PUT /v1/pets/rex", {"age": None})
    assert after == before | {"age": None}
    assert toy.ask("GET /v1/pets/rex")[1] == after


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_an_id_that_names_nothing_is_not_found(toy: Toy, method: str) -> None:
    status, told = toy.ask(f"{method} /v1/pets/nobody", {})
    assert (status, told["why"]) == (404, "no pet has the id 'nobody'")


def test_a_behaviour_replaces_the_default(make_toy: Callable[..., Toy]) -> None:
    toy = make_toy(behaviours={"GET /v1/pets/": lambda *_: Reply(b'"mine"')})
    assert toy.ask("GET /v1/pets/") == (200, "mine")
    assert toy.ask("GET /v1/pets/rex")[1]["name"] == "Rex"


@pytest.mark.parametrize(
    ("key", "sent", "stamped"),
    [
        ("POST /v1/pets/", {"name": "Ada"}, "2026-03-01T09:00:00.000Z"),
        ("PUT /v1/pets/rex", {"name": "Ada"}, "2026-03-01T09:00:00.000Z"),
    ],
)
def test_a_write_stamps_the_time_it_happens(
    make_toy: Callable[..., Toy], key: str, sent: Any, stamped: str
) -> None:
    toy = make_toy(stamps_of_new=("born_at",), stamps_of_changed=("born_at",))
    assert toy.ask(key, sent)[1]["born_at"] == stamped
