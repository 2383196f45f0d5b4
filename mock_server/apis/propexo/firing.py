"""What a webhook would be told if an event happened now to a record or an integration."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from mock_server.apis.propexo import announcements, landing, named_integrations, record_fields
from mock_server.apis.propexo.announcements import DATA_NEW, DATA_UPDATE
from mock_server.apis.propexo.copy import reading
from mock_server.apis.propexo.copy.reading import Reading
from mock_server.apis.propexo.kept import records
from mock_server.apis.propexo.pms import outcomes
from mock_server.apis.propexo.syncs import models, sync
from mock_server.contract.catalogue import Catalogue
from mock_server.contract.json_text import write_json
from mock_server.contract.resource import Resource
from mock_server.engine.moment import Moment
from mock_server.engine.references import missing
from mock_server.engine.refusals import Invalid, broken
from mock_server.engine.webhooks import Fired, Order
from mock_server.nearest import unknown
from mock_server.world.clock import iso
from mock_server.world.identifiers import cuid
from mock_server.world.records import Record
from mock_server.world.world import World


def fire(catalogue: Catalogue, moment: Moment, order: Order) -> Fired:
    """Return the event that a test asks for; raises `Invalid` where too little is known."""
    event, model = order["event"], _model(moment.world, order.get("model"))
    is_about_record = event in {DATA_NEW, DATA_UPDATE}
    if "body" in order:
        about = model if is_about_record else None
        return Fired(event, write_json(order["body"]), about, order.get("record_id"))
    if is_about_record:
        return _of_record(catalogue, moment, order, model)
    integration = _integration(moment.world, order)
    fields = _FIELDS[event](moment, integration, model)
    return Fired(event, write_json(announcements.body_of(event, fields)))


def _of_record(catalogue: Catalogue, moment: Moment, order: Order, model: str | None) -> Fired:
    event, (model, record) = order["event"], _record(moment.world, order, model)
    resource = records(moment.world, model).resource
    integration = records(moment.world, "integrations").get(record["integration_id"]) or {}
    told = reading.NEW, reading.payload(model, resource.fields, record)
    if event == DATA_UPDATE:
        before = _before(catalogue, resource, order)
        after = {**record, "updated_at": iso(moment.at), "last_seen": iso(moment.at)}
        changed = reading.difference(model, resource.fields, {**record, **before}, after)
        told = reading.UPDATE, changed
    fields = _reading(moment, integration, model).as_told_of(record, *told)
    text = write_json(announcements.body_of_record(event, model, fields))
    return Fired(event, text, model, record["id"])


def _before(catalogue: Catalogue, resource: Resource, order: Order) -> Record:
    """Return what the order says that fields held before; raises `Invalid` as a PATCH would."""
    try:
        return record_fields.checked(catalogue, resource, order.get("changed", {}))
    except Invalid as refusal:
        problems = [replace(each, path=("changed", *each.path)) for each in refusal.problems]
        raise Invalid(problems) from None


def _record(world: World, order: Order, model: str | None) -> tuple[str, Record]:
    record_id = _needed(order, "record_id")
    for each in models.read_from_pms(world) if model is None else [model]:
        record = records(world, each).get(record_id)
        if record is not None:
            return each, record
    advice = f"{missing(model or 'records', record_id)}, or Propexo has not read it yet"
    raise Invalid([broken("record_id", advice, record_id)])


def _model(world: World, name: str | None) -> str | None:
    """Return the model of this name, be it that of the paths or that of the webhooks."""
    if name is None:
        return None
    known = models.read_from_pms(world)
    names = {**{announcements.model_name(each): each for each in known}, **{n: n for n in known}}
    wanted = name.replace("-", "_")
    if wanted not in names:
        raise Invalid([broken("model", unknown("model", name, names), name)])
    return names[wanted]


def _integration(world: World, order: Order) -> Record:
    _needed(order, "integration_id")
    return named_integrations.of_body(order, world)


def _needed(order: Order, field: str) -> str:
    if field not in order:
        advice = f"is needed to tell of {order['event']}, unless you give its whole body"
        raise Invalid([broken(field, advice)])
    return str(order[field])


def _reading(moment: Moment, integration: Record, model: str) -> Reading:
    job_id, root_job_id = (cuid(moment.world.random()) for _ in range(2))
    return Reading(integration, job_id, root_job_id, f"READ_{model.upper()}")


def _of_sync(moment: Moment, integration: Record, _: str | None) -> Record:
    return sync.as_told(integration, models.to_read(moment.world, integration, None))


def _of_job(moment: Moment, integration: Record, model: str | None) -> Record:
    held = models.held_by(moment.world, integration)
    usual = next((each for each in models.GROUNDS if each in held), "properties")
    return _reading(moment, integration, model or usual).as_told()


def _of_write(moment: Moment, integration: Record, _: str | None) -> Record:
    known = {"integration_id": integration["id"], "vendor": integration["vendor"]}
    outcome = outcomes.ailing(integration["vendor"], "validation", {})
    return {**known, **landing.failure_as_told(cuid(moment.world.random()), outcome)}


_FIELDS: Mapping[str, Callable[[Moment, Record, str | None], Record]] = {
    announcements.SYNC_COMPLETE: _of_sync,
    announcements.FIRST_SYNC_COMPLETE: _of_sync,
    announcements.JOB_SUCCESS: _of_job,
    announcements.JOB_FAILURE: _of_job,
    announcements.WRITE_OPERATION_FAILURE: _of_write,
}
