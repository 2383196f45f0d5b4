"""Do writes leave logs when they land, and can syncs and their changes be followed?"""

from collections.abc import Callable
from typing import Any

import pytest

UPDATE = "PUT /v1/leads/realpage_rpx/{lead_id}"
WRITES, JOBS = "GET /v1/admin/logs/writes/", "GET /v1/admin/logs/jobs/"
HISTORY, LOG = f"{JOBS}{{id}}", "GET /v1/admin/job-logs/{job_log_id}/"
CONTENT = "GET /v1/admin/job-logs/{job_log_id}/data"
DIFFS = "GET /v1/admin/data-diffs/"


def writes(propexo: Any, query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = propexo.get(WRITES, query=query)["results"]["logs"]
    return found


@pytest.fixture
def written(propexo: Any, note: Callable[[], str]) -> str:
    """Return the job of a write that has landed."""
    job_id = note()
    propexo.machine.advance(seconds=2)
    return job_id


def test_a_write_is_logged_once_it_has_landed(propexo: Any, note: Callable[[], str]) -> None:
    job_id = note()
    assert writes(propexo) == []
    propexo.machine.advance(seconds=2)
    (log,) = writes(propexo)
    assert (log["job_id"], log["status"], log["error"]) == (job_id, "SUCCESS", None)
    assert (log["vendor"], log["job_type"]) == ("ENTRATA", "POST_EVENTS")
    assert log["created_at"] == "2026-03-01T09:00:02.000Z"
    assert log["parameters"]["lead_id"] == "lead-123456789"
    assert log["integration_id"] == "intg-987654321"


def test_writes_come_newest_first_and_in_pages(propexo: Any, note: Callable[[], str]) -> None:
    ids = []
    for _ in range(3):
        ids.append(note())
        propexo.machine.advance(seconds=2)
    assert [each["job_id"] for each in writes(propexo)] == ids[::-1]
    assert [each["job_id"] for each in writes(propexo, "limit=1&offset=1")] == [ids[1]]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("integration_id=intg-987654321", 1),
        ("integration_id=intg_9f8b7c6d5e4a3b2c1d0e", 0),
        ("status=SUCCESS", 1),
        ("status=FAILURE", 0),
        ("write_category=events", 1),
        ("write_category=leads", 0),
    ],
)
@pytest.mark.usefixtures("written")
def test_writes_are_selected(query: str, count: int, propexo: Any) -> None:
    assert len(writes(propexo, query)) == count


@pytest.mark.parametrize(("span", "hours"), [("hour", 1), ("day", 24), ("week", 168)])
@pytest.mark.usefixtures("written")
def test_writes_grow_out_of_a_time_range(span: str, hours: int, propexo: Any) -> None:
    propexo.machine.advance(hours=hours)
    assert len(writes(propexo, f"time_range={span}")) == 1
    propexo.machine.advance(seconds=1)
    assert writes(propexo, f"time_range={span}") == []
    assert len(writes(propexo)) == 1


def test_a_job_has_a_history(propexo: Any, written: str) -> None:
    found = propexo.get(HISTORY, query="include_all_jobs=false", id=written)
    (log,) = found["results"]
    assert (log["job_id"], log["root_job_id"], log["parent_job_id"]) == (written, written, None)
    assert found["meta"]["total"] == 1
    assert propexo.get(LOG, job_log_id=log["id"])["results"] == log
    listed = propexo.get(JOBS, query="job_type=POST_EVENTS")["results"]
    assert listed == [log]


def test_a_write_has_the_reads_that_it_set_off_in_its_history(propexo: Any, written: str) -> None:
    found = propexo.get(HISTORY, query="include_all_jobs=true", id=written)["results"]
    types = {each["job_type"]: each for each in found}
    assert types.keys() == {"POST_EVENTS", "READ_EVENTS"}
    read = types["READ_EVENTS"]
    assert (read["parent_job_id"], read["root_job_id"]) == (written, written)
    assert read["associated_property_id"] == types["POST_EVENTS"]["associated_property_id"]
    assert [each["job_id"] for each in writes(propexo)] == [written]
    (diff,) = propexo.get(DIFFS, query="limit=1&after=2026-03-01T09:00:02.000Z")["results"]
    assert diff["job_id"] == read["job_id"]


def test_a_pending_job_has_no_history_yet(propexo: Any, note: Callable[[], str]) -> None:
    assert propexo.get(HISTORY, id=note())["results"] == []


def test_a_sync_has_the_jobs_it_spawned_in_its_history_unless_told_otherwise(propexo: Any) -> None:
    sync = propexo.get(JOBS, query="job_type=SYNC&limit=1")["results"][0]
    whole = propexo.get(HISTORY, id=sync["job_id"])["results"]
    assert len(whole) > 1
    assert {each["root_job_id"] for each in whole} == {sync["job_id"]}
    assert [each["created_at"] for each in whole] == sorted(
        (each["created_at"] for each in whole), reverse=True
    )
    alone = propexo.get(HISTORY, query="include_all_jobs=false", id=sync["job_id"])["results"]
    assert alone == [sync]


def test_an_unknown_job_has_no_history(propexo: Any) -> None:
    assert propexo.missed(HISTORY, id="cnothing") == "no job has the id 'cnothing'"


def test_the_content_of_a_write_is_elsewhere(propexo: Any, written: str) -> None:
    (log,) = propexo.get(HISTORY, query="include_all_jobs=false", id=written)["results"]
    reply = propexo.reply(CONTENT, job_log_id=log["id"])
    assert reply.status == 302
    assert reply.headers["Location"] == f"/__admin/jobs/{propexo.desk.name}/{written}"


def test_a_sync_has_no_content(propexo: Any) -> None:
    sync = propexo.get(JOBS, query="job_type=SYNC&limit=1")["results"][0]
    said = propexo.missed(CONTENT, job_log_id=sync["id"])
    assert said == f"the job log {sync['id']!r} has no content; only those of writes have"
    assert propexo.missed(CONTENT, job_log_id="cnothing") == "no job log has the id 'cnothing'"


def test_an_update_is_logged_for_the_integration_of_its_record(
    propexo: Any, landed: Callable[[Any], Any]
) -> None:
    lead_id = "clwktsp9v000008l31iv218hn"
    lead = propexo.get("GET /v1/leads/{id}", id=lead_id)["results"]
    landed(propexo.get(UPDATE, {"first_name": "Sal"}, lead_id=lead_id))
    (log,) = writes(propexo)
    assert (log["vendor"], log["integration_id"]) == ("REALPAGE_RPX", lead["integration_id"])
    assert log["parameters"] == {"lead_id": lead_id, "first_name": "Sal"}
    (job_log,) = propexo.get(JOBS, query="job_type=PUT_LEADS")["results"]
    assert job_log["associated_property_id"] == lead["property_id"]


def test_data_changes_name_records_that_exist(propexo: Any) -> None:
    diffs = propexo.get(DIFFS, query="limit=250")["results"]
    assert {each["event_type"] for each in diffs} == {"NEW", "UPDATE"}
    for each in diffs[:20]:
        parameter = propexo.api.catalogue[_reading(propexo, each["model"])].path_names[-1]
        path = {parameter: each["model_record_id"]}
        record = propexo.get(_reading(propexo, each["model"]), **path)["results"]
        assert record["integration_id"] == each["integration_id"]
        if each["event_type"] == "NEW":
            assert all(record[name] == value for name, value in each["data_diff"].items())


def _reading(propexo: Any, model: str) -> str:
    keys = propexo.api.catalogue.operations
    start = f"GET /v1/{model}/{{"
    return next(key for key in keys if key.startswith(start) and key.endswith("}"))


def test_data_changes_are_kept_for_thirty_days(propexo: Any) -> None:
    newest = propexo.get(DIFFS, query="limit=1")
    assert newest["meta"]["total"] > 0
    propexo.machine.advance(days=29)
    fewer = propexo.get(DIFFS, query="limit=0")["meta"]["total"]
    assert 0 < fewer < newest["meta"]["total"]
    propexo.machine.advance(days=2)
    assert propexo.get(DIFFS, query="limit=0")["meta"]["total"] == 0
