"""What a filter is tried with, and what it has to find."""

from collections.abc import Callable, Mapping
from typing import Any

from mock_server.contract.operation import Operation, Parameter
from mock_server.world.queries import digits
from tests.contract.grounds import Record

HOLDS: Mapping[str, Callable[[Any, Any], bool]] = {
    "equals": lambda found, wanted: found == wanted,
    "digits": lambda found, wanted: found is not None and digits(found) == digits(wanted),
    "contains": lambda found, wanted: wanted in (found or ()),
    "at_least": lambda found, wanted: found is not None and found >= wanted,
    "at_most": lambda found, wanted: found is not None and found <= wanted,
    "ignoring_case": lambda found, wanted: str(found).casefold() == wanted.casefold(),
}


def filters_of(operation: Operation) -> list[Parameter]:
    """Return the query parameters that narrow the list."""
    return [each for each in operation.query if each.filter]


def samples(records: list[Record], field: str) -> list[Any]:
    """Return values to filter by: those of the first, the middle and the last record with one."""
    held = [each.get(field) for each in records]
    flat = [one for each in held for one in (each if isinstance(each, list) else [each])]
    values = [each for each in flat if each is not None]
    chosen = (values[0], values[len(values) // 2], values[-1]) if values else ()
    return list({str(each): each for each in chosen}.values())


def sent_as(parameter: Parameter, value: Any) -> str:
    """Return a value as a query string carries it."""
    if isinstance(value, bool):
        return str(value).lower()
    if parameter.schema.get("format") == "date":
        return str(value)[:10]
    return digits(value) if parameter.filter and parameter.filter.by == "digits" else str(value)


def met_by_nothing(parameter: Parameter) -> str:
    """Return a value that the parameter takes and no seeded record has."""
    by = parameter.filter.by if parameter.filter else "equals"
    year = "1999" if by == "at_most" else "2999"
    if parameter.schema.get("format") == "date-time":
        return f"{year}-01-01T00:00:00Z"
    is_day = by in {"at_least", "at_most"} or parameter.schema.get("format") == "date"
    return f"{year}-01-01" if is_day else "2025550199"
