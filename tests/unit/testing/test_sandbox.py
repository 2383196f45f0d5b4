"""Does one object give a test its world: its address, its clock, its writes and their ends?"""

import json
import urllib.error
import urllib.request
from datetime import timedelta
from typing import Any

import pytest

from mock_server import Sandbox, SandboxError
from mock_server.testing.server import MockServer

LEAD = "/v1/leads/lead-123456789"


def called(sandbox: Sandbox, path: str) -> Any:
    """Call over the network, as the program under test does."""
    asked = urllib.request.Request(f"{sandbox.url}{path}", headers=sandbox.headers)  # noqa: S310 - our own
    with urllib.request.urlopen(asked, timeout=20) as answer:  # noqa: S310 - our own
        return json.load(answer)


def status_of(sandbox: Sandbox, job_id: str) -> str:
    answer = sandbox.client().get(f"/v1/admin/write-status/{job_id}")
    return str(answer.get_json()["write_status"])


def test_both_apis_answer_at_the_addresses_of_the_sandbox(sandbox: Sandbox) -> None:
    assert called(sandbox, "/v1/leads/?limit=1")["meta"]["total"] > 0
    assert called(sandbox, "/api/v103/offices")
    assert sandbox.propexo_url == f"{sandbox.url}/v1"
    assert sandbox.leadpro_url == f"{sandbox.url}/api/v103"


def test_a_write_that_is_told_to_fail_fails_once_pending_work_has_run(sandbox: Sandbox) -> None:
    sandbox.outcome("FAILURE", times=1)
    sent = sandbox.client().put(LEAD, json={"last_name": "Okoro"}).get_json()
    assert sandbox.settle()
    assert status_of(sandbox, sent["job_id"]) == "FAILURE"


def test_calls_go_wrong_as_often_as_they_are_told_to(sandbox: Sandbox) -> None:
    sandbox.fault("GET /v1/leads/", status=429, times=1)
    sandbox.fault("GET /api/v103/offices", effect="garble")
    statuses = [sandbox.client().get("/v1/leads/?limit=1").status_code for _ in range(2)]
    assert statuses == [429, 200]
    assert sandbox.client().get("/api/v103/offices").get_json(silent=True) is None
    assert [each["used"] for each in sandbox.faults()] == [1, 1]
    sandbox.clear_faults()
    assert sandbox.faults() == []


def test_the_clock_stands_still_and_moves_by_a_span(sandbox: Sandbox) -> None:
    sandbox.freeze()
    before = sandbox.now()
    assert sandbox.advance("12h") == before + timedelta(hours=12) == sandbox.now()
    sandbox.freeze(before + timedelta(hours=13))
    assert sandbox.now() == before + timedelta(hours=13)
    sandbox.flow()
    assert not sandbox.control.ask("GET", "/__admin/clock")["is_frozen"]


def test_a_reset_brings_the_seeded_state_back(sandbox: Sandbox) -> None:
    sandbox.client().post("/v1/webhooks/", json={"url": "http://a.test/", "triggers": ["DATA_NEW"]})
    webhooks = "/v1/webhooks/?active="
    before = called(sandbox, webhooks)["meta"]["total"]
    sandbox.reset()
    assert called(sandbox, webhooks)["meta"]["total"] == before - 1


def test_a_snapshot_is_restored_as_often_as_wanted(sandbox: Sandbox) -> None:
    sandbox.freeze()
    sandbox.snapshot("prepared")
    before = sandbox.now()
    for _ in range(2):
        sandbox.advance("1h")
        sandbox.restore("prepared")
        assert sandbox.now() == before
    with pytest.raises(SandboxError, match="prepared"):
        sandbox.restore("prepare")


def test_a_copy_goes_on_by_itself(sandbox: Sandbox) -> None:
    sandbox.freeze()
    copy = sandbox.copy("what-if")
    assert copy.world.endswith("-what-if")
    copy.advance("1h")
    assert copy.now() == sandbox.now() + timedelta(hours=1)


def test_what_the_sandbox_refuses_is_told_in_its_words(sandbox: Sandbox) -> None:
    with pytest.raises(SandboxError, match="POST /__admin/clock/advance: by must be like 1h30m"):
        sandbox.advance("soon")
    with pytest.raises(SandboxError, match="did you mean POST /v1/leads/"):
        sandbox.outcome(operation="POST /v1/lead/")


def test_a_control_token_is_sent_along() -> None:
    with Sandbox(leads=0, control_token="secret-of-the-run") as sandbox:
        assert sandbox.now()


def test_two_sandboxes_of_one_server_do_not_see_each_other(mock_server: MockServer) -> None:
    one, other = (Sandbox(world, server=mock_server) for world in ("one", "other"))
    one.freeze()
    assert not other.control.ask("GET", "/__admin/clock")["is_frozen"]


def test_a_sandbox_that_cannot_be_made_says_why(mock_server: MockServer) -> None:
    with pytest.raises(ValueError, match="has 1 to 64 letters"):
        Sandbox("feature/a", server=mock_server)
    with pytest.raises(ValueError, match="give seed to it instead"):
        Sandbox(server=mock_server, seed=7)


def test_after_its_block_a_sandbox_of_its_own_serves_no_more() -> None:
    with Sandbox(leads=0) as sandbox:
        url = sandbox.url
        assert called(sandbox, "/api/v103/statuses")
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(url, timeout=20)  # noqa: S310 - our own
