"""Are a proxy's headers taken where the setting says so, and from nobody else?"""

from typing import Any

import pytest
from flask.testing import FlaskClient

from mock_server import create_app

PROXIED = {
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "sandbox.shop.dev",
    "X-Forwarded-Prefix": "/mock",
}


def client_of(**given: Any) -> FlaskClient:
    return create_app(leads=0, access_log=False, **given).test_client()


def server_of(client: FlaskClient, headers: dict[str, str]) -> Any:
    answer = client.get("/openapi/leadpro.json", headers=headers)
    return answer.json["servers"][0]["url"] if answer.status_code == 200 else answer.json["error"]


def test_without_the_setting_nobody_is_believed() -> None:
    assert server_of(client_of(), PROXIED) == "http://localhost"


def test_a_trusted_proxy_says_where_the_server_is() -> None:
    client = client_of(trust_proxy=1, allowed_hosts="sandbox.shop.dev")
    assert server_of(client, PROXIED) == "https://sandbox.shop.dev/mock"
    assert client.get("/", headers=PROXIED).json["health"] == (
        "https://sandbox.shop.dev/mock/__admin/health"
    )


def test_the_forwarded_host_is_the_one_that_counts() -> None:
    client = client_of(trust_proxy=1)
    assert "does not answer to the host 'sandbox.shop.dev'" in server_of(client, PROXIED)
    forwarded = {"Host": "evil.com", "X-Forwarded-Host": "sandbox.test"}
    assert server_of(client, forwarded) == "http://sandbox.test"


@pytest.mark.parametrize(("proxies", "host"), [(1, "near.test"), (2, "far.test")])
def test_only_as_many_proxies_as_there_are_are_believed(proxies: int, host: str) -> None:
    headers = {"X-Forwarded-Host": "forged.test, far.test, near.test"}
    assert server_of(client_of(trust_proxy=proxies), headers) == f"http://{host}"
