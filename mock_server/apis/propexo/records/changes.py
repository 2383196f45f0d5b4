"""How what a write does beside its own record is put: other records, and parts inside records."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from mock_server.apis.propexo.drafts import identified, located
from mock_server.apis.propexo.fitting import fitted
from mock_server.contract.resource import Resource
from mock_server.engine.call import Call
from mock_server.engine.changes import THEN
from mock_server.engine.references import missing
from mock_server.engine.refusals import NotFound
from mock_server.world.identifiers import cuid
from mock_server.world.records import Record
from mock_server.world.world import World

_PLACE = ("property_id", "x_property_id")


def companion(call: Call, world: World, resource: str, beside: Record, **known: Any) -> Record:
    """Return a new record of another resource, at the place of the one that it comes along with."""
    shape = call.records(world, resource).resource
    place = {name: beside.get(name) for name in _PLACE}
    place.update(located(call, world, beside.get("location_id")))
    origin = {**place, **identified(call, world)}
    shown = {
        name: value
        for name, value in origin.items()
        if name in shape.fields or name in shape.private
    }
    return {**shown, **{name: fitted(shape.fields.get(name), each) for name, each in known.items()}}


def part(
    call: Call, world: World, resource: str, field: str, said: Mapping[str, Any]
) -> dict[str, Any]:
    """Return a new part of a record, in the shape that its list of parts has."""
    shape, random = _shape(call, world, resource, field), world.random()
    own = {
        "id": cuid(random),
        "x_id": str(random.randrange(10**6, 10**8)),
        **dict.fromkeys(("created_at", "updated_at", "last_seen"), THEN),
    }
    told = {name: fitted(schema, said.get(name)) for name, schema in shape.fields.items()}
    known = {name: value for name, value in {**own, **_set(told)}.items() if name in shape.fields}
    return {**shape.blank, **known}


def changed_part(
    call: Call, world: World, resource: str, field: str, said: Mapping[str, Any]
) -> dict[str, Any]:
    """Return what a body says of a part that there is."""
    shape = _shape(call, world, resource, field)
    return {
        name: fitted(schema, said[name]) for name, schema in shape.fields.items() if name in said
    }


def plain(said: Mapping[str, Any]) -> dict[str, Any]:
    """Return the texts and numbers of an object whose shape no document tells."""
    return {
        name: value
        for name, value in said.items()
        if isinstance(value, (str, int, float)) and not isinstance(value, bool)
    }


def in_path(call: Call, world: World, resource: str) -> Record:
    """Return the record of another resource that the path names; raises `NotFound`."""
    record_id = call.path[call.operation.path_names[0]]
    record = call.records(world, resource).get(record_id)
    if record is None:
        raise NotFound(missing(resource, record_id))
    return record


def on_behalf_of(call: Call, record: Record) -> Call:
    """Return the call as if its body named the integration of the record that it is about."""
    return replace(call, body={**call.body, "integration_id": record.get("integration_id")})


def _shape(call: Call, world: World, resource: str, field: str) -> Resource:
    resolve = call.api.catalogue.document.resolve
    items = resolve(call.records(world, resource).resource.fields[field]["items"])
    return Resource(field, {name: resolve(each) for name, each in items["properties"].items()})


def _set(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}
