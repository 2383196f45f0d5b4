"""Does an ordinary operation work once the contract has it, with no code of its own?"""

from collections.abc import Callable
from typing import Any

import pytest

from mock_server.engine.call import Reply
from tests.unit.toy import KEY, PATH_ID, TEXT, Toy, answers, body, contract, operation, query

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


IMPOSSIBLE = {"x-kind": "unsupported", "x-vendor": "ACME"}


@pytest.mark.parametrize("sent", [{}, {"song": "low"}, b"{broken"])
def test_what_is_documented_as_impossible_is_refused(
    make_toy: Callable[..., Toy], sent: Any
) -> None:
    toy = make_toy(contract({"/v1/birds/acme/": {"post": operation("addBird", **IMPOSSIBLE)}}))
    before = toy.everything()
    status, told = toy.ask("POST /v1/birds/acme/", sent)
    assert (status, told["why"]) == (405, "ACME does not support POST /v1/birds/acme/")
    assert toy.everything() == before


def pets_of(make_toy: Callable[..., Toy], path: str) -> Any:
    """Ask for the pets of a shop, which the path names."""
    said = {"x-resource": "pets", "x-kind": "list", "x-path-filter": {"id": "shop_id"}}
    parameters = [PATH_ID, query("name", TEXT)]
    of_shop = operation("listPetsOfShop", parameters=parameters, responses=answers({}), **said)
    client = make_toy(contract({"/v1/shops/{id}/pets": {"get": of_shop}})).app().test_client()
    return client.get(path, headers=KEY).json


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/v1/shops/s1/pets", ["rex"]),
        ("/v1/shops/s2/pets", ["tom"]),
        ("/v1/shops/s2/pets?name=Tom", ["tom"]),
        ("/v1/shops/s2/pets?name=Rex", []),
        ("/v1/shops/s3/pets", []),
    ],
)
def test_a_path_may_say_which_records_are_listed(
    make_toy: Callable[..., Toy], path: str, found: list[str]
) -> None:
    listed = pets_of(make_toy, path)
    assert [each["id"] for each in listed["items"]] == found
    assert listed["total"] == len(found)
