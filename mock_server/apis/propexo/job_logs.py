"""What is kept of a job for the account's logs: notes with a write, and a log when it is over."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from mock_server.apis.propexo.copy.reading import Reading
from mock_server.apis.propexo.kept import records
from mock_server.contract.operation import Operation
from mock_server.engine import retention
from mock_server.engine.call import Call
from mock_server.engine.changes import Change
from mock_server.engine.jobs import FAILURE, SUCCESS, Job
from mock_server.engine.moment import Moment
from mock_server.world.clock import iso
from mock_server.world.identifiers import cuid
from mock_server.world.queries import where
from mock_server.world.records import Record
from mock_server.world.world import World

# Categories of writes that are not called as their resource is, by how their paths begin.
_CATEGORIES = {"vendors": "service_request_vendors", "resident-pets": "resident_pets"}


def notes_of(call: Call, world: World, change: Change) -> dict[str, Any]:
    """Return what the logs will tell of a write, `change` being the first thing it does."""
    # What is added is not there yet, and to look for it takes longer than for what is remembered.
    before = None if change.verb == "add" else world.collection(change.table).get(change.record_id)
    written = {**(before or {}), **change.values}
    integration_id = written.get("integration_id") or call.body.get("integration_id")
    integration = records(world, "integrations").get(integration_id) or {}
    resource = _resource(call.operation)
    return {
        "operation": call.operation.key,
        "name": call.operation.summary,
        "vendor": integration.get("vendor", "INTERNAL"),
        "integration_id": integration.get("id", ""),
        "property_id": written.get("property_id"),
        "parameters": {**call.path, **call.body},
        "accepted_at": iso(world.clock.now()),
        "job_type": f"{call.operation.method}_{resource.upper()}",
        "write_category": _category(call.operation, resource),
        "parent_job_id": None,
        "root_job_id": None,
    }


def log_write(moment: Moment, job: Job) -> None:
    """Keep the log of a write that is over; one that succeeded in part is no success (assumed)."""
    notes = job.notes
    is_well = job.outcome.write_status == SUCCESS
    keep(
        moment,
        {
            "job_id": job.id,
            "parent_job_id": notes["parent_job_id"],
            "root_job_id": notes["root_job_id"] or job.id,
            "job_type": notes["job_type"],
            "status": SUCCESS if is_well else FAILURE,
            "integration_id": notes["integration_id"],
            "associated_property_id": notes["property_id"],
            "is_write": True,
            "write_category": notes["write_category"],
        },
    )


def log_read_back(moment: Moment, job: Job, reading: Reading) -> None:
    """Keep the log of the read that a write set off, so that its events name a job (inferred)."""
    keep(
        moment,
        {
            "job_id": reading.job_id,
            "parent_job_id": job.id,
            "root_job_id": reading.root_job_id,
            "job_type": reading.job_type,
            "status": SUCCESS,
            "integration_id": job.notes["integration_id"],
            "associated_property_id": job.notes["property_id"],
        },
    )


def keep(moment: Moment, log: Record) -> Record:
    """Keep the log of a job that is over, and as many of the older ones as the settings say.

    Syncs log far more than writes do, and do not push those out.
    """
    logs, alike = records(moment.world, "job_logs"), where(is_write=log.get("is_write"))
    retention.forget_oldest(moment.world, logs, alike, moment.settings.keep_jobs)
    return logs.add(written(cuid(moment.world.random()), moment.at, log))


def keep_many(moment: Moment, count: int, log: Callable[[int], Record]) -> None:
    """Keep so many logs of syncs, of which `log` makes those that are remembered."""
    logs, alike = records(moment.world, "job_logs"), where(is_write=None)
    most = moment.settings.keep_jobs
    retention.add_many(moment.world, logs, alike, most, retention.Many(count, log))


def written(log_id: str, at: datetime, log: Record) -> Record:
    """Return a log as it is kept."""
    return {"id": log_id, "created_at": iso(at), **log}


def _resource(operation: Operation) -> str:
    return operation.resource or _beginning(operation).replace("-", "_")


def _category(operation: Operation, resource: str) -> str:
    if operation.path.rstrip("/").endswith("file-upload"):
        return "file_upload"
    return _CATEGORIES.get(_beginning(operation), resource)


def _beginning(operation: Operation) -> str:
    return next(each for each in operation.path.split("/") if each not in {"", "v1", "crm"})
