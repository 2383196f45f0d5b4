"""Does an Api refuse behaviours that fit no operation, and operations that lack one?"""

from collections.abc import Callable

import pytest

from mock_server.contract.document import ContractError
from mock_server.engine.call import Reply
from tests.unit.toy import Toy, contract, operation

FEEDING = {"/v1/pets/feed": {"post": operation("feed", **{"x-kind": "action"})}}


def test_a_behaviour_for_no_operation_is_refused_with_the_nearest_key(
    make_toy: Callable[..., Toy],
) -> None:
    with pytest.raises(ContractError, match="'POST /v1/pet/'; did you mean POST /v1/pets/"):
        make_toy(behaviours={"POST /v1/pet/": lambda *_: Reply(b"")})


def test_an_action_without_a_behaviour_is_refused(make_toy: Callable[..., Toy]) -> None:
    with pytest.raises(ContractError, match="toy: POST /v1/pets/feed is an action, so it needs"):
        make_toy(contract(FEEDING))


def test_an_action_is_answered_by_its_behaviour(make_toy: Callable[..., Toy]) -> None:
    fed = {"POST /v1/pets/feed": lambda *_: Reply(b'"fed"')}
    assert make_toy(contract(FEEDING), behaviours=fed).ask("POST /v1/pets/feed") == (200, "fed")


def test_a_resource_is_kept_under_the_apis_name(toy: Toy) -> None:
    assert toy.api.table("pets") == "toy_pets"
    with toy.worlds.turn("toy") as world:
        assert toy.api.records(world, "pets").get("rex") == world.collection("toy_pets").get("rex")


def test_a_particular_operation_behaves_as_its_generic_one_unless_it_has_its_own(
    make_toy: Callable[..., Toy],
) -> None:
    said = {"x-resource": "pets", "x-generic": "POST /v1/pets/", "x-vendor": "ACME"}
    paths = {f"/v1/pets/{name}": {"post": operation(name, **said)} for name in ("acme", "own")}
    behaviours = {
        "POST /v1/pets/": lambda *_: Reply(b'"generic"'),
        "POST /v1/pets/own": lambda *_: Reply(b'"own"'),
    }
    toy = make_toy(contract(paths), behaviours=behaviours)
    assert toy.ask("POST /v1/pets/acme") == (200, "generic")
    assert toy.ask("POST /v1/pets/own") == (200, "own")
    assert toy.ask("GET /v1/pets/rex")[1]["name"] == "Rex"
