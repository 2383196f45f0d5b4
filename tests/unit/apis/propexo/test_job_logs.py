"""Is a log kept of every job that is over, with all that the account's logs tell?"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from mock_server.apis.propexo import job_logs
from mock_server.apis.propexo.kept import records
from mock_server.engine.call import Call
from mock_server.engine.changes import Change
from mock_server.engine.moment import Moment
from mock_server.world.queries import where

LANDED = "2026-03-01T09:00:02.000Z"
Row = dict[str, Any]


@pytest.fixture
def lead(first: Callable[..., Row]) -> Row:
    return first("leads", "RENTMANAGER")


def logs_of(propexo: Any, job_id: str) -> list[Row]:
    with propexo.world() as world:
        found: list[Row] = records(world, "job_logs").all(where(job_id=job_id))
    return found


def write(propexo: Any, lead: Row, **body: Any) -> str:
    """Change a lead, and return the job once it has landed."""
    job_id = propexo.get("PUT /v1/leads/{id}", body, id=lead["id"])["job_id"]
    propexo.machine.advance(seconds=2)
    return str(job_id)


def test_a_write_is_logged_with_all_that_a_job_log_shows(propexo: Any, lead: Row) -> None:
    job_id = write(propexo, lead, last_name="Berg")
    (log,) = logs_of(propexo, job_id)
    assert log["id"] not in {job_id, ""}
    del log["id"]
    assert log == {
        "job_id": job_id,
        "created_at": LANDED,
        "job_type": "PUT_LEADS",
        "status": "SUCCESS",
        "parent_job_id": None,
        "root_job_id": job_id,
        "job_schedule_id": None,
        "integration_id": lead["integration_id"],
        "associated_property_id": lead["property_id"],
        "is_write": True,
        "write_category": "leads",
    }


def test_a_read_that_a_write_set_off_is_logged_as_its_child(propexo: Any, lead: Row) -> None:
    job_id = write(propexo, lead, last_name="Berg")
    with propexo.world() as world:
        found = records(world, "job_logs").all(where(parent_job_id=job_id))
        (diff,) = records(world, "data_diffs").all(where(model_record_id=lead["id"]))[-1:]
    (log,) = found
    assert (log["job_type"], log["job_id"], log["status"]) == (
        "READ_LEADS",
        diff["job_id"],
        "SUCCESS",
    )
    assert (log["root_job_id"], log["associated_property_id"]) == (job_id, lead["property_id"])


@pytest.mark.parametrize(
    ("last_name", "status"),
    [("Berg", "SUCCESS"), ("Partial", "FAILURE"), ("Writefail", "FAILURE")],
)
def test_only_a_whole_success_is_logged_as_one(
    last_name: str, status: str, propexo: Any, lead: Row
) -> None:
    (log,) = logs_of(propexo, write(propexo, lead, last_name=last_name))
    assert log["status"] == status


def test_a_failed_write_is_logged_with_what_the_pms_said(propexo: Any, lead: Row) -> None:
    job_id = write(propexo, lead, last_name="Duplicate")
    said = propexo.get("GET /v1/admin/write-status/{root_job_id}", root_job_id=job_id)["errors"]
    (log,) = propexo.get("GET /v1/admin/logs/writes/", query="status=FAILURE")["results"]["logs"]
    assert (log["job_id"], log["error"]) == (job_id, "; ".join(said))
    assert log["parameters"] == {"id": lead["id"], "last_name": "Duplicate"}
    assert (log["vendor"], log["status"]) == ("RENTMANAGER", "FAILURE")


def test_a_new_record_is_logged_at_the_property_it_is_for(propexo: Any, lead: Row) -> None:
    named = {name: lead[name] for name in ("integration_id", "property_id")}
    body = {**named, "first_name": "Ada", "last_name": "Okafor"}
    accepted = propexo.get("POST /v1/leads/", body)
    propexo.machine.advance(seconds=2)
    (log,) = logs_of(propexo, accepted["job_id"])
    assert (log["job_type"], log["associated_property_id"]) == ("POST_LEADS", lead["property_id"])


@pytest.mark.parametrize(
    ("key", "job_type", "category"),
    [
        ("POST /v1/leads/", "POST_LEADS", "leads"),
        ("PUT /v1/residents/{id}", "PUT_RESIDENTS", "residents"),
        ("POST /v1/resident-pets/", "POST_RESIDENTS", "resident_pets"),
        ("POST /v1/resident-credits/", "POST_RESIDENT_CHARGES", "resident_charges"),
        ("POST /v1/vendors/", "POST_VENDORS", "service_request_vendors"),
        ("POST /v1/leads/yardi/{lead_id}/file-upload", "POST_LEADS", "file_upload"),
    ],
)
def test_writes_are_logged_under_the_categories_of_the_reference(
    key: str, job_type: str, category: str, propexo: Any
) -> None:
    call = Call(propexo.api, propexo.api.catalogue[key], propexo.settings, {}, {})
    with propexo.world() as world:
        notes = job_logs.notes_of(call, world, Change("add", "propexo_leads", "cada"))
    assert (notes["job_type"], notes["write_category"]) == (job_type, category)


def test_syncs_do_not_push_out_the_logs_of_writes(propexo: Any, lead: Row) -> None:
    job_id = write(propexo, lead, last_name="Berg")
    read = {"job_type": "READ_LEADS", "status": "SUCCESS", "integration_id": "cnone"}
    with propexo.world() as world:
        few = Moment(world, world.clock.now(), replace(propexo.settings, keep_jobs=3))
        for number in range(100):
            job_logs.keep(few, {**read, "job_id": f"read {number}", "root_job_id": "root"})
        left = [each["job_id"] for each in records(world, "job_logs").all()]
    # Forgetting is looked after once in a hundred reads; that of the write was one of them.
    assert left == [job_id, *(f"read {number}" for number in range(95, 100))]
