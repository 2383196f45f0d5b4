"""Does every write land in its time, and is what landed readable, listed and told of?"""

import pytest

from mock_server.contract.kinds import Kind
from mock_server.contract.operation import Operation
from tests.contract import valid_calls
from tests.contract.case import Case, each_operation, is_write
from tests.contract.promises import assert_kept
from tests.contract.valid_calls import Record


def is_queued(operation: Operation) -> bool:
    """Say whether the operation is a write that lands later."""
    return is_write(operation) and operation.path.startswith("/v1/")


def makes_a_record(operation: Operation) -> bool:
    """Say whether a new record lands."""
    return is_queued(operation) and operation.kind is Kind.CREATE


def changes_a_record(operation: Operation) -> bool:
    """Say whether a record that is there already changes."""
    return is_queued(operation) and operation.kind is not Kind.CREATE


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
    query = {"integration_id": record["integration_id"], "limit": 250}
    return list(case.of_kind(Kind.LIST).send(query=query).json["results"])


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
    fetch = case.of_kind(Kind.FETCH)
    shown = fetch.send(path={fetch.operation.path_names[-1]: landed["id"]})
    assert_kept(fetch.api, fetch.operation, shown)
    assert listed(case, landed)[0] == shown.json["results"]
    assert landed["created_at"] == landed["updated_at"] == "2026-03-01T09:00:01.000Z"


@each_operation(makes_a_record)
def test_the_record_id_is_told_where_the_vendor_tells_it(case: Case) -> None:
    told = {}
    for ground in valid_calls.grounds(case.api, case.seeded, case.operation):
        job_id = job_of(case, valid_calls.body(ground, case.operation, full=False))
        case.advance(1)
        told[ground.integration["vendor"]] = status_of(case, job_id)["created_record_id"]
    known = {each["id"] for each in case.records()} - {each["id"] for each in case.seeded()}
    assert {each for each in told if told[each] is not None} == {
        each for each in told if case.operation.tells_record_id(each)
    }
    assert {*told.values()} - {None} <= known


@each_operation(changes_a_record)
def test_a_change_shows_once_it_has_landed(case: Case) -> None:
    body = case.valid_body(full=True)
    record_id = body.get("event_id") or next(iter(case.valid_path.values()))
    fetch = case.of_kind(Kind.FETCH)
    path = {fetch.operation.path_names[-1]: record_id}
    before = fetch.send(path=path).json["results"]
    job_id = job_of(case, body)
    assert fetch.send(path=path).json["results"] == before
    case.advance(1)
    after = fetch.send(path=path).json["results"]
    assert after["updated_at"] == "2026-03-01T09:00:01.000Z"
    changed = {name for name in after if after[name] != before[name]} - {"updated_at", "last_seen"}
    assert changed
    assert {"id", "integration_id", "created_at"} & changed == set()
    assert status_of(case, job_id)["created_record_id"] is None


@each_operation(changes_a_record)
def test_a_change_leaves_every_other_record_alone(case: Case) -> None:
    body = {key: each for key, each in case.valid_body(full=True).items() if key != "events"}
    record_id = body.get("event_id") or next(iter(case.valid_path.values()))
    job_of(case, body)
    case.advance(1)
    others = [each for each in case.records() if each["id"] != record_id]
    assert others == [each for each in case.seeded() if each["id"] != record_id]


@each_operation(
    lambda operation: is_queued(operation) and "notes" in (operation.body or {})["properties"]
)
def test_what_was_written_is_what_is_shown(case: Case) -> None:
    job_of(case, {**case.valid_body(), "notes": "Rang twice, will come on Friday."})
    case.advance(1)
    assert [each["notes"] for each in case.records()].count("Rang twice, will come on Friday.") == 1


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
