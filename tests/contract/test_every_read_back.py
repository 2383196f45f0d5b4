"""Is a new record listed when its PMS is documented to let Propexo read it back, and not before?"""

from typing import Any

from tests.contract import valid_calls
from tests.contract.case import Case, each_operation
from tests.contract.grounds import Ground
from tests.contract.promises import assert_kept
from tests.contract.queued import makes_a_record

SYNC = "POST /v1/admin/integrations/{integration_id}/manual-sync"


def made_at(case: Case, ground: Ground) -> Any:
    """Make a record at the ground's PMS and return what its write status says in the end."""
    answer = case.send(valid_calls.body(ground, case.operation, full=False))
    assert_kept(case.api, case.operation, answer)
    told = answer.json if case.operation.vendor is None else answer.json["meta"]
    case.advance(1)
    status = case.sibling("GET /v1/admin/write-status/{root_job_id}")
    return status.send(path={"root_job_id": str(told["job_id"])}).json


def new_records(case: Case, ground: Ground) -> set[str]:
    """Return the ids of the records that were not there at the start, of one integration."""
    before = {each["id"] for each in case.seeded()}
    mine = (each for each in case.records() if each["integration_id"] == ground.integration["id"])
    return {str(each["id"]) for each in mine} - before


def sync(case: Case, ground: Ground) -> None:
    """Let Propexo read what is new of the operation's resource at the ground's PMS."""
    asked, model = case.sibling(SYNC), case.operation.resource
    # Of a few models there can be no sync of their own, so that all are read.
    known = case.api.catalogue.document.schemas["SyncModelName"]["enum"]
    body = {"models_to_sync": [model]} if model in known else {}
    answer = asked.send(body, path={"integration_id": str(ground.integration["id"])})
    assert_kept(asked.api, asked.operation, answer)
    case.advance(1)


@each_operation(makes_a_record, case="documented_case")
def test_a_new_record_shows_at_once_where_its_id_is_told_and_else_after_a_sync(
    documented_case: Case,
) -> None:
    case, late = documented_case, []
    for ground in case.grounds:
        status = made_at(case, ground)
        assert status["write_status"] == "SUCCESS"
        if case.operation.tells_record_id(str(ground.integration["vendor"])):
            assert new_records(case, ground) == {status["created_record_id"]}
        else:
            assert (status["created_record_id"], new_records(case, ground)) == (None, set())
            late.append(ground)
    for ground in late:
        sync(case, ground)
        assert len(new_records(case, ground)) == 1
