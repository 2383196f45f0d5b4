"""What a JSON value of each kind becomes, and what is wrong with it: marshmallow's fields."""

from collections.abc import Mapping, Sequence
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields

from mock_server.contract import rules
from mock_server.contract.problems import Problem, told
from mock_server.contract.validator import Unknown, load

# How many problems of one alternative are told: a caller meant one of them, and reads that one.
_MOST_OF_BRANCH = 10


class Plain(fields.Field[Any]):
    """A value of exactly the stated JSON types, kept as it is; 6.0 is the integer 6, as in JSON."""

    def __init__(self, types: frozenset[str], **options: Any) -> None:
        """Take these types."""
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


class Array(fields.List[Any]):
    """A JSON array; the problems of its items carry their index."""

    def __init__(
        self, inner: fields.Field[Any], limits: tuple[int, int] | None, **options: Any
    ) -> None:
        """Take items that fit `inner`.

        The limits are how many items are looked at, and how many there may be. The items of a
        longer array are not looked at, because that alone could take seconds.
        """
        super().__init__(inner, **options)
        self._limits = limits

    def _deserialize(self, value: Any, attr: Any, data: Any, **options: Any) -> Any:
        if not isinstance(value, list):
            raise self.make_error("invalid")
        if self._limits is not None and len(value) > self._limits[0]:
            raise ValidationError([Problem("max_items", self._limits[1])])
        try:
            return super()._deserialize(value, attr, data, **options)
        except ValidationError as error:
            # What is right among the items would stand at the wrong index, so none of it is kept.
            raise ValidationError(error.messages) from None


class Nested(fields.Field[Any]):
    """A JSON object with known properties; what is no object at all is a problem of the field."""

    def __init__(self, schema: type[Schema], unknown: Unknown, **options: Any) -> None:
        """Check with this schema; `unknown` says what becomes of unknown keys."""
        super().__init__(**options)
        self._schema = schema(unknown=EXCLUDE)
        self._unknown = unknown

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        if not isinstance(value, dict):
            raise self.make_error("type")
        return load(self._schema, value, self._schema.fields, self._unknown)


class Map(fields.Field[Any]):
    """A JSON object of any keys, whose values all follow one schema.

    The values of one that has too many keys or bytes are not looked at.
    """

    def __init__(
        self,
        inner: fields.Field[Any],
        *,
        most_keys: int | None,
        most_bytes: int | None,
        **options: Any,
    ) -> None:
        """Take values that fit `inner`, so many at most, in at most so many bytes of JSON."""
        super().__init__(**options)
        self._inner = inner
        self._most_keys = most_keys
        self._most_bytes = most_bytes

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        if not isinstance(value, dict):
            raise self.make_error("invalid")
        if self._most_bytes is not None and len(rules.json_bytes(value)) > self._most_bytes:
            raise ValidationError([Problem("max_json_bytes", self._most_bytes)])
        if self._most_keys is not None and len(value) > self._most_keys:
            raise ValidationError([Problem("max_items", self._most_keys)])
        problems: dict[str, Any] = {}
        for key, each in value.items():
            try:
                self._inner.deserialize(each)
            except ValidationError as error:
                problems[key] = error.messages
        if problems:
            raise ValidationError(problems)
        return value


class AnyOf(fields.Field[Any]):
    """A value that fits at least one alternative."""

    def __init__(
        self,
        branches: Sequence[fields.Field[Any]],
        alternatives: Sequence[Mapping[str, Any]],
        **options: Any,
    ) -> None:
        """Take what fits one of the branches, which are made of these alternatives."""
        super().__init__(**options)
        self._branches = branches
        self._alternatives = alternatives

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        failures = []
        for branch in self._branches:
            try:
                return branch.deserialize(value)
            except ValidationError as error:
                failures.append(told(error.messages, value, most=_MOST_OF_BRANCH))
        problem = Problem("any_of", self._alternatives, branches=tuple(failures))
        raise ValidationError([problem])
