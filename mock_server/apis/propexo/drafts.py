"""What record a write's body stands for: shared fields, and what the PMS would add by itself."""

from collections.abc import Callable, Mapping
from typing import Any

from mock_server.apis.propexo import addressees
from mock_server.apis.propexo.addressees import integration_of, refuse_other_vendor
from mock_server.apis.propexo.fitting import fitted, in_text
from mock_server.contract.kinds import Kind
from mock_server.contract.resource import Resource, types_of
from mock_server.engine.call import Call
from mock_server.engine.refusals import Invalid, broken
from mock_server.world.clock import iso
from mock_server.world.identifiers import cuid
from mock_server.world.queries import where
from mock_server.world.records import Record
from mock_server.world.world import World

Details = Callable[[Call, World], Mapping[str, Any]]

_IDENTITY = frozenset(
    {"id", "integration_id", "integration_vendor", "property_id", "x_property_id"}
)
# The records that tell which property a write is about, the most telling first.
_WITNESSES = {
    "property_id": "properties",
    "lead_id": "leads",
    "applicant_id": "applicants",
    "resident_id": "residents",
    "lease_id": "leases",
    "application_id": "applications",
    "service_request_id": "service_requests",
    "unit_id": "units",
    "employee_id": "employees",
}


def draft(call: Call, world: World, details: Mapping[str, Any] | None = None) -> Record:
    """Return the fields of a record that the body stands for, `details` taking precedence.

    What the record does not show is kept beside it. Beside an id that refers to a record stands
    that record's id in the PMS, beside an amount in cents its text. A new record gets ids of
    Propexo and of the PMS or CRM, and the property or community that the body or what it refers to
    names.
    """
    is_new = call.operation.kind is not Kind.UPDATE
    drafted = {
        **_said(call, world),
        **_foreign(call, world),
        **(_newborn(call, world) if is_new else {}),
        **(details or {}),
    }
    return {**_worded_amounts(call.records(world).resource, drafted), **drafted}


def named(call: Call, world: World, resource: str, record_id: object) -> Record:
    """Return a record that the body refers to; nothing is known of one it does not name."""
    if record_id is None:
        return {}
    return call.records(world, resource).get(record_id) or {}


def identified(call: Call, world: World) -> Record:
    """Return what every new record of a write has."""
    return newborn(world, integration_of(call, world))


def newborn(world: World, integration: Mapping[str, Any]) -> Record:
    """Return what every new record has: its ids, its birth, and the integration it belongs to."""
    random = world.random()
    return {
        "id": cuid(random),
        "x_id": str(random.randrange(10**6, 10**8)),
        "x_created_at": iso(world.clock.now()),
        "integration_id": integration.get("id"),
        "integration_vendor": integration.get("vendor"),
    }


def community_of(call: Call, world: World) -> object:
    """Return the id of the community that a write to a CRM is about, as far as it tells."""
    prospect = named(call, world, "crm_prospects", call.body.get("prospect_id"))
    return call.body.get("community_id") or prospect.get("community_id")


def said_of(call: Call, world: World, resource: str) -> Record:
    """Return what the body says of the fields that a resource's records show."""
    fields = call.records(world, resource).resource.fields
    sent = {name: call.body[name] for name in fields if name in call.body}
    return {name: fitted(fields[name], value) for name, value in sent.items()}


def _said(call: Call, world: World) -> Record:
    """Return what the body says under the record's own names.

    A list of parts is left out, because the record shows parts in a shape of their own.
    """
    fields = call.records(world).resource.fields
    return {
        name: fitted(fields.get(name), value)
        for name, value in call.body.items()
        if name not in _IDENTITY and not _has_parts(call, fields.get(name))
    }


def _has_parts(call: Call, schema: Mapping[str, Any] | None) -> bool:
    items = call.api.catalogue.document.resolve((schema or {}).get("items", {}))
    return "object" in types_of(items)


def _foreign(call: Call, world: World) -> Record:
    """Return the PMS's ids of the records that the body refers to, where the record shows them."""
    catalogue, fields = call.api.catalogue, call.records(world).resource.fields
    # A PMS's own operation may take what the generic one does not know.
    binding = call.binding or call.operation
    schemas = (binding.body or {}).get("properties", {})
    found = {}
    for name in [each for each in call.body if each in schemas and each not in _IDENTITY]:
        if f"x_{name}" not in fields:
            continue
        stated = catalogue.reference(catalogue.document.resolve(schemas[name]))
        if stated:
            found[f"x_{name}"] = named(call, world, stated[0], call.body[name]).get("x_id")
    return found


def _worded_amounts(resource: Resource, drafted: Record) -> Record:
    """Return the texts of the amounts that are given in cents."""
    return {
        worded: in_text(value)
        for name, value in drafted.items()
        if name.endswith("_in_cents") and isinstance(value, (int, float))
        if (worded := f"{name.removesuffix('_in_cents')}_raw") in resource.fields
    }


def _newborn(call: Call, world: World) -> Record:
    refuse_other_vendor(call, world)
    return {**_placed(call, world), **identified(call, world)}


def _placed(call: Call, world: World) -> Record:
    if addressees.is_crm(call.operation):
        return {"community_id": community_of(call, world)}
    place = _property(call, world)
    return {
        "property_id": place.get("id"),
        "x_property_id": place.get("x_id"),
        **located(call, world, call.body.get("location_id") or place.get("location_id")),
    }


def located(call: Call, world: World, location_id: object) -> Record:
    """Return how a record names its location: not at all outside Rent Manager, which alone has any.

    So a generic write to another PMS may say a location, and nothing comes of it.
    """
    location = named(call, world, "locations", location_id)
    return {"location_id": location.get("id"), "x_location_id": location.get("x_id")}


def _property(call: Call, world: World) -> Record:
    stated = {**call.path, **call.body}
    for field, resource in _WITNESSES.items():
        witness = named(call, world, resource, stated.get(field))
        if witness:
            return named(call, world, "properties", witness.get("property_id", witness["id"]))
    integration_id = call.body.get("integration_id")
    first = call.records(world, "properties").first(where(integration_id=integration_id))
    if first is None:
        advice = f"the integration {integration_id!r} has no property to write to"
        raise Invalid([broken("integration_id", advice)])
    return first
