"""What is kept of a write for the account's logs: notes with its job, and a log when it lands."""

from typing import Any

from mock_server.engine.call import Call
from mock_server.engine.changes import Change
from mock_server.engine.jobs import Job
from mock_server.world.clock import iso
from mock_server.world.world import World

# Categories of writes that are not called as their resource is.
_CATEGORIES = {"vendors": "service_request_vendors", "resident_credits": "resident_charges"}


def notes_of(call: Call, world: World, change: Change) -> dict[str, Any]:
    """Return what the logs will tell of a write, `change` being the first thing it does."""
    written = {**(world.collection(change.table).get(change.record_id) or {}), **change.values}
    integration_id = written.get("integration_id") or call.body.get("integration_id")
    integration = call.records(world, "integrations").get(integration_id) or {}
    return {
        "operation": call.operation.key,
        "name": call.operation.summary,
        "vendor": integration.get("vendor", "INTERNAL"),
        "integration_id": integration.get("id", ""),
        "property_id": written.get("property_id"),
        "parameters": {**call.path, **call.body},
        "accepted_at": iso(world.clock.now()),
    }


def landing(call: Call, job: Job, log_id: str) -> Change:
    """Return the log that a write leaves when it lands."""
    notes, resource = job.notes, _resource(call)
    log = {
        "id": log_id,
        "job_id": job.id,
        "root_job_id": job.id,
        "job_type": f"{call.operation.method}_{resource.upper()}",
        "status": "SUCCESS",
        "integration_id": notes["integration_id"],
        "associated_property_id": notes["property_id"],
        "is_write": True,
        "write_category": _category(call, resource),
    }
    return Change("add", call.api.table("job_logs"), log_id, log, ("created_at",))


def _resource(call: Call) -> str:
    segments = [each for each in call.operation.path.split("/") if each not in {"", "v1", "crm"}]
    return call.operation.resource or segments[0].replace("-", "_")


def _category(call: Call, resource: str) -> str:
    if call.operation.path.rstrip("/").endswith("file-upload"):
        return "file_upload"
    return _CATEGORIES.get(resource, resource)
