"""Does every write land in its time, and is what landed readable, listed and told of?"""

import re

import pytest

from mock_server.contract.kinds import Kind
from mock_server.contract.operation import Operation
from mock_server.engine import jobs
from tests.contract import valid_calls
from tests.contract.case import Case, each_operation
from tests.contract.grounds import Record
from tests.contract.paths import FAILED_WRITE
from tests.contract.promises import assert_kept
from tests.contract.queued import is_queued, makes_a_record

# The fields of a body that name what a cancellation is of.
CANCELLED = ("event_id", "appointment_id", "payable_register_id")
# What is changed so cannot be seen: no record shows any of the fields that the vendor documents.
UNSEEN = {
    "PUT /v1/construction-jobs/{construction_job_id}": "no field at all is documented",
    "PUT /v1/payable-registers/{payable_register_id}": "no field at all is documented",
    "PUT /v1/invoices/{invoice_id}": "an invoice shows neither its check nor its periods",
}
# Updates that make another record and leave the one they name: Yardi's change orders.
MAKES_ANOTHER = re.compile(r"PUT /v1/purchase-orders/yardi(_rest)?/")
# The fields of a body that bring along other records of the same resource.
ALONGSIDE = ("events",)


def changes_a_record(operation: Operation) -> bool:
    """Say whether a record changes that the path names, or the body of a cancellation."""
    is_cancellation = "/cancel" in operation.path and operation.kind is Kind.ACTION
    changes = operation.kind is Kind.UPDATE and not MAKES_ANOTHER.match(operation.key)
    return is_queued(operation) and (changes or is_cancellation)


def job_of(case: Case, body: Record) -> str:
    """Make the write and return the id of its job."""
    answer = case.send(body)
    assert_kept(case.api, case.operation, answer)
    told = answer.json if case.operation.vendor is None else answer.json["meta"]
    return str(told["job_id"])


def status_of(case: Case, job_id: str) -> Record:
    """Return what the write status says now."""
    status = case.sibling("GET /v1/admin/write-status/{root_job_id}")
    answer = status.send(path={"root_job_id": job_id})
    assert_kept(status.api, status.operation, answer)
    return dict(answer.json)


def the_new_one(case: Case) -> Record:
    """Return the record of the operation's resource that was not there at the start."""
    before = {each["id"] for each in case.seeded()}
    (landed,) = (each for each in case.records() if each["id"] not in before)
    return landed


def listed(case: Case, record: Record) -> list[Record]:
    """Return what the list of the resource shows of the record's integration, newest first."""
    one = case.of_kind(Kind.LIST)
    path = {name: record[field] for name, field in one.operation.path_filters.items()}
    answer = one.send(path=path, query={"integration_id": record["integration_id"], "limit": 250})
    return list(answer.json["results"])


def shown(case: Case, record_id: str) -> Record:
    """Return a record as its operation shows it, or its list where nothing fetches it."""
    record = next(each for each in case.records() if each["id"] == record_id)
    if not case.has_kind(Kind.FETCH):
        return next(each for each in listed(case, record) if each["id"] == record_id)
    fetch = case.of_kind(Kind.FETCH)
    answer = fetch.send(path={fetch.operation.path_names[-1]: record_id})
    assert_kept(fetch.api, fetch.operation, answer)
    return dict(answer.json["results"])


def changed_id(case: Case, body: Record) -> str:
    """Return the id of the record that the body cancels or the path names."""
    named = [body[each] for each in CANCELLED if "/cancel" in case.operation.path and each in body]
    return str(named[0] if named else [*case.valid_path.values()][-1])


@each_operation(is_queued)
def test_a_write_is_pending_until_it_lands(case: Case) -> None:
    job_id = job_of(case, case.valid_body())
    pending = {"write_status": "PENDING", "errors": [], "created_record_id": None}
    assert status_of(case, job_id) == pending
    case.advance(0.999)
    assert status_of(case, job_id) == pending
    case.advance(0.001)
    assert status_of(case, job_id)["write_status"] == "SUCCESS"
    assert status_of(case, job_id)["errors"] == []


@each_operation(makes_a_record)
def test_a_new_record_is_readable_and_listed_once_it_has_landed(case: Case) -> None:
    job_of(case, case.valid_body(full=True))
    assert case.records() == case.seeded()
    case.advance(1)
    landed = the_new_one(case)
    assert landed["id"] in {each["id"] for each in listed(case, landed)}
    assert listed(case, landed)[0] == shown(case, landed["id"])
    assert landed["created_at"] == landed["updated_at"] == "2026-03-01T09:00:01.000Z"


@each_operation(makes_a_record)
def test_the_record_id_is_told_where_the_vendor_tells_it(case: Case) -> None:
    told = {}
    for ground in case.grounds:
        job_id = job_of(case, valid_calls.body(ground, case.operation, full=False))
        case.advance(1)
        told[ground.integration["vendor"]] = status_of(case, job_id)["created_record_id"]
    known = {each["id"] for each in case.records()} - {each["id"] for each in case.seeded()}
    assert {each for each in told if told[each] is not None} == {
        each for each in told if case.operation.tells_record_id(each)
    }
    assert {*told.values()} - {None} <= known


@each_operation(lambda operation: changes_a_record(operation) and operation.key not in UNSEEN)
def test_a_change_shows_once_it_has_landed(case: Case) -> None:
    body = case.valid_body(full=True)
    record_id = changed_id(case, body)
    before = shown(case, record_id)
    job_id = job_of(case, body)
    assert shown(case, record_id) == before
    case.advance(1)
    after = shown(case, record_id)
    assert after["updated_at"] == "2026-03-01T09:00:01.000Z"
    changed = {name for name in after if after[name] != before[name]} - {"updated_at", "last_seen"}
    assert changed
    assert {"id", "integration_id", "created_at"} & changed == set()
    assert status_of(case, job_id)["created_record_id"] is None


@each_operation(changes_a_record)
def test_a_change_leaves_every_other_record_alone(case: Case) -> None:
    body = {key: each for key, each in case.valid_body(full=True).items() if key not in ALONGSIDE}
    record_id = changed_id(case, body)
    job_of(case, body)
    case.advance(1)
    others = [each for each in case.records() if each["id"] != record_id]
    assert others == [each for each in case.seeded() if each["id"] != record_id]


@each_operation(lambda operation: is_queued(operation) and not makes_a_record(operation))
def test_an_action_is_kept_once_it_has_landed_and_not_before(case: Case) -> None:
    job_of(case, case.valid_body(full=True))
    assert {*case.written} == {jobs.TABLE}
    case.advance(1)
    assert {*case.written} > {jobs.TABLE, case.api.table("job_logs")}


@each_operation(
    lambda operation: (
        (makes_a_record(operation) or changes_a_record(operation))
        and "notes" in (operation.body or {})["properties"]
    )
)
def test_what_was_written_is_what_is_shown(case: Case) -> None:
    said = "Will come on Friday."
    if "notes" not in case.schema["properties"]:
        pytest.skip("no PMS without rules of its own takes notes here")
    job_of(case, {**case.valid_body(), "notes": said})
    case.advance(1)
    assert [said in str(each.get("notes")) for each in case.records()].count(True) == 1


@pytest.mark.parametrize("key", ["POST /api/v103/leads", "POST /api/v103/leads/valuation"])
@each_operation(lambda operation: operation.key == "GET /api/v103/leads/{id}")
def test_leadpro_creates_at_once(case: Case, key: str) -> None:
    create = case.sibling(key)
    made = create.send(create.valid_body(full=True)).json
    assert case.send(path={"id": str(made["id"])}).json == made
    person = case.sibling("GET /api/v103/person/leads")
    assert person.send(query={"email": made["email"]}).json[0] == made


@each_operation(lambda operation: operation.key == "PATCH /api/v103/leads/{id}")
def test_leadpro_changes_at_once(case: Case) -> None:
    changed = case.send(case.valid_body(full=True)).json
    changed.pop("next_action_date")
    assert case.sibling("GET /api/v103/leads/{id}").send(path=case.valid_path).json == changed
    others = [each for each in case.records() if each["id"] != changed["id"]]
    assert others == [each for each in case.seeded() if each["id"] != changed["id"]]


@each_operation(lambda operation: operation.key == "POST /v1/admin/retry-write/{root_job_id}")
def test_a_failed_write_that_is_tried_again_lands_under_a_new_job(case: Case) -> None:
    answer = case.send()
    assert_kept(case.api, case.operation, answer)
    again = answer.json["job_id"]
    assert status_of(case, FAILED_WRITE)["write_status"] == "FAILURE"
    assert status_of(case, again)["write_status"] == "PENDING"
    case.advance(1)
    assert status_of(case, again)["write_status"] == "SUCCESS"
    assert len(case.records("leads")) == len(case.seeded("leads")) + 1
