"""How Propexo takes a write: checked for its PMS, queued as a job, and landed a moment later."""

from collections.abc import Sequence
from typing import Any

from mock_server.contract.kinds import Kind
from mock_server.contract.problems import Problem
from mock_server.contract.resource import types_of
from mock_server.engine import jobs
from mock_server.engine.call import Call, Reply, reply
from mock_server.engine.changes import Change
from mock_server.engine.references import found
from mock_server.engine.refusals import Invalid, NotFound
from mock_server.world.identifiers import cuid
from mock_server.world.records import Record
from mock_server.world.world import World


def settle(call: Call, world: World, *changes: Change) -> Reply:
    """Queue the changes as one job and answer its id with the accepted body.

    The first change is the one whose record the write status tells, where the PMS gives an id
    back (guide: write requests). A PMS-specific operation answers `{meta, result}`, a generic one
    `{job_id, data}`; both echo the body, with null for what was not sent.
    """
    vendor = vendor_of(call, world)
    _refuse_other_vendor(call, vendor)
    is_told = changes[0].verb == "add" and call.operation.tells_record_id(vendor)
    job = jobs.Job(
        id=cuid(world.random()),
        lands_at=jobs.lands_at(world, call.settings.write_seconds),
        record_id=changes[0].record_id if is_told else None,
    )
    jobs.accept(world, job, changes)
    if call.operation.vendor:
        return reply({"meta": {"job_id": job.id}, "result": _echo(call)})
    return reply({"job_id": job.id, "data": _echo(call)})


def status(call: Call, world: World) -> Reply:
    """Answer what has become of a write (reference: write status); 404 for an unknown job."""
    job = jobs.find(world, call.path["root_job_id"])
    if job is None:
        raise NotFound(f"no write has the job id {call.path['root_job_id']!r}")
    now = world.clock.now()
    return reply(
        {
            "write_status": job.status(now),
            "errors": [],
            "created_record_id": job.created_record_id(now),
        }
    )


def integration_of(call: Call, world: World) -> Record:
    """Return the integration that the call writes to: the body's, else the record's."""
    integration_id = call.body.get("integration_id")
    if integration_id is None and call.operation.kind is Kind.UPDATE:
        integration_id = found(call, world)["integration_id"]
    return call.records(world, "integrations").get(integration_id) or {}


def vendor_of(call: Call, world: World) -> str:
    """Return the PMS that the call writes to."""
    return str(integration_of(call, world).get("vendor"))


def _refuse_other_vendor(call: Call, vendor: str) -> None:
    wanted = call.operation.vendor
    if wanted is not None and wanted != vendor:
        field = "integration_id" if "integration_id" in call.body else call.operation.path_names[-1]
        advice = f"the integration is {vendor}, but this operation is for {wanted} alone"
        raise Invalid([Problem("reference", "integrations", (field,), None, advice)])


def _echo(call: Call) -> dict[str, Any]:
    fields: Sequence[str] = tuple((call.operation.body or {}).get("properties", {}))
    values = {**call.path, **call.body}
    shown = _result_fields(call) or fields
    return {name: values.get(name) for name in shown}


def _result_fields(call: Call) -> tuple[str, ...]:
    """Return the keys that a PMS-specific operation promises in its result."""
    document = call.api.catalogue.document
    promised = (call.operation.reply or {}).get("properties", {}).get("result")
    if promised is None or "object" not in types_of(document.resolve(promised)):
        return ()
    return tuple(document.resolve(promised).get("properties", {}))
