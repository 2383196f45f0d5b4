"""Does the story of a world tell its calls, refusals, writes and deliveries, as lines to repeat?"""

import json
import shlex

from mock_server import Sandbox
from mock_server.testing.webhook_inbox import WebhookInbox

LEAD = "/v1/leads/lead-123456789"


def test_a_story_tells_what_was_called_and_what_became_of_it(
    sandbox: Sandbox, webhook_inbox: WebhookInbox
) -> None:
    webhook_inbox.subscribe("WRITE_OPERATION_FAILURE")
    client = sandbox.client()
    client.put(LEAD, json={"last_name": "Writefail"})
    client.get("/v1/leads/?limit=1000")
    client.get("/api/v103/offices")
    sandbox.settle()
    told = sandbox.story()
    assert "PUT /v1/leads/lead-123456789 -> 200" in told
    assert "GET /v1/leads/ -> 400\n" in told
    assert "1000" in told
    assert "PUT /v1/leads/{id} -> FAILURE: " in told
    assert "WRITE_OPERATION_FAILURE" in told.partition("Webhook deliveries (1):")[2]
    assert f"curl -X GET -H 'x-api-key: {sandbox.token}' \"$MOCK_SERVER_URL\"" in told


def test_a_line_of_a_story_sends_the_same_call(sandbox: Sandbox) -> None:
    sandbox.client().put(f"{LEAD}?ignore_unknown_fields=true", json={"last_name": "O'Neill"})
    (line,) = [each for each in sandbox.story().splitlines() if "curl" in each]
    words = shlex.split(line)
    assert json.loads(words[words.index("-d") + 1]) == {"last_name": "O'Neill"}
    assert words[-1] == f"$MOCK_SERVER_URL{LEAD}?ignore_unknown_fields=true"


def test_a_call_that_went_wrong_on_purpose_says_so(sandbox: Sandbox) -> None:
    sandbox.fault("GET /v1/leads/", status=503)
    sandbox.client().get("/v1/leads/")
    assert "GET /v1/leads/ -> 503 by a fault\n" in sandbox.story()


def test_a_large_body_is_left_to_a_file(sandbox: Sandbox) -> None:
    sandbox.client().put(LEAD, json={"notes": "x" * 3_000})
    assert "-d @body.json" in sandbox.story()


def test_a_long_story_ends_with_what_came_last(sandbox: Sandbox) -> None:
    client = sandbox.client()
    for number in range(22):
        client.get(f"/v1/leads/no-{number}")
    told = sandbox.story()
    assert "Calls (22, the last 20 of them here):" in told
    assert ("no-1 " in told, "no-21 " in told) == (False, True)


def test_a_world_that_nobody_called_has_no_story(sandbox: Sandbox) -> None:
    assert sandbox.story().endswith("\nNobody called it.")
