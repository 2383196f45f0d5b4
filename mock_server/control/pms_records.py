"""The records of a property system: looked at, added, changed and removed on its own side."""

from mock_server.apis.propexo import record_fields
from mock_server.apis.propexo.drafts import newborn
from mock_server.apis.propexo.pms import truth
from mock_server.contract.catalogue import Catalogue
from mock_server.contract.json_text import write_json
from mock_server.contract.resource import Resource
from mock_server.control import envelopes
from mock_server.control.pms import integration_of, models_of
from mock_server.engine.call import Call, Reply, reply
from mock_server.engine.changes import Change
from mock_server.engine.references import missing
from mock_server.engine.refusals import NotFound
from mock_server.nearest import unknown
from mock_server.world.queries import Page
from mock_server.world.records import Record
from mock_server.world.world import World

# What every record belongs to: a property of a PMS, or a community of a CRM.
_GROUNDS = {"property_id": "properties", "community_id": "crm_communities"}


def find_all(call: Call, world: World) -> Reply:
    """Answer one page of what the system holds of a model."""
    integration, resource = _target(call, world)
    offset, limit = (call.question.values[name] for name in ("offset", "limit"))
    held = truth.held(world, integration["id"], resource.name)
    texts = [write_json(_shown(resource, each)) for each in held[offset : offset + limit]]
    return envelopes.page(call, Page(",".join(texts).encode(), len(texts), len(held)))


def fetch(call: Call, world: World) -> Reply:
    """Answer a record as the system has it."""
    integration, resource = _target(call, world)
    return reply(_shown(resource, _named(call, world, integration, resource)))


def add(catalogue: Catalogue, call: Call, world: World) -> Reply:
    """Add a record to the system and answer it, filled in as far as anybody could."""
    integration, resource = _target(call, world)
    given = record_fields.sent(catalogue, world, integration["id"], resource, call.body)
    born = {**newborn(world, integration), **given}
    placed = {**_place(world, integration, resource, born), **born}
    known = record_fields.with_foreign_ids(catalogue, world, resource, placed)
    made = _change("add", resource, born["id"], {**resource.blank, **known})
    return _settle(world, integration, resource, made)


def change(catalogue: Catalogue, call: Call, world: World) -> Reply:
    """Change some fields of a record of the system and answer it whole."""
    integration, resource = _target(call, world)
    record = _named(call, world, integration, resource)
    given = record_fields.sent(catalogue, world, integration["id"], resource, call.body)
    if not given:
        return reply(_shown(resource, record))
    values = record_fields.with_foreign_ids(catalogue, world, resource, given)
    return _settle(world, integration, resource, _change("patch", resource, record["id"], values))


def remove(call: Call, world: World) -> Reply:
    """Remove a record from the system."""
    integration, resource = _target(call, world)
    record = _named(call, world, integration, resource)
    truth.change(world, integration["id"], _change("remove", resource, record["id"]))
    return reply({"removed": 1})


def _target(call: Call, world: World) -> tuple[Record, Resource]:
    """Return the integration of the path, and what its model looks like; raises `NotFound`."""
    integration = integration_of(call, world)
    known, model = models_of(world, integration), call.path["model"]
    if model not in known:
        where = "models are named like Propexo's lists, such as leads or service_requests"
        raise NotFound(unknown(f"{integration['vendor']} model", model, known, where))
    return integration, known[model]


def _named(call: Call, world: World, integration: Record, resource: Resource) -> Record:
    record = truth.record(world, resource.name, call.record_id)
    if record is None or record["integration_id"] != integration["id"]:
        raise NotFound(f"{missing(resource.name, call.record_id)} at this system")
    return record


def _place(world: World, integration: Record, resource: Resource, born: Record) -> Record:
    """Return the ids of the property or community where a new record is, the first there is."""
    if resource.name == "properties":
        return {"property_id": born["id"], "x_property_id": born["x_id"]}
    grounds = {
        field: truth.held(world, integration["id"], model)
        for field, model in _GROUNDS.items()
        if field in resource.fields and field not in born
    }
    return {field: held[0]["id"] for field, held in grounds.items() if held}


def _change(verb: str, resource: Resource, record_id: str, values: Record | None = None) -> Change:
    # Its stamps say when Propexo has read the change, and only one that adds says since when.
    stamps = record_fields.STAMPS if verb == "add" else record_fields.STAMPS[1:]
    return Change(verb, f"propexo_{resource.name}", record_id, values or {}, stamps)


def _settle(world: World, integration: Record, resource: Resource, made: Change) -> Reply:
    truth.change(world, integration["id"], made)
    return reply(_shown(resource, truth.record(world, resource.name, made.record_id) or {}))


def _shown(resource: Resource, record: Record) -> Record:
    """Return the public fields of a record but for what Propexo notes of its copy."""
    fields = (name for name in resource.fields if name not in record_fields.STAMPS)
    return {name: record.get(name, resource.blank[name]) for name in fields}
