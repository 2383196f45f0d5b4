"""Which records a reader wants, in which order: a selection as a value."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Condition:
    """One demand on a field of a record.

    `by` is a comparison of `contract.resource.Filter`, or `none_of`: the value is a tuple of those
    that the field must not have.
    """

    field: str
    value: Any
    by: str = "equals"


@dataclass(frozen=True)
class Order:
    """One field to order by."""

    field: str
    descending: bool = False


@dataclass(frozen=True)
class Selection:
    """Some records of one resource, in one order; ties go by id, so that pages are stable.

    Without an order the records come as they were added.
    """

    conditions: tuple[Condition, ...] = ()
    order: tuple[Order, ...] = ()


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


def bound(index: int, condition: Condition) -> dict[str, Any]:
    """Return the values that a condition binds in a statement, by the names it has for them."""
    if condition.by == "none_of":
        return {f"v{index}_{place}": each for place, each in enumerate(condition.value)}
    return {f"v{index}": comparable(condition.by, condition.value)}


def shape(condition: Condition) -> tuple[object, ...]:
    """Return what decides how a condition is written, its values left out."""
    size = len(condition.value) if condition.by == "none_of" else condition.value is None
    return condition.field, condition.by, size


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
    if by == "contains":
        return _quoted(value if isinstance(value, list) else [value])
    return value


def _quoted(values: Iterable[object]) -> str:
    return "".join(f"\x1f{value}\x1f" for value in values)
