"""A contract's schemas as marshmallow schemas: the only place that builds one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from marshmallow import EXCLUDE, INCLUDE, RAISE, Schema, fields

from mock_server.contract import rules
from mock_server.contract.document import Document
from mock_server.contract.operation import Operation
from mock_server.contract.problems import Problem
from mock_server.contract.resource import types_of
from mock_server.contract.validator import Unknown, Validator
from mock_server.contract.values import AnyOf, Array, Map, Nested, Plain

Node = Mapping[str, Any]

# As many as a page has. No documented call comes near, and a body of a megabyte has room for
# half a million, each of which would be checked while everybody else waits (assumed).
MOST_ITEMS = 250


@dataclass(frozen=True)
class _Manner:
    """How a schema is read: what becomes of unknown keys, and how many items and keys there may be.

    `most_items` holds where the schema itself says nothing; None admits any number.
    """

    unknown: Unknown
    most_items: int | None = MOST_ITEMS


class Builder:
    """Builds the validators of one document.

    `strict` refuses unknown fields even where the contract lets them pass unseen.
    """

    def __init__(self, document: Document, *, strict: bool = False) -> None:
        """Build from this document."""
        self._document = document
        self._strict = strict

    def body(self, operation: Operation) -> Validator:
        """Return the validator of the operation's request body.

        With `x-open` every field passes, because the behaviour knows better which there are.
        """
        node = operation.body or {}
        closed = self._strict or node.get("additionalProperties") is False
        unknown: Unknown = INCLUDE if node.get("x-open") else RAISE if closed else EXCLUDE
        return Validator(self._object(node, _Manner(unknown)), unknown)

    def some_of(self, fields_known: Mapping[str, Node]) -> Validator:
        """Return the validator of objects that have some of these fields and no other."""
        return Validator(self._object({"properties": fields_known}, _Manner(RAISE)), RAISE)

    def whole(self, node: Node) -> Validator:
        """Return the validator of objects that have what a schema demands, and no other field."""
        return Validator(self._object(node, _Manner(RAISE, most_items=None)), RAISE)

    def query(self, operation: Operation) -> Validator:
        """Return the validator of the operation's query parameters, read by `from_text`."""
        properties = {each.name: each.schema for each in operation.query}
        required = [each.name for each in operation.query if each.required]
        node = {"properties": properties, "required": required}
        return Validator(self._object(node, _Manner(RAISE)), RAISE)

    def reply(self, operation: Operation) -> Callable[[Any], tuple[Problem, ...]]:
        """Return a check of the operation's 200 reply; unknown keys are problems there."""
        manner = _Manner(RAISE, most_items=None)
        field = self._field("reply", operation.reply or {}, manner)
        validator = Validator(Schema.from_dict({"reply": field}, name="Reply"), RAISE)
        return lambda value: validator.check({"reply": value})[1]

    def _object(self, node: Node, manner: _Manner) -> type[Schema]:
        required = frozenset(node.get("required", ()))
        members: dict[str, Any] = {
            name: self._field(name, inner, manner, required=name in required)
            for name, inner in node.get("properties", {}).items()
        }
        built = Schema.from_dict(members, name=node.get("title", "Contract"))
        # marshmallow hands a message on as it is, so that it may be a Problem as well as a text.
        messages: Any = {"type": [Problem("type", "object")]}
        built.error_messages = messages
        return built

    def _field(
        self, name: str, node: Node, manner: _Manner, *, required: bool = False
    ) -> fields.Field[Any]:
        node = self._whole(node)
        types = types_of(node)
        return self._kind_of_field(node, types, manner)(
            required=required,
            allow_none=not types or "null" in types,
            validate=rules.of(node),
            error_messages={
                "required": [Problem("required", _expected(types))],
                "null": [Problem("type", _expected(types))],
                "type": [Problem("type", "object")],
                "invalid": [Problem("type", _expected(types))],
            },
            data_key=name,
            **({"load_default": node["default"]} if "default" in node and not required else {}),
        )

    def _whole(self, node: Node) -> Node:
        """Return the schema with its references followed, its alternatives' own included."""
        node = self._document.resolve(node)
        if "anyOf" not in node:
            return node
        return {**node, "anyOf": [self._document.resolve(each) for each in node["anyOf"]]}

    def _kind_of_field(
        self, node: Node, types: frozenset[str], manner: _Manner
    ) -> Callable[..., fields.Field[Any]]:
        if "anyOf" in node:
            branches = [self._field("branch", each, manner) for each in node["anyOf"]]
            return partial(AnyOf, branches, node["anyOf"])
        if "array" in types:
            inner = self._field("item", node.get("items", {}), manner)
            return partial(Array, inner, _limits(node, manner))
        if "properties" in node:
            within = _inside(node, manner)
            return partial(Nested, self._object(node, within), within.unknown)
        if isinstance(node.get("additionalProperties"), dict):
            inner = self._field("value", node["additionalProperties"], manner)
            most_bytes = node.get("x-max-json-bytes")
            return partial(Map, inner, most_keys=manner.most_items, most_bytes=most_bytes)
        return partial(Plain, types)


def _limits(node: Node, manner: _Manner) -> tuple[int, int] | None:
    """Return how many items of an array are looked at, and how many it may have; None if any."""
    if manner.most_items is None:
        return None
    stated = node.get("maxItems", manner.most_items)
    return max(stated, manner.most_items), stated


def _inside(node: Node, manner: _Manner) -> _Manner:
    """Return how a nested object is read: its unknown keys as it says itself, else as outside."""
    stated = node.get("additionalProperties")
    if stated is None:
        return manner
    return replace(manner, unknown=INCLUDE if stated else RAISE)


def _expected(types: frozenset[str]) -> str | tuple[str, ...]:
    """Return the type that a value may have beside null, or all of them where there are more."""
    named = tuple(sorted(types - {"null"}))
    if len(named) > 1:
        return named
    return named[0] if named else "null" if types else "any"
