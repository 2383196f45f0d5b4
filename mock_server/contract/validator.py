"""Whether a value fits a marshmallow schema, and what is wrong where it does not."""

from collections.abc import Collection, Mapping
from typing import Any, Literal

from marshmallow import EXCLUDE, INCLUDE, RAISE, Schema, ValidationError, missing

from mock_server.contract.problems import Problem, told
from mock_server.memory import Memory

Unknown = Literal["raise", "exclude", "include"]

# A schema copies each of its fields, which takes about so many bytes.
_FIELD_BYTES = 3_000
# Kept for all validators together: there are hundreds, and callers may send any mixture of fields.
_narrowed = Memory(16_000_000)


class Validator:
    """Checks values of one kind and returns them clean, or every problem at once."""

    def __init__(self, schema: type[Schema], unknown: Unknown) -> None:
        """Check with this marshmallow schema; `unknown` says what becomes of unknown keys."""
        self._schema = schema
        self._unknown = unknown
        self._fields = schema().fields

    def check(
        self, value: Mapping[str, Any], *, drops_unknown: bool = False
    ) -> tuple[dict[str, Any], tuple[Problem, ...]]:
        """Return what is acceptable of the value (defaults filled in), and every problem.

        Of very many problems the last one says how many more there are. `drops_unknown` drops
        unknown keys, nested ones too, instead of telling of them.
        """
        sent = frozenset(self._fields.keys() & value.keys())
        schema = _narrowed.recall((self, sent), None, lambda: self._narrow(sent))
        try:
            return load(schema, value, self._fields, self._unknown), ()
        except ValidationError as error:
            valid = error.valid_data if isinstance(error.valid_data, dict) else {}
            left_out = "unknown" if drops_unknown else ""
            return valid, told(error.messages, value, left_out=left_out)

    def _narrow(self, sent: frozenset[str]) -> tuple[Schema, int]:
        """Return the schema of the fields that were sent and of those that are missed.

        marshmallow asks every field of a schema for its value. A body has eight of fifty and a
        query string two of thirty, and callers send the same ones again and again.
        """
        wanted = [
            name
            for name, field in self._fields.items()
            if name in sent or field.required or field.load_default is not missing
        ]
        return self._schema(only=wanted, unknown=EXCLUDE), _FIELD_BYTES * len(self._fields)


def load(
    schema: Schema, value: Mapping[str, Any], known: Collection[str], unknown: Unknown
) -> dict[str, Any]:
    """Return what a schema that excludes unknown keys makes of an object.

    Raises `ValidationError`, which tells unknown keys last. These are dealt with here: marshmallow
    would find them in the order of a set, and copy all it has found for each that it refuses.
    """
    others = [key for key in value if key not in known]
    refused = others if unknown == RAISE else []
    messages: dict[str, Any] = dict.fromkeys(refused, Problem("unknown", tuple(known)))
    try:
        found = dict(schema.load(value))
    except ValidationError as error:
        told_last = {**error.messages_dict, **messages}
        raise ValidationError(told_last, valid_data=error.valid_data) from None
    if messages:
        raise ValidationError(messages, valid_data=found)
    return {**found, **{key: value[key] for key in others}} if unknown == INCLUDE else found
