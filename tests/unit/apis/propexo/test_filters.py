"""Which filters have to stand beside one another?"""

from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient

from mock_server import create_app

HEADERS = {"Authorization": "Bearer sandbox_filters"}


@pytest.fixture(scope="module")
def strict() -> Iterator[FlaskClient]:
    app = create_app(strict=True, leads=20, rate_limit=10_000, access_log=False)
    with app.test_client() as client:
        yield client


def paths_of(answer: object) -> list[list[str]]:
    return [each["path"] for each in answer.json["error"]["details"]["details"]["issues"]]  # type: ignore[attr-defined]


def test_an_id_of_the_pms_needs_its_integration_and_property_when_strict(
    strict: FlaskClient,
) -> None:
    answer = strict.get("/v1/leads/?x_id=5118", headers=HEADERS)
    assert answer.status_code == 400
    assert paths_of(answer) == [["integration_id"], ["x_property_id"]]


def test_it_is_taken_beside_them(strict: FlaskClient) -> None:
    beside = "integration_id=clwh5u07w000508me66sfh3um&x_property_id=1633544"
    answer = strict.get(f"/v1/leads/?x_id=5118&{beside}", headers=HEADERS)
    assert answer.json["meta"]["total"] == 1


def test_a_filter_that_a_list_does_not_have_is_not_demanded(strict: FlaskClient) -> None:
    answer = strict.get("/v1/applicants/?x_id=1", headers=HEADERS)
    assert paths_of(answer) == [["integration_id"]]


def test_everybody_else_may_ask_for_it_alone() -> None:
    client = create_app(leads=20, access_log=False).test_client()
    answer = client.get("/v1/leads/?x_id=5118", headers=HEADERS)
    assert answer.json["meta"]["total"] == 1


@pytest.mark.parametrize("path", ["leases", "service-requests", "units"])
def test_a_units_number_needs_its_property(propexo: Any, issues: Any, path: str) -> None:
    key, asked = f"GET /v1/{path}/", "unit_number=2B"
    refused = propexo.refused(key, query=asked)
    assert issues(refused) == [("property_id", "is required beside unit_number")]
    assert propexo.ask(key, query=f"{asked}&property_id=clui8s0dq000208l4b6y1n9zk")[0] == 200
