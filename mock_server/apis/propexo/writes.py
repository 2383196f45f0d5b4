"""How Propexo takes a write: checked for its PMS, queued as a job, and landed a moment later."""

from typing import Any

from mock_server.apis.propexo import job_logs, record_rules
from mock_server.apis.propexo.addressees import integration_of, refuse_other_vendor, vendor_of
from mock_server.apis.propexo.kept import model_of
from mock_server.apis.propexo.pms import outcomes, read_back
from mock_server.apis.propexo.syncs.copying import PROPERTIES, disabled
from mock_server.apis.propexo.syncs.models import is_on
from mock_server.contract.resource import types_of
from mock_server.engine import jobs
from mock_server.engine.call import Call, Reply, reply
from mock_server.engine.changes import Change
from mock_server.engine.moment import Moment
from mock_server.engine.refusals import Invalid, NotFound
from mock_server.world.identifiers import cuid
from mock_server.world.records import Record
from mock_server.world.world import World


def settle(call: Call, world: World, *changes: Change, made: str | None = None) -> Reply:
    """Queue the changes as one job and answer its id with the accepted body.

    Where the PMS gives an id back (guide: write requests), the write status tells that of what was
    `made`: by default the record that the first change adds. A PMS-specific operation answers
    `{meta, result}`, a generic one `{job_id, data}`; both echo the body, with null for what was not
    sent.
    """
    refuse_other_vendor(call, world)
    problems = tuple(record_rules.problems(call, world, vendor_of(call, world)))
    if problems:
        raise Invalid(problems)
    if made is None and changes[0].verb == "add":
        made = changes[0].record_id
    job = _planned(call, world, changes, made)
    jobs.accept(Moment(world, world.clock.now(), call.settings), job)
    if call.operation.vendor:
        return reply({"meta": {"job_id": job.id}, "result": _echo(call)})
    return reply({"job_id": job.id, "data": _echo(call)})


def _planned(call: Call, world: World, changes: tuple[Change, ...], made: str | None) -> jobs.Job:
    integration = integration_of(call, world)
    vendor, plan = str(integration.get("vendor")), outcomes.plan(call, world, integration)
    seconds = call.settings.write_seconds if plan.after_seconds is None else plan.after_seconds
    model, notes = model_of(changes[0].table), job_logs.notes_of(call, world, changes[0])
    is_read_back = _is_read(world, integration, model, notes["property_id"])
    is_read_back = is_read_back and read_back.reads_back(call, vendor, model)
    # Of what Propexo does not read it has no id to tell, whatever the PMS says.
    is_told = is_read_back and call.operation.tells_record_id(vendor)
    return jobs.Job(
        id=cuid(world.random()),
        lands_at=jobs.lands_at(world, seconds),
        record_id=made if is_told else None,
        notes={
            **notes,
            "is_read_back": is_read_back,
            "facts": outcomes.facts_of(call),
        },
        changes=changes,
        outcome=plan.outcome,
    )


def _is_read(world: World, integration: Record, model: str, property_id: object) -> bool:
    """Say whether Propexo reads a model, and what belongs to a property, at all."""
    if not integration or not is_on(integration, model):
        return bool(not integration)
    return model == PROPERTIES or property_id not in disabled(world, integration)


def status(call: Call, world: World) -> Reply:
    """Answer what has become of a write (reference: write status); 404 for an unknown job."""
    job = jobs.find(world, call.path["root_job_id"])
    if job is None:
        raise NotFound(f"no write has the job id {call.path['root_job_id']!r}")
    now = world.clock.now()
    return reply(
        {
            "write_status": job.status(now),
            "errors": job.errors(now),
            "created_record_id": job.created_record_id(now),
        }
    )


def _echo(call: Call) -> dict[str, Any]:
    values = {**call.path, **call.body}
    shown = _result_fields(call) or (*_fields(call), *call.body)
    return {name: values.get(name) for name in shown}


def _fields(call: Call) -> tuple[str, ...]:
    """Return the fields that the operation takes.

    A PMS-specific update counts its path's id among them, as the documented ones show it.
    """
    taken = (call.operation.body or {}).get("properties", {})
    return (*call.path, *taken) if call.operation.vendor else tuple(taken)


def _result_fields(call: Call) -> tuple[str, ...]:
    """Return the keys that a PMS-specific operation promises in its result."""
    document = call.api.catalogue.document
    promised = (call.operation.reply or {}).get("properties", {}).get("result")
    if promised is None or "object" not in types_of(document.resolve(promised)):
        return ()
    return tuple(document.resolve(promised).get("properties", {}))
