"""Does an inbox hold what a world's webhooks sent, and only what is signed as it should be?"""

import pytest

from mock_server import Sandbox, SandboxError
from mock_server.testing.webhook_inbox import WebhookInbox

FIRED = {"event": "DATA_NEW", "model": "leads", "record_id": "lead-123456789"}
PERSON = {
    "first_name": "Ada",
    "last_name": "Okafor",
    "email": "ada@example.com",
    "phone": "07700900123",
    "type": "sale",
}


def fire(sandbox: Sandbox) -> None:
    sandbox.control.ask("POST", "/sandbox/webhooks/fire", FIRED)
    sandbox.settle()


def test_a_signed_delivery_is_waited_for_by_trigger_and_model(
    sandbox: Sandbox, webhook_inbox: WebhookInbox
) -> None:
    webhook_inbox.subscribe("DATA_NEW", model="leads")
    fire(sandbox)
    delivery = webhook_inbox.wait_for("DATA_NEW", model="leads")
    assert delivery.record_id == "lead-123456789"
    assert [each["state"] for each in sandbox.deliveries()] == ["delivered"]
    with pytest.raises(AssertionError, match=r"no DATA_NEW arrived .* waited for: nothing"):
        webhook_inbox.wait_for("DATA_NEW", seconds=0)


def test_a_wrong_signature_is_refused(sandbox: Sandbox, webhook_inbox: WebhookInbox) -> None:
    webhook_inbox.subscribe("DATA_NEW", model="leads")
    sandbox.control.ask("POST", "/sandbox/webhooks/faults", {"effect": "wrong_signature"})
    sandbox.freeze()
    sandbox.control.ask("POST", "/sandbox/webhooks/fire", FIRED)
    sandbox.advance("0s")
    assert (webhook_inbox.received, len(webhook_inbox.refused)) == ([], 1)
    with pytest.raises(AssertionError, match="1 with a wrong signature"):
        webhook_inbox.wait_for("DATA_NEW", seconds=0)


def test_leadpro_does_not_sign(sandbox: Sandbox, webhook_inbox: WebhookInbox) -> None:
    webhook_inbox.subscribe("lead.created")
    sandbox.client().post("/api/v103/leads", json=PERSON)
    sandbox.settle()
    assert webhook_inbox.wait_for("lead.created").value["data"]["first_name"] == "Ada"


def test_a_trigger_that_does_not_exist_is_refused(webhook_inbox: WebhookInbox) -> None:
    with pytest.raises(SandboxError, match="DATA_NEW"):
        webhook_inbox.subscribe("DATA_GNU")
