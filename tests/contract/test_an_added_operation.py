"""Is an ordinary operation served once the real contract has it, with no Python of its own?"""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from mock_server import app, shipped
from tests.contract.case import MORNING

BEARER = {"Authorization": "Bearer sandbox_added"}
PARKING = """
paths:
  /v1/parking-permits/:
    get: &said
      operationId: listParkingPermits
      summary: List parking permits
      x-evidence: assumed
      x-source: Nobody's reference
      parameters:
        - $ref: 'components.yaml#/components/parameters/OrderBy'
        - $ref: 'components.yaml#/components/parameters/Offset'
        - $ref: 'components.yaml#/components/parameters/Limit'
        - $ref: 'components.yaml#/components/parameters/IntegrationId'
        - {name: plate, in: query, schema: {type: string}}
    post:
      <<: *said
      operationId: createParkingPermit
      x-returns-record-id: true
      parameters:
        - $ref: 'components.yaml#/components/parameters/IgnoreUnknownFields'
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [integration_id, plate]
              properties:
                integration_id: {type: string, x-references: integrations}
                resident_id: {type: string, x-references: residents}
                plate: {type: string}
              additionalProperties: false
  /v1/parking-permits/{id}:
    get:
      <<: *said
      operationId: fetchParkingPermit
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
components:
  schemas:
    ParkingPermit:
      type: object
      x-resource: parking_permits
      properties:
        id: {type: string}
        created_at: {type: string}
        updated_at: {type: string}
        last_seen: {type: [string, 'null']}
        x_id: {type: string}
        plate: {type: [string, 'null']}
        integration_id: {type: string, x-references: integrations}
        integration_vendor: {type: string}
        property_id: {type: [string, 'null'], x-references: properties}
        resident_id: {type: [string, 'null'], x-references: residents}
"""
PATHS = """
  /v1/parking-permits/: {$ref: 'parking.yaml#/paths/~1v1~1parking-permits~1'}
  /v1/parking-permits/{id}: {$ref: 'parking.yaml#/paths/~1v1~1parking-permits~1{id}'}
"""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Call the sandbox as a copy of the contract makes it that also knows parking permits."""
    copied = tmp_path_factory.mktemp("contract") / "openapi"
    without_bundle = shutil.ignore_patterns("__compiled__")
    shutil.copytree(shipped.folder("openapi"), copied, ignore=without_bundle)
    (copied / "propexo" / "parking.yaml").write_text(PARKING, encoding="utf-8")
    with (copied / "propexo" / "openapi.yaml").open("a", encoding="utf-8") as root:
        root.write(PATHS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shipped, "folder", _instead(copied))
        # A process makes its APIs once; this contract must not stay for the tests that follow.
        patch.setattr(app, "every_api", app.every_api.__wrapped__)
        yield app.create_app(
            access_log=False, leads=60, write_seconds=0, strict=True, machine=lambda: MORNING
        ).test_client()


def _instead(copied: Path) -> Callable[[str], Path]:
    real = shipped.folder
    return lambda name: copied if name == copied.name else real(name)


def ok(client: FlaskClient, method: str, path: str, body: Any = None) -> Any:
    """Make a call that has to succeed, and return what its answer stands for."""
    answer = client.open(path, method=method, headers=BEARER, json=body)
    assert answer.status_code == 200, answer.text
    return answer.json


def test_its_records_are_there_linked_and_can_be_listed_and_fetched(client: FlaskClient) -> None:
    listed = ok(client, "GET", "/v1/parking-permits/?limit=2&order-by=x_id")
    one, other = listed["results"]
    assert listed["meta"]["total"] > 2
    assert one["x_id"] < other["x_id"]
    path = f"/v1/parking-permits/{one['id']}"
    assert ok(client, "GET", path)["results"] == one
    place = ok(client, "GET", f"/v1/properties/{one['property_id']}")["results"]
    assert place["integration_id"] == one["integration_id"]
    missing = client.get("/v1/parking-permits/cnothing", headers=BEARER)
    assert (missing.status_code, missing.json["error"]["code"]) == (404, "not_found")


def test_what_is_written_can_be_read_and_filtered(client: FlaskClient) -> None:
    [resident] = ok(client, "GET", "/v1/residents/?limit=1")["results"]
    body = {"integration_id": resident["integration_id"], "resident_id": resident["id"]}
    accepted = ok(client, "POST", "/v1/parking-permits/", {**body, "plate": "7ABC123"})
    status = ok(client, "GET", f"/v1/admin/write-status/{accepted['job_id']}")
    [made] = ok(client, "GET", "/v1/parking-permits/?plate=7ABC123")["results"]
    assert made["id"] == status["created_record_id"]
    assert (made["resident_id"], made["property_id"]) == (resident["id"], resident["property_id"])


def test_its_rules_are_kept(client: FlaskClient) -> None:
    body = {"integration_id": "intg-of-nobody", "resident_id": "cnothing", "colour": "green"}
    refused = client.post("/v1/parking-permits/", headers=BEARER, json=body)
    assert refused.status_code == 400
    issues = refused.json["error"]["details"]["details"]["issues"]
    found = sorted((each["code"], *each["path"]) for each in issues)
    assert found == [
        ("custom", "integration_id"),
        ("custom", "resident_id"),
        ("invalid_type", "plate"),
        ("unrecognized_keys",),
    ]
