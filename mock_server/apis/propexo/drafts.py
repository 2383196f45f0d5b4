"""What record a write's body stands for: shared fields, and what the PMS would add by itself."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from mock_server.apis.propexo.writes import integration_of
from mock_server.contract.kinds import Kind
from mock_server.contract.resource import types_of
from mock_server.engine.call import Call
from mock_server.engine.refusals import Invalid, broken
from mock_server.world.clock import iso, parse
from mock_server.world.identifiers import cuid
from mock_server.world.queries import where
from mock_server.world.records import Record
from mock_server.world.world import World

Details = Callable[[Call, World], Mapping[str, Any]]

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_IDENTITY = frozenset({"id", "integration_id", "integration_vendor", "property_id"})
# The records that tell which property a write is about, the most telling first.
_WITNESSES = {
    "property_id": "properties",
    "lead_id": "leads",
    "applicant_id": "applicants",
    "resident_id": "residents",
    "unit_id": "units",
    "employee_id": "employees",
}


def draft(call: Call, world: World, details: Mapping[str, Any] | None = None) -> Record:
    """Return the fields of a record that the body stands for, `details` taking precedence.

    What the record does not show is kept beside it. A new record gets ids of Propexo and of the
    PMS, and the property that the body or what it refers to names.
    """
    resource = call.records(world).resource
    fields = {
        name: _fitting(resource.fields.get(name), value)
        for name, value in call.body.items()
        if name not in _IDENTITY
    }
    if call.operation.kind is Kind.UPDATE:
        return {**fields, **(details or {})}
    return {**fields, **_newborn(call, world), **(details or {})}


def named(call: Call, world: World, resource: str, record_id: object) -> Record:
    """Return a record that the body refers to; nothing is known of one it does not name."""
    if record_id is None:
        return {}
    return call.records(world, resource).get(record_id) or {}


def midnight_or_instant(text: str) -> str:
    """Return a date as the midnight in UTC that Propexo shows for it, an instant in UTC."""
    return iso(parse(text))


def _newborn(call: Call, world: World) -> Record:
    integration, place = integration_of(call, world), _property(call, world)
    random = world.random()
    return {
        "id": cuid(random),
        "x_id": str(random.randrange(10**6, 10**8)),
        "x_created_at": iso(world.clock.now()),
        "integration_id": integration.get("id"),
        "integration_vendor": integration.get("vendor"),
        "property_id": place.get("id"),
        "x_property_id": place.get("x_id"),
        "location_id": place.get("location_id"),
    }


def _property(call: Call, world: World) -> Record:
    for field, resource in _WITNESSES.items():
        witness = named(call, world, resource, call.body.get(field))
        if witness:
            return named(call, world, "properties", witness.get("property_id", witness["id"]))
    integration_id = call.body.get("integration_id")
    first = call.records(world, "properties").first(where(integration_id=integration_id))
    if first is None:
        advice = f"the integration {integration_id!r} has no property to write to"
        raise Invalid([broken("integration_id", advice)])
    return first


def _fitting(schema: Mapping[str, Any] | None, value: Any) -> Any:
    """Return the value as the record's field shows it: dates as midnights, numbers as text."""
    if schema is None or value is None:
        return value
    types = types_of(schema)
    if isinstance(value, str) and _is_dated(value):
        return midnight_or_instant(value)
    if isinstance(value, (int, float)) and "string" in types and "number" not in types:
        return f"{value:g}"
    return value


def _is_dated(text: str) -> bool:
    if _DATE.fullmatch(text):
        return True
    return "T" in text and _DATE.match(text) is not None and _reads(text)


def _reads(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).astimezone(UTC).year > 0
    except (ValueError, OverflowError):
        return False
