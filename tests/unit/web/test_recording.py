"""Does every call stand in the journal, whoever refuses it?"""

from typing import Any

import pytest
from flask.testing import FlaskClient

from mock_server import create_app

ME = {"Authorization": "Bearer sandbox_noted.web", "x-api-key": "sandbox_noted.web"}


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app(access_log=False, control_token=None).test_client()


@pytest.fixture(autouse=True)
def _begin_anew(client: FlaskClient) -> None:
    client.post("/__admin/reset?all=true")


def calls(client: FlaskClient, **query: Any) -> list[dict[str, Any]]:
    found = client.get("/__admin/calls", headers=ME, query_string=query).json
    results: list[dict[str, Any]] = found["results"]
    return results


def test_a_call_is_told_with_its_request_and_reply(client: FlaskClient) -> None:
    sent = {"first_name": "Zoë", "api_key": "s3cret"}
    answer = client.post("/v1/leads/?x=%C3%AB", json=sent, headers=ME)
    (call,) = calls(client)
    assert {name: call[name] for name in ("api", "operation", "world", "credential", "status")} == {
        "api": "propexo",
        "operation": "POST /v1/leads/",
        "world": "noted",
        "credential": "web",
        "status": 400,
    }
    request = call["request"]
    assert (request["method"], request["path"]) == ("POST", "/v1/leads/")
    assert request["body"] == {"first_name": "Zoë", "api_key": "***"}
    assert request["headers"]["authorization"] == request["headers"]["x-api-key"] == "***"
    assert call["reply"]["body"] == answer.json
    assert call["reply"]["headers"]["Content-Type"] == "application/json"


@pytest.mark.parametrize(
    ("method", "path", "environ", "status"),
    [
        ("GET", "/v1/leeds/", {}, 404),
        ("GET", "/leads/", {}, 404),
        ("TRACE", "/v1/leads/", {}, 405),
        ("GET", "/v1/leads/", {"HTTP_HOST": "evil.com"}, 403),
        ("POST", "/v1/leads/", {"CONTENT_LENGTH": str(10**9)}, 413),
    ],
)
def test_a_call_that_no_operation_answers_stands_in_the_world_of_its_credential(
    client: FlaskClient, method: str, path: str, environ: dict[str, str], status: int
) -> None:
    client.open(path, method=method, headers=ME, environ_overrides=environ)
    assert [(each["status"], each["credential"]) for each in calls(client)] == [(status, "web")]


def test_a_call_whose_credential_is_refused_stands_in_the_shared_world(client: FlaskClient) -> None:
    client.get("/v1/leads/", headers={"Authorization": "Bearer sandbox_a/b"})
    client.get("/api/v103/offices")
    found = calls(client, world="default")
    assert [(each["status"], each["api"]) for each in found] == [(401, "propexo"), (401, "leadpro")]


def test_our_own_operations_are_told_on_request_but_those_of_the_journal_never(
    client: FlaskClient,
) -> None:
    client.get("/__admin/clock", headers=ME)
    client.get("/openapi/leadpro.json", headers=ME)
    assert calls(client) == []
    paths = [each["request"]["path"] for each in calls(client, control="true")]
    assert paths == ["/__admin/clock", "/openapi/leadpro.json"]
    assert [each["api"] for each in calls(client, api="sandbox")] == ["sandbox"]


def test_a_preflight_is_no_call(client: FlaskClient) -> None:
    asking = {"Origin": "http://localhost:3000", "Access-Control-Request-Method": "GET"}
    client.options("/v1/leads/", headers=asking)
    assert calls(client, world="default", control="true") == []


def test_nothing_is_noted_where_no_calls_are_kept() -> None:
    client = create_app(access_log=False, keep_calls=0).test_client()
    client.get("/v1/leads/", headers=ME)
    assert calls(client) == []
