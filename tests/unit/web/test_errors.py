"""Does a request that reaches no operation get the vendor's shape, and a hint what to ask for?"""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from mock_server import create_app
from mock_server.engine.call import Reply
from tests.unit.toy import KEY, Toy, contract, operation


@pytest.mark.parametrize("path", ["/v1/pest/", "/v1/pets/rex/legs", "/v1/PETS"])
def test_an_unknown_path_is_a_vendors_404(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.content_type) == (404, "application/json")
    assert answer.json["problems"] == []
    assert answer.json["why"].startswith(f"there is no GET {path}; did you mean ")


def test_the_nearest_operations_are_named_best_first(client: FlaskClient) -> None:
    assert client.get("/v1/pest/").json["why"] == (
        "there is no GET /v1/pest/; did you mean GET /v1/pets/ or POST /v1/pets/?"
    )


@pytest.mark.parametrize("path", ["/v1/zebras", "/v1/", "/v1"])
def test_a_path_like_nothing_known_gets_no_guess(client: FlaskClient, path: str) -> None:
    told = f"there is no GET {path}; /openapi/toy.json has all"
    assert client.get(path).json["why"] == told


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("DELETE", "/v1/pets/", "GET, HEAD, POST"),
        ("PATCH", "/v1/pets", "GET, HEAD, POST"),
        ("POST", "/v1/pets/rex", "DELETE, GET, HEAD, PUT"),
        ("BREW", "/v1/pets/rex", "DELETE, GET, HEAD, PUT"),
    ],
)
def test_a_wrong_method_is_a_vendors_405_that_names_the_right_ones(
    make_toy: Callable[..., Toy], method: str, path: str, allowed: str
) -> None:
    app = make_toy().app()
    answer = app.test_client().open(path, method=method, headers=KEY)
    assert (answer.status_code, answer.content_type) == (405, "application/json")
    named = set(answer.headers["Allow"].split(", ")) - {"OPTIONS"}
    assert named == set(allowed.split(", "))
    assert answer.json["why"].startswith(f"{path} takes ")
    assert answer.json["why"].endswith(f", not {method}")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/nowhere", 404), ("GET", "/v10/pets", 404), ("POST", "/openapi/toy.json", 405)],
)
def test_outside_every_vendor_the_shape_is_our_own(
    client: FlaskClient, method: str, path: str, status: int
) -> None:
    answer = client.open(path, method=method)
    assert (answer.status_code, answer.content_type) == (status, "application/json")
    assert list(answer.json) == ["error"]


def test_a_405_of_our_own_names_the_right_methods_too(client: FlaskClient) -> None:
    assert "GET" in client.post("/openapi/toy.json").headers["Allow"]


@pytest.mark.parametrize(("extra", "status"), [(0, 200), (1, 413)])
def test_a_body_may_be_as_large_as_the_setting_says(
    make_toy: Callable[..., Toy], extra: int, status: int
) -> None:
    toy = make_toy(settings={"max_body_bytes": 100})
    before = toy.everything()
    content = b'{"name": "A"}'.ljust(100 + extra)
    sent: dict[str, Any] = {"data": content, "content_type": "application/json", "headers": KEY}
    answer = toy.app().test_client().post("/v1/pets/", **sent)
    assert (answer.status_code, answer.content_type) == (status, "application/json")
    assert (toy.everything() == before) is (status == 413)


def test_a_path_that_only_passes_for_an_id_is_told_what_may_be_meant(
    make_toy: Callable[..., Toy],
) -> None:
    feeding = {"/v1/pets/feed": {"post": operation("feed", **{"x-kind": "action"})}}
    toy = make_toy(contract(feeding), behaviours={"POST /v1/pets/feed": lambda *_: Reply(b"1")})
    answer = toy.app().test_client().post("/v1/pets/fead", headers=KEY)
    assert answer.json["why"] == (
        "/v1/pets/fead takes DELETE, GET, HEAD, PUT, not POST; did you mean POST /v1/pets/feed?"
    )


def of_vendor(vendor: str) -> dict[str, Any]:
    """Return the toy's adding of pets as an operation of one vendor."""
    said = {"x-vendor": vendor, "x-kind": "action", "x-generic": "POST /v1/pets/"}
    return {f"/v1/pets/{vendor.lower()}/": {"post": operation(f"addPet{vendor}", **said)}}


@pytest.mark.parametrize(
    ("method", "path", "status", "why"),
    [
        ("POST", "/v1/pets/west/", 404, "it has this one for EAST and SOUTH"),
        ("POST", "/v1/pets/West", 404, "it has this one for EAST and SOUTH"),
        ("PATCH", "/v1/kennels/south", 404, "it has this one for no PMS or CRM"),
        ("POST", "/v1/pets/rex1", 405, "/v1/pets/rex1 takes DELETE, GET, HEAD, PUT, not POST"),
        ("GET", "/v1/pets/south", 405, "/v1/pets/south takes POST, not GET"),
    ],
)
def test_an_operation_of_a_vendor_that_there_is_not_is_no_wrong_method(
    method: str, path: str, status: int, why: str, make_toy: Callable[..., Toy]
) -> None:
    toy = make_toy(
        contract({**of_vendor("SOUTH"), **of_vendor("EAST")}),
        behaviours={"POST /v1/pets/": lambda *_: Reply(b"1")},
    )
    answer = toy.app().test_client().open(path, method=method, headers=KEY)
    assert answer.status_code == status
    expected = f"the sandbox has no operation {method} {path}; {why}" if status == 404 else why
    assert answer.json["why"].startswith(expected)


def test_a_body_that_is_too_large_is_told_in_the_vendors_shape(
    make_toy: Callable[..., Toy],
) -> None:
    client = make_toy(settings={"max_body_bytes": 5}).app().test_client()
    answer = client.post("/v1/pets/", json={"name": "A"}, headers=KEY)
    expected = {
        "problems": [],
        "why": "the body is larger than 5 bytes; --max-body-bytes lets in more",
    }
    assert answer.json == expected


def test_a_fault_in_a_route_is_a_vendors_500(
    toy: Toy, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = toy.app()
    monkeypatch.setattr(toy.answering, "answer", None)
    answer = app.test_client().get("/v1/pets/", headers=KEY)
    assert (answer.status_code, answer.content_type) == (500, "application/json")
    assert answer.json["why"] == "the sandbox has a fault; its log says which"
    assert "NoneType" in caplog.text


def test_a_file_may_be_larger_than_other_bodies() -> None:
    client = create_app(leads=0, access_log=False, max_body_bytes=1_000).test_client()
    headers = {"Authorization": "Bearer sandbox_files"}
    body = {"attachment": {"file_data": "QUJD" * 1_000}}
    paths = ("/v1/leads/", "/v1/leads/yardi/nobody/file-upload")
    statuses = [client.post(path, headers=headers, json=body).status_code for path in paths]
    assert statuses == [413, 400]
