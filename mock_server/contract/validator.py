"""Whether a value fits a marshmallow schema, and what is wrong where it does not."""

from collections.abc import Mapping
from typing import Any, Literal

from marshmallow import Schema, ValidationError, missing

from mock_server.contract.problems import Problem, flatten
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

    def check(self, value: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[Problem, ...]]:
        """Return what is acceptable of the value (defaults filled in), and every problem."""
        sent = frozenset(self._fields.keys() & value.keys())
        schema = _narrowed.recall((self, sent), None, lambda: self._narrow(sent))
        try:
            return dict(schema.load(value)), ()
        except ValidationError as error:
            valid = error.valid_data if isinstance(error.valid_data, dict) else {}
            return valid, tuple(flatten(error.messages, value))

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
        return self._schema(only=wanted, unknown=self._unknown), _FIELD_BYTES * len(self._fields)
