"""Does the link of a job tell what was asked, to whoever follows it, and make no world?"""

from typing import Any

import pytest

LEAD = "lead-123456789"


@pytest.fixture
def written(sandbox: Any) -> str:
    """Write a lead, and return the job."""
    said = sandbox.get(f"PUT /v1/leads/{LEAD}", {"last_name": "Byron"})
    return str(said["job_id"])


def test_a_job_tells_what_it_was_asked_to_do_and_how_it_ended(sandbox: Any, written: str) -> None:
    told = sandbox.get(f"GET /__admin/jobs/{sandbox.name}/{written}")
    expected = {
        "job_id": written,
        "world": sandbox.name,
        "operation": "PUT /v1/leads/{id}",
        "parameters": {"id": LEAD, "last_name": "Byron"},
        "write_status": "PENDING",
        "errors": [],
    }
    assert told | expected == told
    sandbox.get("POST /__admin/clock/advance", {"by": "5s"})
    again = sandbox.get(f"GET /__admin/jobs/{sandbox.name}/{written}")
    assert again == told | {"write_status": "SUCCESS"}


def test_the_link_is_all_that_one_needs(sandbox: Any, written: str) -> None:
    for headers in ({}, {"x-api-key": "sandbox_another"}):
        answer = sandbox.client.get(f"/__admin/jobs/{sandbox.name}/{written}", headers=headers)
        assert (answer.status_code, answer.json["job_id"]) == (200, written)


def test_a_job_that_the_world_does_not_have_is_a_404(sandbox: Any, written: str) -> None:
    assert sandbox.missed(f"GET /__admin/jobs/{sandbox.name}/cnothing").endswith("'cnothing'")
    assert written in sandbox.missed(f"GET /__admin/jobs/default/{written}")


@pytest.mark.parametrize("name", ["nobody-was-here", "%00", "a b", "x" * 65])
def test_a_job_of_a_world_that_nobody_used_is_a_404_and_makes_none(sandbox: Any, name: str) -> None:
    told = sandbox.missed(f"GET /__admin/jobs/{name}/cnothing")
    assert told.startswith("nothing was done in a world ")
    assert not sandbox.worlds.knows(name)
