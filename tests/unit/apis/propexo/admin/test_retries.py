"""Is only a write that failed tried again?"""

from collections.abc import Callable
from typing import Any

import pytest

from mock_server.apis.propexo.kept import records

RETRY = "POST /v1/admin/retry-write/{root_job_id}"
STATUS = "GET /v1/admin/write-status/{root_job_id}"
HISTORY = "GET /v1/admin/logs/jobs/{id}"
UPDATE, READ = "PUT /v1/leads/{id}", "GET /v1/leads/{id}"


@pytest.fixture
def lead(first: Callable[..., Any]) -> dict[str, Any]:
    """Return a lead of a PMS that lets it be read back."""
    found: dict[str, Any] = first("leads", "RENTMANAGER")
    return found


def fail(propexo: Any, lead: dict[str, Any], notes: str = "Writefail") -> str:
    """Write to a PMS that refuses it, and return the job once it has failed."""
    job_id = propexo.get(UPDATE, {"notes": notes}, id=lead["id"])["job_id"]
    propexo.machine.advance(seconds=2)
    assert propexo.get(STATUS, root_job_id=job_id)["write_status"] == "FAILURE"
    return str(job_id)


def retry(propexo: Any, job_id: str, *, seconds: float = 2) -> str:
    """Try a write again, and return the new job after a while."""
    accepted = propexo.get(RETRY, {}, root_job_id=job_id)
    assert accepted["success"] is True
    propexo.machine.advance(seconds=seconds)
    return str(accepted["job_id"])


def order(propexo: Any, **said: Any) -> None:
    """Let the next write end in failure."""
    fields = ("operation", "integration_id", "errors", "after_seconds")
    row = dict.fromkeys(fields) | {"write_status": "FAILURE", "times": 1, "used": 0}
    with propexo.desk.world() as world:
        stamp = {"id": "corder", "created_at": "2026-03-01T09:00:00.000Z"}
        records(world, "outcomes").add({**row, **stamp, **said})


def test_a_retry_lands_under_a_job_of_its_own(propexo: Any, lead: dict[str, Any]) -> None:
    job_id = fail(propexo, lead)
    again = retry(propexo, job_id, seconds=1.999)
    assert again != job_id
    assert propexo.get(STATUS, root_job_id=again)["write_status"] == "PENDING"
    assert propexo.get(READ, id=lead["id"])["results"] == lead
    propexo.machine.advance(seconds=0.001)
    assert propexo.get(STATUS, root_job_id=again)["write_status"] == "SUCCESS"
    assert propexo.get(STATUS, root_job_id=job_id)["write_status"] == "FAILURE"
    # The magic words count once; what they wrote is written now.
    assert propexo.get(READ, id=lead["id"])["results"]["notes"] == "Writefail"


def test_the_logs_of_a_retry_hang_together(propexo: Any, lead: dict[str, Any]) -> None:
    job_id = fail(propexo, lead)
    again = retry(propexo, job_id)
    logs = propexo.get(HISTORY, query="include_all_jobs=true", id=job_id)["results"]
    found = {each["job_type"]: [] for each in logs}
    for each in logs:
        found[each["job_type"]].append((each["job_id"], each["parent_job_id"], each["status"]))
    assert found["PUT_LEADS"] == [(again, job_id, "SUCCESS"), (job_id, None, "FAILURE")]
    assert [each[1:] for each in found["READ_LEADS"]] == [(again, "SUCCESS")]
    assert {each["root_job_id"] for each in logs} == {job_id}
    alone = propexo.get(HISTORY, query="include_all_jobs=false", id=job_id)["results"]
    assert [each["job_id"] for each in alone] == [job_id]


def test_a_retry_of_a_retry_has_the_first_write_as_its_root(
    propexo: Any, lead: dict[str, Any]
) -> None:
    job_id = fail(propexo, lead)
    order(propexo)
    second = retry(propexo, job_id)
    third = retry(propexo, second)
    (log,) = propexo.get(HISTORY, query="include_all_jobs=false", id=third)["results"]
    assert (log["parent_job_id"], log["root_job_id"]) == (second, job_id)
    assert log["status"] == "SUCCESS"


def test_a_retry_may_fail_again_as_ordered(propexo: Any, lead: dict[str, Any]) -> None:
    job_id = fail(propexo, lead)
    order(propexo, errors=["Still no."], after_seconds=9)
    again = retry(propexo, job_id, seconds=8)
    assert propexo.get(STATUS, root_job_id=again)["write_status"] == "PENDING"
    propexo.machine.advance(seconds=1)
    end = {"write_status": "FAILURE", "errors": ["Still no."], "created_record_id": None}
    assert propexo.get(STATUS, root_job_id=again) == end
    assert propexo.get(STATUS, root_job_id=retry(propexo, job_id))["write_status"] == "SUCCESS"


@pytest.mark.parametrize(("seconds", "status"), [(0, "PENDING"), (2, "SUCCESS")])
def test_a_write_is_not_made_twice(
    seconds: int,
    status: str,
    propexo: Any,
    lead: dict[str, Any],
    issues: Callable[[Any], Any],
) -> None:
    job_id = fail(propexo, lead)
    again = retry(propexo, job_id, seconds=seconds)
    refused = propexo.refused(RETRY, {}, root_job_id=job_id)
    advice = f"it has been tried again as the job {again!r}, which is {status}"
    assert issues(refused) == [("root_job_id", advice)]


def test_what_succeeded_in_part_is_not_tried_again(
    propexo: Any, lead: dict[str, Any], issues: Callable[[Any], Any]
) -> None:
    job_id = propexo.get(UPDATE, {"notes": "Partial"}, id=lead["id"])["job_id"]
    propexo.machine.advance(seconds=2)
    refused = propexo.refused(RETRY, {}, root_job_id=job_id)
    advice = "only a write that failed can be tried again, and this one is PARTIAL_SUCCESS"
    assert issues(refused) == [("root_job_id", advice)]


@pytest.mark.parametrize(("seconds", "status"), [(0, "PENDING"), (2, "SUCCESS")])
def test_a_write_that_did_not_fail_is_not_tried_again(
    seconds: int, status: str, propexo: Any, note: Callable[[], str], issues: Callable[[Any], Any]
) -> None:
    job_id = note()
    propexo.machine.advance(seconds=seconds)
    advice = f"only a write that failed can be tried again, and this one is {status}"
    for body in (None, {}):
        refused = propexo.refused(RETRY, body, root_job_id=job_id)
        assert issues(refused) == [("root_job_id", advice)]


def test_an_unknown_job_is_missing(propexo: Any) -> None:
    said = propexo.missed(RETRY, {}, root_job_id="cnothing")
    assert said == "no write has the job id 'cnothing'"
