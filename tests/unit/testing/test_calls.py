"""Does a test learn which calls its program made, and where they differ from what it expects?"""

import pytest

from mock_server import Sandbox

LEAD = "/v1/leads/lead-123456789"


def test_calls_are_listed_with_what_was_asked_and_answered(sandbox: Sandbox) -> None:
    client = sandbox.client()
    client.get("/v1/leads/?limit=1")
    client.put(LEAD, json={"last_name": "Okoro"})
    first, second = sandbox.calls()
    assert (first.operation, first.status, first.request.query) == (
        "GET /v1/leads/",
        200,
        "limit=1",
    )
    assert (second.request.body, "job_id" in second.reply.body) == ({"last_name": "Okoro"}, True)
    assert first.at <= sandbox.now()
    assert [each.number for each in sandbox.calls("GET /v1/leads")] == [first.number]
    assert sandbox.calls(status=404) == []


def test_calls_that_are_not_as_expected_are_told(sandbox: Sandbox) -> None:
    sandbox.client().put(LEAD, json={"last_name": "Okoro"})
    sandbox.verify("PUT /v1/leads/{id}", body={"last_name": "Okoro"}, exactly=1)
    sandbox.verify(in_order=[{"operation": "PUT /v1/leads/{id}"}])
    with pytest.raises(AssertionError, match=r"call 1, PUT /v1/leads/\{id\} -> 200: .*last_name"):
        sandbox.verify("PUT /v1/leads/{id}", body={"last_name": "Okafor"})
    with pytest.raises(AssertionError):
        sandbox.verify("PUT /v1/leads/{id}", never=True)
