"""A contract's schemas as marshmallow schemas: the only place that builds one."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from marshmallow import EXCLUDE, INCLUDE, RAISE, Schema, ValidationError, fields

from mock_server.contract import rules
from mock_server.contract.document import Document
from mock_server.contract.json_text import read_json
from mock_server.contract.operation import Operation
from mock_server.contract.problems import Problem, flatten, type_name
from mock_server.contract.resource import types_of
from mock_server.contract.validator import Unknown, Validator

Node = Mapping[str, Any]


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
        return Validator(self._object(node, unknown), unknown)

    def some_of(self, fields_known: Mapping[str, Node]) -> Validator:
        """Return the validator of objects that have some of these fields and no other."""
        return Validator(self._object({"properties": fields_known}, RAISE), RAISE)

    def query(self, operation: Operation) -> Validator:
        """Return the validator of the operation's query parameters, read by `from_text`."""
        properties = {each.name: each.schema for each in operation.query}
        required = [each.name for each in operation.query if each.required]
        node = {"properties": properties, "required": required}
        return Validator(self._object(node, RAISE), RAISE)

    def reply(self, operation: Operation) -> Callable[[Any], tuple[Problem, ...]]:
        """Return a check of the operation's 200 reply; unknown keys are problems there."""
        field = self._field("reply", operation.reply or {}, unknown=RAISE)
        validator = Validator(Schema.from_dict({"reply": field}, name="Reply"), RAISE)
        return lambda value: validator.check({"reply": value})[1]

    def _object(self, node: Node, unknown: Unknown) -> type[Schema]:
        required = frozenset(node.get("required", ()))
        members: dict[str, Any] = {
            name: self._field(name, inner, required=name in required, unknown=unknown)
            for name, inner in node.get("properties", {}).items()
        }
        built = Schema.from_dict(members, name=node.get("title", "Contract"))
        # marshmallow hands a message on as it is, so that it may be a Problem as well as a text.
        unknown_key = Problem("unknown", tuple(members))
        messages: Any = {"unknown": [unknown_key], "type": [Problem("type", "object")]}
        built.error_messages = messages
        return built

    def _field(
        self, name: str, node: Node, *, required: bool = False, unknown: Unknown = EXCLUDE
    ) -> fields.Field[Any]:
        node = self._whole(node)
        types = types_of(node)
        return self._kind_of_field(node, types, unknown)(
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
        self, node: Node, types: frozenset[str], unknown: Unknown
    ) -> Callable[..., fields.Field[Any]]:
        if "anyOf" in node:
            branches = [self._field("branch", each, unknown=unknown) for each in node["anyOf"]]
            return partial(_AnyOf, branches, node["anyOf"])
        if "array" in types:
            return partial(_Array, self._field("item", node.get("items", {}), unknown=unknown))
        if "properties" in node:
            inner = _unknown_inside(node, unknown)
            return partial(_Nested, self._object(node, inner)(unknown=inner))
        if isinstance(node.get("additionalProperties"), dict):
            return partial(
                _Map, self._field("value", node["additionalProperties"], unknown=unknown)
            )
        return partial(_Plain, types)


def _unknown_inside(node: Node, outside: Unknown) -> Unknown:
    """Return what becomes of unknown keys of a nested object: what it says, else as outside."""
    stated = node.get("additionalProperties")
    return outside if stated is None else INCLUDE if stated else RAISE


class _Plain(fields.Field[Any]):
    """A value of exactly the stated JSON types, kept as it is; 6.0 is the integer 6, as in JSON."""

    def __init__(self, types: frozenset[str], **options: Any) -> None:
        super().__init__(**options)
        self._types = types

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        if not rules.has_type(value, self._types):
            raise self.make_error("invalid")
        is_whole = "integer" in self._types and "number" not in self._types
        return int(value) if is_whole and _is_short_float(value) else value


def _is_short_float(value: Any) -> bool:
    # A float beyond 64 bits stays one: as an integer no database would hold it.
    return isinstance(value, float) and abs(value) < 2**63


class _Array(fields.List[Any]):
    """A JSON array; the problems of its items carry their index."""

    def __init__(self, inner: fields.Field[Any], **options: Any) -> None:
        super().__init__(inner, **options)

    def _deserialize(self, value: Any, attr: Any, data: Any, **options: Any) -> Any:
        if not isinstance(value, list):
            raise self.make_error("invalid")
        try:
            return super()._deserialize(value, attr, data, **options)
        except ValidationError as error:
            # What is right among the items would stand at the wrong index, so none of it is kept.
            raise ValidationError(error.messages) from None


class _Nested(fields.Nested):
    """A JSON object with known properties; what is no object at all is a problem of the field."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        if not isinstance(value, dict):
            raise self.make_error("type")
        return super()._deserialize(value, *_, **__)


class _Map(fields.Field[Any]):
    """A JSON object of any keys, whose values all follow one schema."""

    def __init__(self, inner: fields.Field[Any], **options: Any) -> None:
        super().__init__(**options)
        self._inner = inner

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        if not isinstance(value, dict):
            raise self.make_error("invalid")
        problems: dict[str, Any] = {}
        for key, each in value.items():
            try:
                self._inner.deserialize(each)
            except ValidationError as error:
                problems[key] = error.messages
        if problems:
            raise ValidationError(problems)
        return value


class _AnyOf(fields.Field[Any]):
    """A value that fits at least one alternative."""

    def __init__(
        self, branches: Sequence[fields.Field[Any]], alternatives: Sequence[Node], **options: Any
    ) -> None:
        super().__init__(**options)
        self._branches = branches
        self._alternatives = alternatives

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        failures = []
        for branch in self._branches:
            try:
                return branch.deserialize(value)
            except ValidationError as error:
                failures.append(tuple(flatten(error.messages, value)))
        problem = Problem("any_of", self._alternatives, branches=tuple(failures))
        raise ValidationError([problem])


def from_text(node: Node, texts: Sequence[str]) -> Any:
    """Return what a query parameter's text stands for by its schema.

    Text that stands for nothing of the schema's types stays text, for the validator to refuse.
    """
    types = types_of(node)
    if "array" in types:
        return [from_text(node.get("items", {}), [each]) for each in texts]
    if len(texts) > 1:
        return list(texts)
    return _value_of(texts[0], types)


def _value_of(text: str, types: frozenset[str]) -> Any:
    if "null" in types and text in {"", "null"}:
        return None
    if types & {"integer", "number", "boolean"}:
        try:
            value = read_json(text)
        except ValueError:
            return text
        if type_name(value) in {*types, "integer"} and rules.has_type(value, types):
            return value
        # A fraction is refused as what it is, and not as text.
        if "integer" in types and isinstance(value, float) and not value.is_integer():
            return value
    return text


def _expected(types: frozenset[str]) -> str | tuple[str, ...]:
    """Return the type that a value may have beside null, or all of them where there are more."""
    named = tuple(sorted(types - {"null"}))
    if len(named) > 1:
        return named
    return named[0] if named else "null" if types else "any"
