"""Can a caller let calls go wrong, and is a rule that could never strike refused?"""

from typing import Any

import pytest

FAULTS, CALLS = "/__admin/faults", "GET /__admin/calls"
ADD = f"POST {FAULTS}"
BROKEN = {"effect": "status", "status": 503}


def test_a_fault_answers_in_the_shape_of_the_vendor_and_stands_in_the_journal(
    sandbox: Any,
) -> None:
    sandbox.get(ADD, {**BROKEN, "operation": "GET /api/v103/offices/", "times": 1})
    sandbox.get(ADD, {"effect": "status", "status": 429, "pms": "entrata"})
    refused = [
        sandbox.ask("GET /api/v103/offices"),
        sandbox.ask("GET /v1/leads/?integration_vendor=ENTRATA"),
        sandbox.ask("GET /api/v103/offices"),
    ]
    assert [status for status, _ in refused] == [503, 429, 200]
    assert refused[0][1]["message"] == "Service Unavailable"
    assert refused[1][1]["error"]["code"] == "too_many_requests"
    struck = [each["faults"] for each in sandbox.get(CALLS)["results"]]
    assert struck == [["fault-1"], ["fault-2"], []]


def test_a_fault_finds_its_integration_in_query_body_and_record(sandbox: Any) -> None:
    lead = sandbox.get("GET /v1/leads/?integration_vendor=ENTRATA&limit=1")["results"][0]
    other = sandbox.get("GET /v1/leads/?integration_vendor=RESMAN&limit=1")["results"][0]
    sandbox.get(ADD, {**BROKEN, "integration_id": lead["integration_id"]})
    statuses = {
        each["integration_id"]: [
            sandbox.ask(f"GET /v1/leads/{each['id']}")[0],
            sandbox.ask(f"GET /v1/leads/?integration_id={each['integration_id']}")[0],
            sandbox.ask("POST /v1/leads/", {"integration_id": each["integration_id"]})[0],
        ]
        for each in (lead, other)
    }
    assert statuses[lead["integration_id"]] == [503, 503, 503]
    assert statuses[other["integration_id"]] == [200, 200, 400]


def test_faults_are_listed_with_their_counts_and_removed(sandbox: Any) -> None:
    for operation in ("GET /api/v103/offices", "GET /api/v103/statuses"):
        sandbox.get(ADD, {**BROKEN, "operation": operation})
    sandbox.ask("GET /api/v103/offices")
    listed = sandbox.get(f"GET {FAULTS}?limit=1")
    assert (listed["total"], listed["results"][0]["used"]) == (2, 1)
    assert sandbox.get(f"DELETE {FAULTS}/fault-1") == {"removed": 1}
    assert "did you mean fault-2?" in sandbox.missed(f"DELETE {FAULTS}/fault-1")
    assert sandbox.get(f"DELETE {FAULTS}") == {"removed": 1}
    assert sandbox.ask("GET /api/v103/statuses")[0] == 200


def test_a_fault_belongs_to_its_world_and_goes_with_a_reset(sandbox: Any) -> None:
    sandbox.get(ADD, BROKEN)
    other = {"x-api-key": "sandbox_other"}
    assert sandbox.client.get("/api/v103/offices", headers=other).status_code == 200
    sandbox.get("POST /__admin/reset")
    assert sandbox.ask("GET /api/v103/offices")[0] == 200


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ({**BROKEN, "operation": "GET /v1/leeds"}, "did you mean GET /v1/leads/"),
        ({**BROKEN, "operation": "GET /__admin/clock"}, "there is no operation"),
        ({**BROKEN, "path": "/v1/leeds/*"}, "no operation has such a path; did you mean"),
        ({**BROKEN, "path": "/v1/leads/", "operation": "GET /v1/leads/"}, "with operation"),
        ({**BROKEN, "api": "leadpo"}, "did you mean leadpro?"),
        ({**BROKEN, "pms": "entrada"}, "did you mean ENTRATA?"),
        ({**BROKEN, "integration_id": "nothing"}, "there is no integration 'nothing'"),
        ({"effect": "status"}, "status: is required for the effect status"),
        ({"effect": "latency", "seconds": 2, "status": 500}, "is for status, not for latency"),
        ({"effect": "latency", "seconds": 2, "seconds_to": 1}, "must not be less than seconds"),
        ({"effect": "latency", "seconds": 2, "seconds_to": 3, "spread": 1}, "send one of them"),
        ({"effect": "stale_page", "operation": "POST /v1/leads/"}, "operations that list records"),
    ],
)
def test_a_rule_that_could_never_strike_is_refused(sandbox: Any, rule: Any, told: str) -> None:
    assert told in sandbox.refused(ADD, rule)
    assert sandbox.get(f"GET {FAULTS}")["total"] == 0


def test_the_client_of_a_test_gets_an_exception_where_no_reply_comes(sandbox: Any) -> None:
    sandbox.get(ADD, {"effect": "lost", "times": 1})
    sandbox.get(ADD, {"effect": "hang", "after": 1, "times": 1})
    with pytest.raises(ConnectionAbortedError, match="without a reply"):
        sandbox.ask("GET /api/v103/offices")
    with pytest.raises(TimeoutError, match="gives up"):
        sandbox.ask("GET /api/v103/offices")
    assert [each["status"] for each in sandbox.get(CALLS)["results"]] == [200, 0]
