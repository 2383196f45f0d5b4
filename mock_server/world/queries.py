"""Which records a reader wants, in which order: a selection as a value."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from mock_server.contract.json_text import write_json

Shape = tuple[tuple[str, bool] | tuple[str, str, bool], ...]


@dataclass(frozen=True)
class Condition:
    """One demand on a field of a record.

    `by` is a comparison of `contract.resource.Filter`, or `one_of` and `none_of`: the
    value is a tuple of those that the field must, or must not, have.
    """

    field: str
    value: Any
    by: str = "equals"


@dataclass(frozen=True)
class OrderBy:
    """One field to order by."""

    field: str
    descending: bool = False


@dataclass(frozen=True)
class Selection:
    """Some records of one resource, in one order; ties go by id, so that pages are stable.

    Without an order the records come as they were added.
    """

    conditions: tuple[Condition, ...] = ()
    order: tuple[OrderBy, ...] = ()

    def __hash__(self) -> int:
        """Return the hash, worked out once: what is remembered of a selection is found by it."""
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash((self.conditions, self.order))

    @cached_property
    def shape(self) -> Shape:
        """Return what two selections have in common that differ in their values alone."""
        conditions = [(each.field, each.by, each.value is None) for each in self.conditions]
        return (*conditions, *((each.field, each.descending) for each in self.order))

    @cached_property
    def values(self) -> Mapping[str, Any]:
        """Return the values of the conditions as columns store them, named `v0`, `v1` ..."""
        stored = (comparable(each.by, each.value) for each in self.conditions)
        return {f"v{index}": each for index, each in enumerate(stored)}

    @cached_property
    def size(self) -> int:
        """Return about how many bytes the selection takes where it is remembered."""
        return 200 * (len(self.conditions) + len(self.order)) + sum(
            len(str(each)) for each in self.values.values()
        )


EVERYTHING = Selection()


@dataclass(frozen=True)
class Page:
    """A stretch of a selection: its records as joined JSON, and the whole selection's size."""

    texts: bytes
    count: int
    total: int


def where(**equals: Any) -> Selection:
    """Return the selection of the records whose fields equal these values, as they were added."""
    return Selection(tuple(Condition(field, value) for field, value in equals.items()))


def digits(phone: object) -> str:
    """Return a phone number's significant digits: the last ten, so that +1 and 0 do not matter."""
    return re.sub(r"\D", "", str(phone))[-10:]


def comparable(by: str, value: Any) -> Any:
    """Return what a column for that comparison stores of a field's value."""
    if value is None:
        return None
    if by == "digits":
        return digits(value)
    if by == "ignoring_case":
        return str(value).casefold()
    if by in {"none_of", "one_of"}:
        return write_json(value)
    if by == "contains":
        return _quoted(value if isinstance(value, list) else [value])
    return value


def _quoted(values: Iterable[object]) -> str:
    return "".join(f"\x1f{value}\x1f" for value in values)
