"""What a type of record looks like, and which of its fields a list can be filtered by."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any


@dataclass(frozen=True)
class Filter:
    """How one query parameter narrows a list: the record's field, and how it is compared.

    `by` is one of equals, digits (of a phone), contains (the field is an array holding the value),
    at_least, at_most (both inclusive), ignoring_case.
    """

    field: str
    by: str = "equals"


FILTER_COMPARISONS = frozenset(
    {"equals", "digits", "contains", "at_least", "at_most", "ignoring_case"}
)


@dataclass(frozen=True)
class Sighted:
    """How all records of one owner are seen at once: the owner's field, and that of the time."""

    owner: str
    field: str


@dataclass(frozen=True, eq=False)
class Resource:
    """A type of record: its public fields in the vendor's order, and what is stored beside them."""

    name: str
    fields: Mapping[str, Mapping[str, Any]]
    private: Mapping[str, str] = field(default_factory=dict)
    filters: frozenset[Filter] = frozenset()
    sighted: Sighted | None = None

    @cached_property
    def blank(self) -> Mapping[str, Any]:
        """Return a record of which nothing is known yet: every field at its emptiest value."""
        return {name: _emptiest(schema) for name, schema in self.fields.items()}

    @cached_property
    def orderable(self) -> tuple[str, ...]:
        """Return the fields a list can be ordered by: those that hold one plain value."""
        return tuple(name for name, schema in self.fields.items() if _is_plain(schema))


def types_of(schema: Mapping[str, Any]) -> frozenset[str]:
    """Return the JSON types a schema admits, its alternatives included; empty means any."""
    stated = schema.get("type", ())
    names = frozenset((stated,) if isinstance(stated, str) else stated)
    branches = schema.get("anyOf")
    return names.union(*map(types_of, branches)) if branches else names


def _emptiest(schema: Mapping[str, Any]) -> Any:
    types = types_of(schema)
    if not types or "null" in types:
        return None
    for name, empty in (("array", []), ("object", {}), ("boolean", False), ("string", "")):
        if name in types:
            return empty
    return 0


def _is_plain(schema: Mapping[str, Any]) -> bool:
    return not types_of(schema) & {"array", "object"}
