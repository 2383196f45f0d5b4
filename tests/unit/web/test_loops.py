"""Is a delivery that comes back to a sandbox refused before it does anything?"""

from typing import Any

import pytest

from mock_server import create_app


@pytest.fixture(scope="module")
def client() -> Any:
    return create_app(leads=0, write_seconds=0, access_log=False).test_client()


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/v1/leads/", lambda told: told["error"]["message"]),
        ("/api/v103/leads", lambda told: told["message"]),
        ("/__admin/reset?all=true", lambda told: told["error"]),
        ("/sandbox/webhooks/fire", lambda told: told["error"]),
        ("/", lambda told: told["error"]),
    ],
)
def test_a_delivery_is_refused_in_the_shape_of_the_api_it_came_to(
    client: Any, path: str, says: Any
) -> None:
    answer = client.post(path, json={}, headers={"X-Mock-Delivery": "cdelivery"})
    assert answer.status_code == 508
    assert answer.headers["X-Mock-Delivery"] == "cdelivery"
    assert says(answer.json).endswith("such as that of `mock-server listen`")


def test_any_other_call_is_answered_without_that_header(client: Any) -> None:
    answer = client.get("/__admin/health")
    assert (answer.status_code, "X-Mock-Delivery" in answer.headers) == (200, False)
