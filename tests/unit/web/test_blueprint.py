"""Is every operation reached at its path, with and without the closing slash, and never moved?"""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from mock_server.engine.call import Reply
from tests.unit.toy import KEY, PATH_ID, TEXT, Toy, contract, operation

SHOP = {"type": "object", "x-resource": "shops", "properties": {"id": TEXT}}
SHOPS = {
    "/v1/shops": {"get": operation("listShops"), "post": operation("openShop")},
    "/v1/shops/{id}/": {"get": operation("fetchShop", parameters=[PATH_ID])},
}


@pytest.mark.parametrize("slash", ["", "/"])
@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/v1/pets", 200),
        ("POST", "/v1/pets", 200),
        ("GET", "/v1/pets/rex", 200),
        ("PUT", "/v1/pets/rex", 200),
        ("DELETE", "/v1/pets/rex", 200),
        ("GET", "/v1/pets/nobody", 404),
    ],
)
def test_a_closing_slash_makes_no_difference(
    client: FlaskClient, method: str, path: str, status: int, slash: str
) -> None:
    answer = client.open(path + slash, method=method, json={"name": "A"}, headers=KEY)
    assert answer.status_code == status
    assert "Location" not in answer.headers


@pytest.mark.parametrize("path", ["/v1/shops", "/v1/shops/", "/v1/shops/s1", "/v1/shops/s1/"])
def test_nor_where_the_contract_writes_it_the_other_way(
    make_toy: Callable[..., Toy], path: str
) -> None:
    toy = make_toy(contract(SHOPS, Shop=SHOP))
    with toy.worlds.turn("toy") as world:
        world.collection("toy_shops").add({"id": "s1"})
    assert toy.app().test_client().get(path, headers=KEY).status_code == 200


@pytest.mark.parametrize("path", ["/v1/shops/s1", "/v1/shops/s1/"])
def test_nor_for_a_wrong_method(make_toy: Callable[..., Toy], path: str) -> None:
    answer = make_toy(contract(SHOPS, Shop=SHOP)).app().test_client().delete(path, headers=KEY)
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


@pytest.mark.parametrize("path", ["/v1//pets/rex", "/v1/pets//", "/v1/pets/rex//", "/v1/pets//rex"])
def test_doubled_slashes_are_another_path_and_no_redirect(client: FlaskClient, path: str) -> None:
    for method in ("GET", "DELETE", "STROKE"):
        assert client.open(path, method=method, headers=KEY).status_code == 404


def test_head_is_a_get_without_its_body(client: FlaskClient) -> None:
    whole = client.get("/v1/pets/", headers=KEY)
    head = client.head("/v1/pets/", headers=KEY)
    assert (head.status_code, head.data) == (200, b"")
    assert head.content_length == whole.content_length == len(whole.data)
    assert head.content_type == "application/json"


def test_an_id_is_read_from_the_path_as_it_is_meant(toy: Toy) -> None:
    with toy.worlds.turn("toy") as world:
        world.collection("toy_pets").add({"id": "zoë & co", "name": "Zoë"})
    answer = toy.app().test_client().get("/v1/pets/zo%C3%AB%20%26%20co", headers=KEY)
    assert answer.json["name"] == "Zoë"


@pytest.mark.parametrize("path", ["/v1/pets/feed", "/v1/pets/feed/"])
def test_a_path_as_it_stands_comes_before_one_with_a_parameter(
    make_toy: Callable[..., Toy], path: str
) -> None:
    feeding = {"/v1/pets/feed": {"post": operation("feed", **{"x-kind": "action"})}}
    toy = make_toy(contract(feeding), behaviours={"POST /v1/pets/feed": lambda *_: Reply(b"1")})
    client = toy.app().test_client()
    assert client.post(path, headers=KEY).text == "1"
    answer = client.get(path, headers=KEY)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")


def test_a_method_that_no_standard_knows_is_told_which_there_are(client: FlaskClient) -> None:
    answer = client.open("/v1/pets", method="STROKE", headers=KEY)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD, POST")


def test_two_operations_may_name_the_same_place_in_a_path_differently(
    make_toy: Callable[..., Toy],
) -> None:
    other_id = {**PATH_ID, "name": "shop_id"}
    closing = {"/v1/shops/{shop_id}": {"delete": operation("closeShop", parameters=[other_id])}}
    toy = make_toy(contract({**SHOPS, **closing}, Shop=SHOP))
    with toy.worlds.turn("toy") as world:
        world.collection("toy_shops").add({"id": "s1"})
    client = toy.app().test_client()
    assert client.get("/v1/shops/s1", headers=KEY).status_code == 200
    assert client.delete("/v1/shops/s1", headers=KEY).status_code == 200
    answer = client.put("/v1/shops/s1", headers=KEY)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "DELETE, GET, HEAD")


def test_a_path_is_parsed_once_for_all_applications(toy: Toy) -> None:
    first, second = (
        {each.rule: each._parts for each in toy.app().url_map.iter_rules("toy /v1/pets")}
        for _ in range(2)
    )
    assert [*first] == [*second] == ["/v1/pets/"]
    assert first["/v1/pets/"] is second["/v1/pets/"]
