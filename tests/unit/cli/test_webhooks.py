"""Does the command send an event to the webhooks of a world?"""

import json
from collections.abc import Callable

from click.testing import Result

from mock_server import Sandbox
from mock_server.testing.webhook_inbox import WebhookInbox

Run = Callable[..., Result]


def test_an_event_is_sent(run: Run, sandbox: Sandbox, webhook_inbox: WebhookInbox) -> None:
    webhook_inbox.subscribe("DATA_NEW")
    told = run("trigger", "DATA_NEW", "--record-id", "lead-123456789", "--json").output
    assert [each["event"] for each in json.loads(told)["results"]] == ["DATA_NEW"]
    sandbox.settle()
    assert webhook_inbox.wait_for("DATA_NEW").record_id == "lead-123456789"


def test_an_unknown_event_is_refused(run: Run) -> None:
    assert "DATA_NEW" in run("trigger", "DATA_GNU", "--record-id", "lead-123456789").output
