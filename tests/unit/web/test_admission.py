"""Does a call get in from where it may come, and does every reply tell the browser so?"""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from mock_server import create_app

PAGE = {"Origin": "http://localhost:3000"}
ASKING = {**PAGE, "Access-Control-Request-Method": "POST"}
EVIL = {"Origin": "https://evil.com"}
KEYS = {"Authorization": "Bearer sandbox_page", "x-api-key": "sandbox_page"}
VENDORS = ["/v1/leads/", "/crm/v1/prospects/", "/api/v103/leads", "/api/v103/nothing", "/v1"]
CONTRACTS = ["/openapi/propexo.json", "/openapi/leadpro.json", "/openapi/sandbox.json"]
CONTROL = ["/__admin/reset", "/sandbox/outcomes", "/__admin/nothing"]


def app_of(**given: Any) -> Flask:
    return create_app(leads=0, access_log=False, **given)


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return app_of().test_client()


@pytest.fixture(scope="module")
def guarded() -> FlaskClient:
    return app_of(control_token="t0ken", cors="http://localhost:3000").test_client()


def grants(answer: Any) -> dict[str, str]:
    return {name: text for name, text in answer.headers if name.startswith("Access-Control-")}


@pytest.mark.parametrize("path", [*VENDORS, *CONTRACTS])
def test_a_preflight_of_an_allowed_page_is_answered(client: FlaskClient, path: str) -> None:
    answer = client.options(path, headers=ASKING)
    assert (answer.status_code, answer.data) == (204, b"")
    told = grants(answer)
    assert told["Access-Control-Allow-Origin"] == PAGE["Origin"]
    allowed = {*told["Access-Control-Allow-Headers"].split(", ")}
    assert {"authorization", "content-type", "x-api-key", "prefer"} <= allowed
    methods = {*told["Access-Control-Allow-Methods"].split(", ")}
    assert {"GET", "POST", "PUT", "PATCH", "DELETE"} <= methods
    assert answer.headers["Vary"] == "Origin"


@pytest.mark.parametrize("path", VENDORS)
def test_a_preflight_of_another_page_is_refused_with_the_setting(
    client: FlaskClient, path: str
) -> None:
    answer = client.options(path, headers={**ASKING, **EVIL})
    assert answer.status_code == 403
    assert "--cors" in answer.text
    assert grants(answer) == {}


@pytest.mark.parametrize("headers", [{}, PAGE, {"Access-Control-Request-Method": "POST"}])
def test_options_that_are_no_preflight_are_a_wrong_method(
    client: FlaskClient, headers: dict[str, str]
) -> None:
    assert client.options("/v1/leads/", headers={**KEYS, **headers}).status_code == 405


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("GET", "/v1/leads/", KEYS, 200),
        ("GET", "/api/v103/offices", KEYS, 200),
        ("GET", "/openapi/leadpro.json", {}, 200),
        ("POST", "/v1/leads/", KEYS, 400),
        ("GET", "/v1/leads/", {}, 401),
        ("GET", "/v1/nothing", KEYS, 404),
        ("DELETE", "/api/v103/leads", KEYS, 405),
    ],
)
def test_a_page_may_read_every_reply_errors_too(
    client: FlaskClient, method: str, path: str, headers: dict[str, str], status: int
) -> None:
    answer = client.open(path, method=method, headers={**headers, **PAGE})
    assert answer.status_code == status
    told = grants(answer)
    assert told["Access-Control-Allow-Origin"] == PAGE["Origin"]
    assert "x-ratelimit-remaining" in told["Access-Control-Expose-Headers"]
    foreign = client.open(path, method=method, headers={**headers, **EVIL})
    assert (foreign.status_code, grants(foreign)) == (status, {})
    assert foreign.headers["Vary"] == answer.headers["Vary"] == "Origin"
    program = client.open(path, method=method, headers=headers)
    assert (program.status_code, grants(program)) == (status, {})


def test_with_any_every_page_may_read_and_replies_are_alike() -> None:
    answer = app_of(cors="any").test_client().get("/v1/leads/", headers={**KEYS, **EVIL})
    assert grants(answer)["Access-Control-Allow-Origin"] == "*"
    assert "Vary" not in answer.headers


@pytest.mark.parametrize("path", ["/", "/v1/leads/", "/v1/nothing", "/nowhere", *CONTROL])
@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS"])
def test_no_browser_guesses_what_a_reply_is(client: FlaskClient, method: str, path: str) -> None:
    answer = client.open(path, method=method, headers={**KEYS, **ASKING})
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "headers",
    [
        {**EVIL, "Sec-Fetch-Site": "cross-site", "Content-Type": "text/plain"},
        {"Origin": "null"},
        PAGE,
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
def test_a_form_of_another_page_resets_nothing(
    client: FlaskClient, headers: dict[str, str]
) -> None:
    client.post("/__admin/clock", json={"freeze": True}, headers=KEYS)
    answer = client.post("/__admin/reset?all=true", headers=headers)
    assert (answer.status_code, list(answer.json)) == (403, ["error"])
    assert "--cors" in answer.json["error"]
    assert grants(answer) == {}
    assert client.get("/__admin/clock", headers={**KEYS, **headers}).json["is_frozen"] is True


def test_a_page_that_is_named_may_control(guarded: FlaskClient) -> None:
    asked = guarded.options("/__admin/reset", headers=ASKING)
    assert asked.status_code == 204
    assert "x-mock-control-token" in grants(asked)["Access-Control-Allow-Headers"]
    headers = {**PAGE, **KEYS, "x-mock-control-token": "t0ken"}
    answer = guarded.post("/__admin/reset", headers=headers)
    assert answer.json == {"reset": ["page"]}
    assert grants(answer)["Access-Control-Allow-Origin"] == PAGE["Origin"]


@pytest.mark.parametrize("path", ["/v1/leads/", "/api/v103/offices", "/__admin/clock", "/"])
def test_a_host_of_a_strangers_dns_is_refused_everywhere(client: FlaskClient, path: str) -> None:
    answer = client.get(path, headers={**KEYS, "Host": "evil.example"})
    assert (answer.status_code, answer.content_type) == (403, "application/json")
    assert "'evil.example'" in answer.text
    assert "--allowed-hosts" in answer.text


@pytest.mark.parametrize("host", ["api.propexo.com", "api.sandbox.propexo.com", "api.lead.pro"])
def test_the_vendors_own_names_are_let_in(client: FlaskClient, host: str) -> None:
    assert client.get("/v1/leads/", headers={**KEYS, "Host": host}).status_code == 200


def test_hosts_are_let_in_by_setting() -> None:
    client = app_of(allowed_hosts=".shop.dev", host="my.sandbox.dev").test_client()
    for host in ("www.shop.dev", "my.sandbox.dev:8080"):
        assert client.get("/", headers={"Host": host}).status_code == 200


def test_a_call_without_a_host_is_let_in_and_its_links_name_the_server(
    client: FlaskClient,
) -> None:
    environ = {"HTTP_HOST": "", "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "8080"}
    answer = client.get("/openapi/leadpro.json", environ_overrides=environ)
    assert answer.json["servers"] == [{"url": "http://127.0.0.1:8080"}]


@pytest.mark.parametrize("path", ["//v1/leads/", "/v1//leads/", "/v1/leads//", "///v1/leads/"])
def test_a_doubled_slash_is_no_known_path_wherever_it_stands(
    client: FlaskClient, path: str
) -> None:
    answer = client.get("/", headers=KEYS, environ_overrides={"PATH_INFO": path})
    assert answer.status_code == 404
    told = f"there is no {path}: it has two slashes in a row; did you mean /v1/leads/?"
    assert answer.json["error"]["message"] == told


@pytest.mark.parametrize("path", ["/__admin/clock", "/sandbox/outcomes", "/__admin/nothing"])
def test_where_there_is_a_token_the_control_api_demands_it(guarded: FlaskClient, path: str) -> None:
    answer = guarded.get(path, headers=KEYS)
    assert (answer.status_code, list(answer.json)) == (401, ["error"])
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    given = {**KEYS, "x-mock-control-token": "t0ken"}
    assert guarded.get(path, headers=given).status_code in {200, 404}


def test_the_token_as_bearer_leaves_the_world_to_the_key(guarded: FlaskClient) -> None:
    token = {"Authorization": "Bearer t0ken"}
    named = guarded.post("/__admin/reset", headers={**token, "x-api-key": "sandbox_mine"})
    assert named.json == {"reset": ["mine"]}
    assert guarded.get("/__admin/clock", headers=token).json["world"] == "default"
    assert guarded.post("/__admin/reset", headers=token).status_code == 401


@pytest.mark.parametrize("path", ["/__admin/health", "/__admin/jobs/page/none", "/", *VENDORS[:1]])
def test_probes_links_and_vendors_need_no_token(guarded: FlaskClient, path: str) -> None:
    assert guarded.get(path, headers=KEYS).status_code in {200, 404}
