"""Which operations queue a job, by what their answers tell."""

from mock_server.contract.document import Document
from mock_server.contract.kinds import Kind
from mock_server.contract.operation import Operation
from tests.contract.case import VENDORS, has_body


def document_of(operation: Operation) -> Document:
    """Return the contract that an operation stands in."""
    return next(
        each for each in VENDORS if operation.key in each.catalogue.operations
    ).catalogue.document


def is_queued(operation: Operation) -> bool:
    """Say whether the operation answers the id of a job that lands later."""
    said = (operation.reply or {}).get("properties", {})
    meta = document_of(operation).resolve(said.get("meta", {}))
    told = {*said, *meta.get("properties", ())}
    # Availability is asked in real time and tells a job's id all the same.
    return has_body(operation) and "job_id" in told and "availability" not in operation.path


def makes_a_record(operation: Operation) -> bool:
    """Say whether a new record of the operation's resource lands."""
    return is_queued(operation) and operation.kind is Kind.CREATE
