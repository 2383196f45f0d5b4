"""Is the body of a fired event the one that the event itself would have?"""

import json
from typing import Any

import pytest

from mock_server.apis.propexo import announcements

FIRE, LEAD, ENTRATA = "POST /sandbox/webhooks/fire", "lead-123456789", "intg-987654321"
ORDERED = [
    "DATA_NEW",
    "DATA_UPDATE",
    "SYNC_COMPLETE",
    "WRITE_OPERATION_FAILURE",
]
NOW = "2026-03-01T09:00:00.000Z"


@pytest.fixture
def sandbox(sandbox: Any) -> Any:
    """Return the sandbox once a single webhook has ordered all that is told of itself here."""
    for each in sandbox.get("GET /v1/webhooks/?active=")["results"]:
        sandbox.get(f"DELETE /v1/webhooks/{each['id']}", {})
    body = {"url": "http://127.0.0.1:9/hooks", "triggers": ORDERED, "active": True}
    sandbox.get("POST /v1/webhooks/", body)
    return sandbox


def fired(sandbox: Any, event: str, **order: Any) -> dict[str, Any]:
    """Fire an event at the webhook, whatever it ordered, and return the body that it is told."""
    (webhook,) = sandbox.get("GET /v1/webhooks/")["results"]
    order = {"event": event, "webhook_id": webhook["id"], **order}
    (sent,) = sandbox.get(FIRE, order)["deliveries"]
    body: dict[str, Any] = json.loads(sent["body"])
    return body


def told(sandbox: Any, event: str) -> list[dict[str, Any]]:
    """Return the bodies of what has been told of itself."""
    log = sandbox.get(f"GET /__admin/deliveries?event={event}")["results"]
    return [json.loads(each["body"]) for each in log]


def alike(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Say whether two bodies differ in the ids of their jobs alone."""
    own = {"job_id", "root_job_id"}
    for each in (one, other):
        each["data"] = {name: value for name, value in each["data"].items() if name not in own}
    return one == other


def synced(sandbox: Any) -> None:
    sandbox.get(f"POST /v1/admin/integrations/{ENTRATA}/manual-sync", {})
    sandbox.machine.advance(seconds=5)


def test_a_fired_new_record_is_the_one_that_a_read_tells(sandbox: Any) -> None:
    made = sandbox.get(f"POST /sandbox/pms/{ENTRATA}/leads", {"first_name": "Ada"})
    synced(sandbox)
    (real,) = told(sandbox, "DATA_NEW")
    assert alike(fired(sandbox, "DATA_NEW", record_id=made["id"]), real)


def test_a_fired_change_is_the_one_that_a_read_tells(sandbox: Any) -> None:
    before = sandbox.get(f"GET /sandbox/pms/{ENTRATA}/leads/{LEAD}")["first_name"]
    stamps = {"first_name": "Ada", "last_name": "Okafor"}
    sandbox.get(f"PATCH /sandbox/pms/{ENTRATA}/leads/{LEAD}", stamps)
    synced(sandbox)
    (real,) = told(sandbox, "DATA_UPDATE")
    diff = real["data"]["diff"]
    changed = {name: diff["previous"][name] for name in stamps}
    assert changed["first_name"] == before
    again = fired(sandbox, "DATA_UPDATE", record_id=LEAD, changed=changed)["data"]["diff"]
    assert {name: again["new"][name] for name in stamps} == stamps
    assert {name: again["previous"][name] for name in stamps} == changed


def test_a_change_of_which_nothing_is_said_is_of_its_times_alone(sandbox: Any) -> None:
    lead = sandbox.get(f"GET /v1/leads/{LEAD}")["results"]
    names = ("updated_at", "last_seen")
    assert fired(sandbox, "DATA_UPDATE", record_id=LEAD)["data"]["diff"] == {
        "new": dict.fromkeys(names, NOW),
        "previous": {name: lead[name] for name in names},
    }


def test_firing_changes_no_record(sandbox: Any) -> None:
    before = sandbox.get(f"GET /v1/leads/{LEAD}")
    fired(sandbox, "DATA_UPDATE", record_id=LEAD, changed={"first_name": "Ada"})
    assert sandbox.get(f"GET /v1/leads/{LEAD}") == before


@pytest.mark.parametrize("model", [None, "leads"])
def test_a_record_is_found_with_and_without_its_model(sandbox: Any, model: str | None) -> None:
    named = {} if model is None else {"model": model}
    body = fired(sandbox, "DATA_NEW", record_id=LEAD, **named)
    assert body["data"]["payload"]["id"] == body["data"]["record_id"] == LEAD
    assert body["data"]["object"] == "leads"
    assert body["data"]["job_type"] == "READ_LEADS"


@pytest.mark.parametrize("name", ["vendors", "service_request_vendors", "service-request-vendors"])
def test_a_model_may_be_named_as_the_paths_or_as_the_webhooks_do(sandbox: Any, name: str) -> None:
    vendor = sandbox.get("GET /v1/vendors/?limit=1")["results"][0]["id"]
    body = fired(sandbox, "DATA_NEW", record_id=vendor, model=name)
    assert body["meta"]["object"] == "service-request-vendors"


def test_a_fired_sync_is_the_one_that_a_sync_tells(sandbox: Any) -> None:
    synced(sandbox)
    (real,) = told(sandbox, "SYNC_COMPLETE")
    assert fired(sandbox, "SYNC_COMPLETE", integration_id=ENTRATA) == real
    first = fired(sandbox, "FIRST_SYNC_COMPLETE", integration_id=ENTRATA)
    assert first["trigger"] == first["data"]["event"] == "FIRST_SYNC_COMPLETE"
    assert {**first["data"], "event": "SYNC_COMPLETE"} == real["data"]


@pytest.mark.parametrize("event", ["JOB_SUCCESS", "JOB_FAILURE"])
def test_a_fired_job_read_properties_unless_a_model_is_named(sandbox: Any, event: str) -> None:
    body = fired(sandbox, event, integration_id=ENTRATA)
    assert body["trigger"] == body["data"]["event"] == event
    assert (body["data"]["vendor"], body["data"]["job_type"]) == ("ENTRATA", "READ_PROPERTIES")
    named = fired(sandbox, event, integration_id=ENTRATA, model="leads")
    assert named["data"]["job_type"] == "READ_LEADS"


def test_a_fired_failure_of_a_write_is_the_one_that_a_write_tells(sandbox: Any) -> None:
    sandbox.get("POST /sandbox/outcomes", {"write_status": "FAILURE"})
    sandbox.get(f"PUT /v1/leads/{LEAD}", {"first_name": "Ada"})
    sandbox.machine.advance(seconds=2)
    sandbox.get("GET /__admin/clock")
    (real,) = told(sandbox, "WRITE_OPERATION_FAILURE")
    body = fired(sandbox, "WRITE_OPERATION_FAILURE", integration_id=ENTRATA)
    assert body["data"].keys() == real["data"].keys()
    assert body["data"]["errors"]
    assert body["data"]["write_status"] == real["data"]["write_status"] == "FAILURE"


@pytest.mark.parametrize("event", announcements.TRIGGERS)
def test_every_event_can_be_fired(sandbox: Any, event: str) -> None:
    body = fired(sandbox, event, record_id=LEAD, integration_id=ENTRATA)
    assert body["trigger"] == body["data"]["event"] == event
    assert body["data"]["integration_id"] == ENTRATA


@pytest.mark.parametrize(
    ("order", "said"),
    [
        ({"event": "DATA_NEW"}, "record_id: is needed to tell of DATA_NEW, unless you give"),
        ({"event": "SYNC_COMPLETE"}, "integration_id: is needed to tell of SYNC_COMPLETE"),
        ({"event": "lead.created"}, "record_id: is needed to tell of lead.created"),
        (
            {"event": "DATA_NEW", "record_id": "x"},
            "record_id: no record has the id 'x', or Propexo has not read it yet",
        ),
        (
            {"event": "DATA_NEW", "record_id": LEAD, "model": "units"},
            f"record_id: no unit has the id '{LEAD}', or Propexo has not read it yet",
        ),
        ({"event": "lead.created", "record_id": "x"}, "record_id: no lead has the id 'x'"),
        (
            {"event": "DATA_NEW", "record_id": LEAD, "model": "lead"},
            "model: there is no model 'lead'; did you mean leads?",
        ),
        (
            {"event": "JOB_FAILURE", "integration_id": "intg-98765432"},
            "integration_id: there is no integration 'intg-98765432'; did you mean intg-987654321?",
        ),
        (
            {"event": "DATA_UPDATE", "record_id": LEAD, "changed": {"first_name": 3, "id": "x"}},
            "changed.id: is Propexo's own, so it cannot be set; changed.first_name must be",
        ),
    ],
)
def test_an_event_of_which_too_little_is_known_is_refused(
    sandbox: Any, order: dict[str, Any], said: str
) -> None:
    assert sandbox.refused(FIRE, order).startswith(said)
    assert sandbox.get("GET /__admin/deliveries")["total"] == 0
