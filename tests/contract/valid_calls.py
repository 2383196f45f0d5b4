"""A call that an operation must accept, made from its contract and from seeded records."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from mock_server.contract.document import Schema
from mock_server.contract.kinds import Kind
from mock_server.contract.operation import Operation
from mock_server.contract.resource import types_of
from mock_server.engine.api import Api

Record = dict[str, Any]
Records = Callable[[str], list[Record]]

_FORMATS = {
    "date-time": "2026-04-01T15:30:00.000Z",
    "date": "2026-04-01",
    "email": "ada.byron@example.com",
    "uri": "https://example.com/recordings/1.mp3",
}
# One of these fits every pattern of the contracts; add another when a new pattern comes.
_TEXTS = ("Ada", "A", "2026-04-01", "10:30:00", "7035550123")
_PEOPLE = ("leads", "applicants", "residents")
# Events of these kinds demand fields that a call with required fields alone does not have.
_DEMANDING = re.compile("call|email|sign", re.IGNORECASE)


@dataclass(frozen=True, eq=False)
class Ground:
    """The seeded records of one integration, from which a call takes what it refers to."""

    api: Api
    records: Records
    integration: Record

    def of(self, resource: str, demands: Mapping[str, str] | None = None) -> list[Record]:
        """Return the integration's records of a resource that meet the demands."""
        return self._of(resource, tuple((demands or {}).items()))

    @cache  # noqa: B019 - a ground lives as long as the tests do
    def _of(self, resource: str, demands: tuple[tuple[str, str], ...]) -> list[Record]:
        if resource == "integrations":
            return [self.integration]
        mine = [each for each in self.records(resource) if self._owns(each)]
        fitting = [each for each in mine if all(value in each[name] for name, value in demands)]
        return sorted(fitting, key=_is_demanding)

    def _owns(self, record: Record) -> bool:
        owner = self.api.owner
        return owner is None or record.get(owner) == self.integration["id"]

    def path_records(self, operation: Operation) -> list[Record]:
        """Return the records that the operation's path, or a cancellation's body, may name."""
        found = self.of(operation.resource or "")
        people = next((each for each in _PEOPLE if f"/{each}" in operation.path), None)
        if operation.resource != "events" or people is None:
            return found
        is_appointment = "/appointments/" in operation.path
        concerned = f"associated_{people[:-1]}_ids"
        return [
            each
            for each in found
            if each[concerned] and bool(each["is_appointment"]) == is_appointment
        ]


def references(
    api: Api, schema: Schema, *, required: bool = False
) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield what a schema refers to, by required fields alone or by any: resource and demands."""
    schema = api.catalogue.document.resolve(schema)
    stated = api.catalogue.reference(schema)
    if stated:
        yield stated
    properties = schema.get("properties", {})
    chosen = schema.get("required", ()) if required else properties
    for each in [*(properties[name] for name in chosen), schema.get("items")]:
        yield from references(api, each, required=required) if each else ()


def best_ground(candidates: list[Ground], operation: Operation) -> Ground:
    """Return the integration in which most of what the operation refers to can be found."""
    needs_record = operation.kind is not Kind.CREATE and operation.resource is not None

    def worth(ground: Ground) -> tuple[bool, int]:
        wanted = references(ground.api, operation.body or {})
        has_record = not needs_record or bool(ground.path_records(operation))
        return has_record, sum(bool(ground.of(*each)) for each in wanted)

    return max(candidates, key=worth)


def grounds(api: Api, records: Records, operation: Operation) -> list[Ground]:
    """Return every integration in which the operation can be called."""
    if api.owner is None:
        return [Ground(api, records, {})]
    owners = [each for each in records("integrations") if _has_properties(records, each)]
    fitting = [each for each in owners if operation.vendor in {None, each["vendor"]}]
    made = [Ground(api, records, each) for each in fitting]
    needed = list(references(api, operation.body or {}, required=True))
    return [each for each in made if all(each.of(*one) for one in needed)]


def body(ground: Ground, operation: Operation, *, full: bool) -> dict[str, Any]:
    """Return a valid body: with every field of the contract, or with the required ones alone."""
    made = _value(ground, operation.body or {}, full=full)
    return {**made, **_beyond_the_schema(ground, operation, made)}


def _value(ground: Ground, schema: Schema, *, full: bool) -> Any:
    schema = ground.api.catalogue.document.resolve(schema)
    types = types_of(schema)
    stated = ground.api.catalogue.reference(schema)
    if stated:
        found = ground.of(*stated)[0]["id"]
        return [found] if "array" in types else found
    if "anyOf" in schema:
        return _value(ground, schema["anyOf"][0], full=full)
    if "enum" in schema:
        return next(each for each in schema["enum"] if each is not None)
    return next(_MAKERS[each](ground, schema, full) for each in _MAKERS if each in types)


def _object(ground: Ground, schema: Schema, full: bool) -> dict[str, Any]:  # noqa: FBT001
    if "properties" not in schema:
        return {"weekdays": _value(ground, schema["additionalProperties"], full=full)}
    required = schema.get("required", ())
    return {
        name: _value(ground, inner, full=full)
        for name, inner in schema["properties"].items()
        if name in required or (full and can_be_filled(ground, inner))
    }


def _array(ground: Ground, schema: Schema, full: bool) -> list[Any]:  # noqa: FBT001
    return [_value(ground, schema["items"], full=full)] * max(1, schema.get("minItems", 1))


def _text(_: Ground, schema: Schema, __: bool) -> str:  # noqa: FBT001
    if "format" in schema:
        return _FORMATS[schema["format"]]
    least, most = schema.get("minLength", 0), schema.get("maxLength", 99)
    return next(
        text
        for text in _TEXTS
        if re.search(schema.get("pattern", ""), text) and least <= len(text) <= most
    )


def _number(_: Ground, schema: Schema, __: bool) -> int:  # noqa: FBT001
    return int(max(schema.get("minimum", 2), schema.get("exclusiveMinimum", 0) + 1))


_MAKERS: Mapping[str, Callable[[Ground, Schema, bool], Any]] = {
    "object": _object,
    "array": _array,
    "string": _text,
    "integer": _number,
    "number": _number,
    "boolean": lambda *_: True,
}


def can_be_filled(ground: Ground, schema: Schema) -> bool:
    """Say whether the integration has a record for everything the schema refers to."""
    return all(ground.of(*each) for each in references(ground.api, schema))


def _beyond_the_schema(
    ground: Ground, operation: Operation, made: Mapping[str, Any]
) -> dict[str, Any]:
    """Return what behaviours demand where no schema can say it."""
    found: dict[str, Any] = {}
    if operation.path.endswith("/cancel"):
        found["event_id"] = ground.path_records(operation)[0]["id"]
    if made.get("type") in {"vendor", "landlord"}:
        found["postcode"] = "NG1 5FS"
    if ground.api.name == "leadpro" and "status" in made:
        found["status"] = ground.of("statuses")[0]["name"]
    if "email_to" in made:
        found["email_to"] = _addressee(ground, made)["email_1"]
    return found


def _addressee(ground: Ground, made: Mapping[str, Any]) -> Record:
    people = next(each for each in _PEOPLE if f"{each[:-1]}_id" in made)
    wanted = made[f"{people[:-1]}_id"]
    return next(each for each in ground.of(people) if each["id"] == wanted)


def _is_demanding(record: Record) -> bool:
    """Say whether a record is better not chosen: a demanding kind, a person without an address."""
    without_address = "email_1" in record and record["email_1"] is None
    return without_address or bool(_DEMANDING.search(str(record.get("name", ""))))


def _has_properties(records: Records, integration: Record) -> bool:
    return any(each["integration_id"] == integration["id"] for each in records("properties"))
