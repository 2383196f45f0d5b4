"""Where a body can be wrong, and with which values."""

import copy
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from mock_server.contract.document import Document, Schema
from mock_server.contract.problems import MOST_TOLD
from mock_server.contract.resource import types_of

Place = tuple[str | int, ...]

_OF_EACH_TYPE: Mapping[str, Any] = {
    "object": {"colour": ["red"]},
    "array": [["red"]],
    "string": "red",
    "number": 1.5,
    "boolean": True,
    "null": None,
}
# It says by whose rules the rest of the body is judged, so it is never spoilt along with it.
_DECISIVE = ("integration_id", "integration_vendor")


def schemas_in(document: Document, schema: Schema) -> Iterator[Schema]:
    """Yield a schema and every schema inside it."""
    schema = document.resolve(schema)
    yield schema
    for inner in (*schema.get("properties", {}).values(), schema.get("items", {})):
        yield from schemas_in(document, inner) if inner else ()


def is_dated(schema: Schema) -> bool:
    """Say whether a value is a day or an instant."""
    formats = {each.get("format") for each in schema.get("anyOf", (schema,))}
    return formats <= {"date", "date-time"}


def places(document: Document, schema: Schema, value: Any, at: Place = ()) -> Iterator[Any]:
    """Yield the place and the schema of everything in a value, nested values included."""
    schema = document.resolve(schema)
    if at:
        yield at, schema
    if "anyOf" in schema:
        inside = places(document, schema["anyOf"][0], value, at)
        yield from ((each, inner) for each, inner in inside if each != at)
    elif isinstance(value, dict):
        values = schema.get("additionalProperties")
        for name, inner in value.items():
            known = schema.get("properties", {}).get(name, values)
            # Of a value of the caller's own making nothing is known.
            yield from places(document, known, inner, (*at, name)) if known_shape(known) else ()
    elif isinstance(value, list):
        yield from places(document, schema["items"], value[0], (*at, 0))


def known_shape(schema: object) -> bool:
    """Say whether something is said of a value."""
    return isinstance(schema, Mapping) and bool(schema)


def misfits(schema: Schema) -> list[Any]:
    """Return a value of each JSON type that the schema does not admit."""
    types = types_of(schema)
    admitted = {*types, "number"} if "integer" in types and "number" in types else types
    return [value for name, value in _OF_EACH_TYPE.items() if name not in admitted]


def with_value(body: Any, at: Place, value: Any) -> Any:
    """Return the body with another value in one place."""
    return with_values(body, {at: value})


def with_values(body: Any, values: Mapping[Place, Any]) -> Any:
    """Return the body with other values in several places."""
    changed = copy.deepcopy(body)
    for at, value in values.items():
        inside = changed
        for step in at[:-1]:
            inside = inside[step]
        inside[at[-1]] = value
    return changed


def names(said: Mapping[str, str], at: Place) -> bool:
    """Say whether the complaints name the place, or the field of alternatives it belongs to."""
    return any(".".join(map(str, at[:length])) in said for length in range(len(at), 0, -1))


def wrong_together(found: Iterable[tuple[Place, Schema]]) -> Iterator[Mapping[Place, Any]]:
    """Yield wrong values for one call each: of every place, but no place inside another."""
    by_depth: dict[object, list[tuple[Place, list[Any]]]] = {}
    for at, schema in found:
        apart = at if at[0] in _DECISIVE else len(at)
        by_depth.setdefault(apart, []).append((at, misfits(schema)))
    for together in by_depth.values():
        for turn in range(len(_OF_EACH_TYPE)):
            spoilt = [(at, wrong[turn]) for at, wrong in together if turn < len(wrong)]
            # A refusal names no more problems than that, and only counts the others.
            for start in range(0, len(spoilt), MOST_TOLD):
                yield dict(spoilt[start : start + MOST_TOLD])
