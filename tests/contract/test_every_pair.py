"""Does a generic write come to the same as the PMS's own operation, told and shown alike?"""

from typing import Any

from mock_server.contract.operation import Operation
from tests.contract.case import Case, each_operation
from tests.contract.grounds import Record
from tests.contract.promises import assert_kept
from tests.contract.queued import is_queued


def is_particular(operation: Operation) -> bool:
    """Say whether a generic write does the same as this one of a single PMS."""
    return operation.generic is not None and is_queued(operation)


def outcome(case: Case, body: Record, path: list[str]) -> tuple[Any, list[Record]]:
    """Make the write in a fresh world; return its status in the end, and what reads show then."""
    case.worlds.reset(case.world)
    answer = case.send(body, path=dict(zip(case.operation.path_names, path, strict=True)))
    assert_kept(case.api, case.operation, answer)
    told = answer.json if case.operation.vendor is None else answer.json["meta"]
    case.advance(1)
    status = case.sibling("GET /v1/admin/write-status/{root_job_id}")
    return status.send(path={"root_job_id": str(told["job_id"])}).json, case.records()


@each_operation(is_particular, case="documented_case")
def test_a_generic_write_tells_and_shows_what_the_one_of_the_pms_itself_does(
    documented_case: Case,
) -> None:
    own, path = documented_case, [*documented_case.valid_path.values()]
    generic = own.sibling(own.operation.generic or "")
    body = own.valid_body(full=True)
    assert outcome(generic, body, path) == outcome(own, body, path)
