"""How Propexo takes a write: checked for its PMS, queued as a job, and landed a moment later."""

from typing import Any

from mock_server.apis.propexo import families, job_logs, pet_owners, record_rules
from mock_server.apis.propexo.kept import model_of
from mock_server.apis.propexo.pms import outcomes, read_back
from mock_server.apis.propexo.syncs.copying import PROPERTIES, disabled
from mock_server.apis.propexo.syncs.models import is_on
from mock_server.contract.kinds import Kind
from mock_server.contract.operation import Operation
from mock_server.contract.problems import Problem
from mock_server.contract.resource import types_of
from mock_server.engine import jobs
from mock_server.engine.call import Call, Reply, reply
from mock_server.engine.changes import Change
from mock_server.engine.moment import Moment
from mock_server.engine.references import found, singular
from mock_server.engine.refusals import Invalid, NotFound
from mock_server.world.identifiers import cuid
from mock_server.world.records import Record
from mock_server.world.world import World

# What the account itself keeps changes at once, and free times are only asked for.
_AT_ONCE = (
    "/v1/admin/",
    "/v1/webhooks/",
    "/v1/appointment-availability/",
    "/crm/v1/appointment-availability/",
)


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


def is_write(operation: Operation) -> bool:
    """Say whether an operation queues a write to a PMS or CRM."""
    can_change = operation.method != "GET" and operation.kind is not Kind.UNSUPPORTED
    return can_change and not operation.path.startswith(_AT_ONCE)


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


def integration_of(call: Call, world: World) -> Record:
    """Return the integration that the call writes to: the body's, else the record's."""
    integration_id = call.body.get("integration_id")
    if integration_id is None and pet_owners.PET_ID in call.path:
        integration_id = pet_owners.owner(call, world).get("integration_id")
    elif integration_id is None and call.operation.kind in {Kind.UPDATE, Kind.DELETE}:
        integration_id = found(call, world).get("integration_id")
    return call.records(world, "integrations").get(integration_id) or {}


def vendor_of(call: Call, world: World) -> str:
    """Return the PMS or CRM that the call writes to."""
    return str(integration_of(call, world).get("vendor"))


def refuse_other_vendor(call: Call, world: World) -> None:
    """Raise `Invalid` where the operation is for another vendor, or for another family of them.

    So it does where an update names an integration that the record does not belong to. A call
    that names no integration is not refused here.
    """
    _refuse_other_integration(call, world)
    vendor = integration_of(call, world).get("vendor")
    advice = None if vendor is None else families.refusal(call, vendor)
    if advice is not None:
        field = "integration_id" if "integration_id" in call.body else call.operation.path_names[-1]
        raise Invalid([Problem("reference", "integrations", (field,), None, advice)])


def _refuse_other_integration(call: Call, world: World) -> None:
    stated = call.body.get("integration_id")
    if not isinstance(stated, str) or call.operation.kind is not Kind.UPDATE:
        return
    record = found(call, world)
    if record.get("integration_id", stated) != stated:
        advice = f"the {singular(call.operation.resource or '')} {record['id']!r} belongs to"
        advice += f" integration_id {record['integration_id']!r}"
        raise Invalid([Problem("reference", "integrations", ("integration_id",), stated, advice)])


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
