"""Does a test learn what its program did to the vendors, and not what they do by themselves?"""

from typing import Any

from mock_server import Sandbox
from mock_server.testing.webhook_inbox import WebhookInbox

LEAD = "/v1/leads/lead-123456789"
PERSON = {
    "first_name": "Ada",
    "last_name": "Okafor",
    "email": "ada@example.com",
    "phone": "07700900123",
    "type": "sale",
}


def told(changes: Any) -> list[tuple[str, str, str]]:
    return [(each["api"], each["resource"], each["change"]) for each in changes["records"]]


def test_a_new_world_and_its_syncs_change_nothing(sandbox: Sandbox) -> None:
    sandbox.advance("13h")
    assert sandbox.changes() == {"records": [], "failed_writes": [], "deliveries": []}


def test_what_was_made_changed_and_failed_is_told(
    sandbox: Sandbox, webhook_inbox: WebhookInbox
) -> None:
    webhook_inbox.subscribe("lead.created")
    client = sandbox.client()
    client.put(LEAD, json={"last_name": "Okoro"})
    client.put(LEAD, json={"last_name": "Writefail"})
    client.post("/api/v103/leads", json=PERSON)
    sandbox.settle()
    changes = sandbox.changes()
    assert told(changes) == [("propexo", "leads", "changed"), ("leadpro", "leads", "made")]
    lead, person = changes["records"]
    assert lead["fields"] == {"last_name": {"before": "Ellis", "after": "Okoro"}}
    assert person["record"]["first_name"] == "Ada"
    assert [each["write_status"] for each in changes["failed_writes"]] == ["FAILURE"]
    assert [each["state"] for each in changes["deliveries"]] == ["delivered"]


def test_since_a_snapshot_only_what_came_after_it_is_told(sandbox: Sandbox) -> None:
    client = sandbox.client()
    client.put(LEAD, json={"last_name": "Writefail"})
    webhook = {"url": "http://127.0.0.1:9/", "triggers": ["DATA_NEW"], "active": True}
    made = client.post("/v1/webhooks/", json=webhook).get_json()["result"]
    sandbox.settle()
    sandbox.snapshot("before")
    assert told(sandbox.changes(since="before")) == []
    client.delete(f"/v1/webhooks/{made['id']}")
    since = sandbox.changes(since="before")
    assert told(since) == [("propexo", "webhooks", "removed")]
    assert since["failed_writes"] == []
    assert told(sandbox.changes()) == []


def test_a_change_tells_when_reads_do_not_show_it_yet(sandbox: Sandbox) -> None:
    sandbox.client().put(LEAD, json={"last_name": "Okoro"})
    sandbox.settle()
    (lead,) = sandbox.changes()["records"]
    assert not lead["reads_show_it"]
    sandbox.advance("13h")
    (lead,) = sandbox.changes()["records"]
    assert lead["reads_show_it"]
