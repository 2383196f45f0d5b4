"""Does an event that is fired on request reach those who ordered it, or the one who is named?"""

import json
from typing import Any

import pytest

from mock_server.signatures import is_signed_by

FIRE, LEAD, ENTRATA = "POST /sandbox/webhooks/fire", "lead-123456789", "intg-987654321"
NEW_LEAD = {"event": "DATA_NEW", "record_id": LEAD}


@pytest.fixture
def sandbox(sandbox: Any) -> Any:
    """Return the sandbox once nobody has ordered anything there."""
    for each in sandbox.get("GET /v1/webhooks/?active=")["results"]:
        sandbox.get(f"DELETE /v1/webhooks/{each['id']}", {})
    return sandbox


def subscribed(sandbox: Any, *triggers: str, **other: Any) -> dict[str, Any]:
    body = {"url": "http://127.0.0.1:9/hooks", "triggers": triggers, "active": True, **other}
    made: dict[str, Any] = sandbox.get("POST /v1/webhooks/", body)["result"]
    return made


def told(fired: dict[str, Any]) -> list[str]:
    return [each["webhook_id"] for each in fired["deliveries"]]


def test_the_delivery_is_queued_signed_and_in_the_log(sandbox: Any) -> None:
    mine = subscribed(sandbox, "JOB_FAILURE", secret="a-secret-of-mine")
    (sent,) = sandbox.get(FIRE, {"event": "JOB_FAILURE", "integration_id": ENTRATA})["deliveries"]
    assert (sent["webhook_id"], sent["why"], sent["state"]) == (
        mine["id"],
        "fired on request",
        "waiting",
    )
    signature = sent["headers"]["propexo-signature"]
    assert is_signed_by("a-secret-of-mine", sent["body"].encode(), signature)
    logged = sandbox.get(f"GET /__admin/deliveries/{sent['id']}")
    assert {**logged, "state": "waiting"} == sent


def test_all_who_are_active_and_ordered_the_event_are_told(sandbox: Any) -> None:
    mine = subscribed(sandbox, "DATA_NEW")
    subscribed(sandbox, "DATA_NEW", active=False)
    subscribed(sandbox, "DATA_NEW", model="units")
    subscribed(sandbox, "DATA_UPDATE")
    of_leads = subscribed(sandbox, "DATA_NEW", "JOB_FAILURE", model="leads")
    assert told(sandbox.get(FIRE, NEW_LEAD)) == [mine["id"], of_leads["id"]]


def test_who_is_named_is_told_whatever_it_ordered(sandbox: Any) -> None:
    mine = subscribed(sandbox, "SYNC_COMPLETE")
    assert told(sandbox.get(FIRE, {**NEW_LEAD, "webhook_id": mine["id"]})) == [mine["id"]]


def test_who_is_switched_off_is_not_told_and_the_reason_is(sandbox: Any) -> None:
    mine = subscribed(sandbox, "DATA_NEW", active=False)
    said = sandbox.refused(FIRE, {**NEW_LEAD, "webhook_id": mine["id"]})
    assert said == (
        "webhook_id: is switched off, so the delivery would be lost; switch it on first"
    )
    assert sandbox.get("GET /__admin/deliveries")["total"] == 0


def test_where_nobody_ordered_the_event_it_is_said_who_ordered_what(sandbox: Any) -> None:
    other = subscribed(sandbox, "DATA_NEW", "SYNC_COMPLETE", model="leads")
    mine = subscribed(sandbox, "JOB_FAILURE", active=False)
    said = sandbox.refused(FIRE, {"event": "JOB_FAILURE", "integration_id": ENTRATA})
    assert said == (
        "event: no active webhook has ordered JOB_FAILURE, and the webhooks there are:"
        f" {other['id']} (DATA_NEW of leads, SYNC_COMPLETE);"
        f" {mine['id']} (JOB_FAILURE, switched off)."
        " Subscribe by POST /v1/webhooks/ with active true, or name one of these as webhook_id"
    )


def test_where_there_is_no_webhook_at_all_it_is_said_how_to_subscribe(sandbox: Any) -> None:
    said = sandbox.refused(FIRE, NEW_LEAD)
    assert said == (
        "event: no active webhook has ordered DATA_NEW of leads, and the webhooks there are:"
        " none at all. Subscribe by POST /v1/webhooks/ with active true"
    )


def test_a_body_of_the_callers_own_is_sent_as_it_is(sandbox: Any) -> None:
    mine = subscribed(sandbox, "DATA_NEW", model="leads")
    body = {"trigger": "DATA_NEW", "mine": [1, None, {"a": "é"}]}
    (sent,) = sandbox.get(FIRE, {"event": "DATA_NEW", "body": body})["deliveries"]
    assert json.loads(sent["body"]) == body
    assert is_signed_by(mine["secret"], sent["body"].encode(), sent["headers"]["propexo-signature"])


def test_delivery_faults_spoil_what_is_fired(sandbox: Any) -> None:
    subscribed(sandbox, "DATA_NEW")
    sandbox.get("POST /sandbox/webhooks/faults", {"effect": "lose"})
    (sent,) = sandbox.get(FIRE, NEW_LEAD)["deliveries"]
    assert (sent["state"], sent["spoiled_by"]) == ("lost", "lose")


def lead_of(sandbox: Any) -> dict[str, Any]:
    """Create a lead at LeadPro before anybody wants to be told of it."""
    person = {"first_name": "Ada", "last_name": "Okafor", "email": "ada@example.com"}
    body = {**person, "phone": "02079460001", "type": "let"}
    made: dict[str, Any] = sandbox.get("POST /api/v103/leads", body)
    return made


@pytest.mark.parametrize("event", ["lead.created", "lead.updated"])
def test_leadpro_tells_of_a_lead_as_it_now_is(sandbox: Any, event: str) -> None:
    lead = lead_of(sandbox)
    mine = sandbox.get("POST /sandbox/leadpro/webhooks", {"url": "http://127.0.0.1:9/hooks"})
    (sent,) = sandbox.get(FIRE, {"event": event, "record_id": str(lead["id"])})["deliveries"]
    assert json.loads(sent["body"]) == {"event": event, "data": lead}
    assert (sent["api"], sent["webhook_id"]) == ("leadpro", mine["id"])
    assert sent["headers"].keys() == {"content-type"}


def test_of_leadpros_webhooks_too_only_who_is_active_is_told(sandbox: Any) -> None:
    order = {"event": "lead.created", "record_id": str(lead_of(sandbox)["id"])}
    said = sandbox.refused(FIRE, order)
    assert said.endswith("none at all. Subscribe by POST /sandbox/leadpro/webhooks")
    body = {"url": "http://127.0.0.1:9/hooks", "events": ["lead.updated"], "active": False}
    mine = sandbox.get("POST /sandbox/leadpro/webhooks", body)["id"]
    assert f"{mine} (lead.updated, switched off)" in sandbox.refused(FIRE, order)


@pytest.mark.parametrize(
    ("order", "said"),
    [
        ({"event": "DATA_NEWS"}, "event: there is no event 'DATA_NEWS'; did you mean DATA_NEW?"),
        (
            {"event": "DATA_NEW", "api": "leadpro"},
            "event: there is no leadpro event 'DATA_NEW'; there is lead.created",
        ),
        ({**NEW_LEAD, "webhook_id": "x"}, "webhook_id: there is no propexo webhook 'x'"),
        ({}, "event is required"),
        ({"event": "DATA_NEW", "body": "text"}, "body must be an object, not string"),
    ],
)
def test_what_cannot_be_fired_is_refused(sandbox: Any, order: dict[str, Any], said: str) -> None:
    assert sandbox.refused(FIRE, order).startswith(said)
