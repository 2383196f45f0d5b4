"""Is every write that was accepted told, whole, to those who ordered it?"""

import json
from typing import Any

import pytest

from mock_server.apis.leadpro.announcements import body_of, message_to
from mock_server.engine import deliveries

CREATE, VALUE = "POST /api/v103/leads", "POST /api/v103/leads/valuation"
CHANGE, READ = "PATCH /api/v103/leads/{id}", "GET /api/v103/leads/{id}"
OWNER = {
    "type": "vendor",
    "first_name": "Zoë",
    "last_name": "Okafor",
    "email": "zoe@example.com",
    "phone": "07700900123",
    "postcode": "OX4 1AA",
}
WEBHOOK = {
    "id": "mine",
    "url": "https://hooks.example.com/in",
    "events": ["lead.created", "lead.updated"],
    "headers": {"X-Team": "blue"},
    "active": True,
}


@pytest.fixture
def subscribed(leadpro: Any) -> Any:
    """Return LeadPro's desk in a world where one webhook is told of everything."""
    with leadpro.world() as world:
        world.collection("leadpro_webhooks").add(WEBHOOK)
    return leadpro


def told(leadpro: Any) -> list[dict[str, Any]]:
    """Return every delivery, oldest first."""
    with leadpro.world() as world:
        return list(world.collection(deliveries.TABLE).all())


@pytest.mark.parametrize("operation", [CREATE, VALUE])
def test_a_new_lead_is_told_as_a_read_shows_it(operation: str, subscribed: Any) -> None:
    lead = subscribed.get(operation, OWNER)
    [sent] = told(subscribed)
    assert list(json.loads(sent["body"])) == ["event", "data"]
    assert json.loads(sent["body"]) == {
        "event": "lead.created",
        "data": subscribed.get(READ, id=lead["id"]),
    }
    assert (sent["event"], sent["record_id"]) == ("lead.created", str(lead["id"]))
    assert sent["why"] == f"{operation} was accepted"


def test_an_update_is_told_with_the_lead_as_it_then_is(subscribed: Any) -> None:
    lead = subscribed.get(CREATE, OWNER)
    changed = {"status": "Contacted", "next_action_date": "2026-07-12T10:00:00Z"}
    subscribed.get(CHANGE, changed, id=lead["id"])
    first, second = told(subscribed)
    assert json.loads(first["body"])["data"]["status"] == "New"
    assert json.loads(second["body"]) == {
        "event": "lead.updated",
        "data": subscribed.get(READ, id=lead["id"]),
    }
    assert json.loads(second["body"])["data"]["status"] == "Contacted"


def test_it_goes_to_the_webhook_unsigned_with_its_own_headers(subscribed: Any) -> None:
    subscribed.get(CREATE, OWNER)
    [sent] = told(subscribed)
    assert (sent["api"], sent["webhook_id"], sent["url"]) == ("leadpro", "mine", WEBHOOK["url"])
    assert sent["headers"] == {"content-type": "application/json", "x-team": "blue"}


@pytest.mark.parametrize(
    ("operation", "body", "path"),
    [
        (CREATE, {**OWNER, "postcode": None}, {}),
        (CREATE, {**OWNER, "email": "nobody"}, {}),
        (VALUE, {**OWNER, "type": "sale"}, {}),
        (CHANGE, {"status": "Abducted"}, {"id": 18300}),
        (CHANGE, {"address": "1 High St"}, {"id": 99999999}),
    ],
)
def test_what_is_refused_is_not_told(
    operation: str, body: dict[str, Any], path: dict[str, int], subscribed: Any
) -> None:
    status, _ = subscribed.ask(operation, body, **path)
    assert status in {400, 404}
    assert told(subscribed) == []


def test_an_event_that_nobody_ordered_is_not_told(subscribed: Any) -> None:
    with subscribed.world() as world:
        world.collection("leadpro_webhooks").patch("mine", {"events": ["lead.updated"]})
    lead = subscribed.get(CREATE, OWNER)
    subscribed.get(CHANGE, {}, id=lead["id"])
    assert [each["event"] for each in told(subscribed)] == ["lead.updated"]


def test_reading_tells_nothing(subscribed: Any) -> None:
    subscribed.get("GET /api/v103/offices")
    subscribed.get("GET /api/v103/person/leads", query="email=zoe@example.com")
    assert told(subscribed) == []


def test_a_lead_there_is_none_of_is_told_as_null(leadpro: Any) -> None:
    with leadpro.world() as world:
        body = body_of(world, "lead.updated", 99999999)
    assert json.loads(body) == {"event": "lead.updated", "data": None}


def test_a_message_needs_no_headers_of_its_own() -> None:
    message = message_to({**WEBHOOK, "headers": None}, "lead.created", "{}", "a test", "7")
    assert (message.webhook, dict(message.headers)) == (("leadpro_webhooks", "mine"), {})
    assert (message.secret, message.record_id) == (None, "7")
