"""What a query string asks of a list: which records, in which order, and which stretch of them."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from mock_server.contract.kinds import Kind
from mock_server.contract.operation import Operation, Parameter
from mock_server.contract.problems import Path, Problem
from mock_server.contract.resource import types_of
from mock_server.engine.api import Api
from mock_server.engine.call import Question
from mock_server.engine.refusals import Invalid
from mock_server.world.clock import iso, parse
from mock_server.world.queries import Condition, OrderBy, Selection

Values = Mapping[str, Any]

# No record has more fields to be told apart by, and the database takes no order of any length.
MOST_ORDERS = 32


def ask(api: Api, operation: Operation, values: Values) -> Question:
    """Return what checked query values ask for; raises `Invalid` for an order there is none of."""
    if operation.kind is not Kind.LIST:
        return Question(values)
    constant = (Condition(name, value) for name, value in operation.where.items())
    stated = (each for one in operation.query for each in _conditions(one, values))
    selection = Selection((*constant, *stated), _order(api, operation, values))
    offset, limit = (_paging(operation, values, name) for name in ("offset", "limit"))
    return Question(values, selection, offset or 0, limit)


def _paging(operation: Operation, values: Values, name: str) -> int | None:
    """Return the offset or limit that is asked for, else the contract's default, if any."""
    for each in operation.query:
        if each.paging == name:
            asked = values.get(each.name)
            wanted = each.schema.get("default") if asked is None else asked
            return None if wanted is None else int(wanted)
    return None


def _conditions(parameter: Parameter, values: Values) -> Iterator[Condition]:
    value = values.get(parameter.name)
    if parameter.filter is None or value is None:
        return
    for each in value if isinstance(value, list) else [value]:
        yield Condition(parameter.filter.field, _filterable(parameter, each), parameter.filter.by)


def _filterable(parameter: Parameter, value: Any) -> Any:
    """Return the value as records hold it: instants in UTC, truths as truths."""
    is_range = parameter.filter is not None and parameter.filter.by in {"at_least", "at_most"}
    if is_range and isinstance(value, str):
        return iso(parse(value))
    if "boolean" in types_of(parameter.schema) and value in {"true", "false"}:
        return value == "true"
    return value


def _order(api: Api, operation: Operation, values: Values) -> tuple[OrderBy, ...]:
    resource = operation.resource or ""
    parameter = next((each for each in operation.query if each.paging == "order"), None)
    text = None if parameter is None else values.get(parameter.name)
    if parameter is not None and text is None:
        text = parameter.schema.get("default")
    if parameter is None or text is None or api.order is None:
        return api.default_order.get(resource, ())
    read = tuple(islice(api.order(text), MOST_ORDERS + 1))
    if len(read) > MOST_ORDERS:
        raise Invalid([Problem("max_items", MOST_ORDERS, (parameter.name,), text.split(","))])
    known = api.catalogue.resources[resource].orderable
    problems = [each for one in read for each in _misfits(one, known, (parameter.name,))]
    if problems:
        raise Invalid(problems)
    return tuple(each for each in read if isinstance(each, OrderBy))


def _misfits(read: OrderBy | Problem, known: Sequence[str], path: Path) -> Iterator[Problem]:
    """Yield what is wrong with a part of an ordering: itself, or that there is no such field."""
    if isinstance(read, Problem):
        yield read
    elif read.field not in known:
        yield Problem("enum", list(known), path, read.field)
