"""Bodies made from an operation's contract and from the seeded records of one integration."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from mock_server.contract.document import Schema
from mock_server.contract.operation import Operation
from mock_server.contract.resource import types_of
from mock_server.engine.api import Api
from mock_server.world.world import World
from tests.contract import together

Record = dict[str, Any]

LANDED = "2026-03-01T09:00:02.000Z"

_FORMATS = {
    "date-time": "2026-04-01T15:30:00.000Z",
    "date": "2026-04-01",
    "email": "ada.byron@example.com",
    "uri": "https://example.com/policy",
}
# One of these fits every pattern; add another when a new pattern comes.
_TEXTS = (
    *("Ada", "A", "4.5", "2026-04-01", "2026-04", "10:30:00", "7035550123"),
    *("123456789", "image/png", "iVBORw0KGgo="),
)


@dataclass(frozen=True)
class _Rules:
    """By which operation a body is made, as what fields demand of one another is worked out."""

    api: Api
    rules: Operation
    schema: Schema


@dataclass(frozen=True)
class Ground:
    """One integration's records, from which a body takes what it refers to."""

    api: Api
    world: World
    integration_id: str
    known: dict[Any, list[Record]] = field(default_factory=dict)

    def of(self, resource: str, demands: Mapping[str, str] | None = None) -> list[Record]:
        """Return the integration's records of a resource, those that can be had first."""
        asked = resource, *(demands or {}).items()
        if asked not in self.known:
            self.known[asked] = self._of(resource, demands)
        return self.known[asked]

    def _of(self, resource: str, demands: Mapping[str, str] | None) -> list[Record]:
        records = self.api.records(self.world, resource)
        if resource == "integrations":
            return [record for record in records.all() if record["id"] == self.integration_id]
        wanted = (demands or {}).items()
        mine = [
            each
            for each in records.all()
            if each["integration_id"] == self.integration_id
            and all(value in each[name] for name, value in wanted)
        ]
        return sorted(mine, key=lambda each: each.get("is_available") is False)

    def body(self, schema: Schema, *, full: bool) -> Any:
        """Return a valid value: with everything the schema knows, or what it requires alone."""
        resolve = self.api.catalogue.document.resolve
        schema = resolve(schema)
        stated, types = self.api.catalogue.reference(schema), types_of(schema)
        if stated:
            found = self.of(*stated)[0]["id"]
            return [found] if "array" in types else found
        if "enum" in schema:
            return next(each for each in schema["enum"] if each is not None)
        if "anyOf" in schema:
            return self.body(schema["anyOf"][0], full=full)
        if "properties" in schema or isinstance(schema.get("additionalProperties"), Mapping):
            return self._object(schema, full=full)
        if "array" in types:
            return [self.body(schema["items"], full=full)]
        return plain(schema, types)

    def filled(self, operation: Operation, body: Record) -> Record:
        """Return a body with what it lacks beside the fields that the schema requires."""
        rules = _Rules(self.api, operation, operation.body or {})
        fields = rules.schema.get("properties", {})
        lacking = [*together.lacking(rules, operation, body)]
        found = {name: self.body(fields[name], full=False) for name in lacking}
        return {**body, **found, **together.in_order(rules, body)}

    def _object(self, schema: Schema, *, full: bool) -> Record:
        if "properties" not in schema:
            return {"Parking": self.body(schema["additionalProperties"], full=full)}
        required = schema.get("required", ())
        return {
            name: self.body(inner, full=full)
            for name, inner in schema["properties"].items()
            if name in required or (full and self._can_be_filled(inner))
        }

    def _can_be_filled(self, schema: Schema) -> bool:
        schema = self.api.catalogue.document.resolve(schema)
        stated = self.api.catalogue.reference(schema)
        inside = [*schema.get("properties", {}).values(), schema.get("items")]
        is_found = stated is None or bool(self.of(*stated))
        return is_found and all(self._can_be_filled(each) for each in inside if each)


def plain(schema: Schema, types: frozenset[str]) -> Any:
    """Return a value without parts."""
    if not types or "object" in types:
        return {"description": "Paint", "total_cost_in_cents": 500, "stock_code": True}
    if "string" in types:
        return text(schema)
    if "boolean" in types:
        return True
    return int(max(schema.get("minimum", 2), schema.get("exclusiveMinimum", 0) + 1))


def text(schema: Schema) -> str:
    """Return a text that the schema takes."""
    if "format" in schema:
        return _FORMATS[schema["format"]]
    least, most = schema.get("minLength", 0), schema.get("maxLength", 99)
    return next(
        each
        for each in _TEXTS
        if re.search(schema.get("pattern", ""), each) and least <= len(each) <= most
    )
