"""A body that an operation must accept, made from its contract and from seeded records."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from mock_server.contract.document import Schema
from mock_server.contract.operation import Operation
from mock_server.contract.resource import types_of
from tests.contract import together
from tests.contract.demands import beyond_the_schema
from tests.contract.grounds import Ground

_FORMATS = {
    "date-time": "2026-04-01T15:30:00.000Z",
    "date": "2026-04-01",
    "email": "ada.byron@example.com",
    "uri": "https://example.com/recordings/1.mp3",
}
# One of these fits every pattern of the contracts; add another when a new pattern comes.
_TEXTS = (
    *("Ada", "A", "2026-04-01", "10:30:00", "10:30", "7035550123", "10"),
    *("application.html", "123456789", "iVBORw0KGgo=", "image/png"),
)


def body(ground: Ground, operation: Operation, *, full: bool) -> dict[str, Any]:
    """Return a valid body: with every field of the contract, or with the required ones alone."""
    made = _value(ground, ground.schema, full=full) if ground.schema else {}
    made.update(besides(ground, operation, made))
    return {**made, **beyond_the_schema(ground, operation, made)}


def besides(ground: Ground, operation: Operation, made: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that what was made demands beside it."""
    known = ground.schema.get("properties", {})
    lacking = together.lacking(ground, operation, made)
    found = {name: _value(ground, known[name], full=False) for name in lacking}
    return {**found, **together.in_order(ground, made)}


def is_possible(ground: Ground, operation: Operation) -> bool:
    """Say whether the integration has a record for everything that the operation demands."""
    try:
        body(ground, operation, full=False)
    except LookupError:
        return False
    return True


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
        values = schema.get("additionalProperties", True)
        named = _value(ground, values, full=full) if isinstance(values, Mapping) else "Ada"
        return {"weekdays": named}
    required = schema.get("required", ())
    return {
        name: _value(ground, inner, full=full)
        for name, inner in schema["properties"].items()
        if name in required or (full and ground.fills(inner))
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
