"""What each kind of operation does where no behaviour says otherwise."""

from collections.abc import Iterator, Mapping
from typing import Any

from mock_server.contract.kinds import Kind
from mock_server.contract.operation import Operation, Parameter
from mock_server.contract.problems import Problem
from mock_server.contract.resource import types_of
from mock_server.engine.api import Behaviour
from mock_server.engine.call import Call, Reply
from mock_server.engine.changes import Change
from mock_server.engine.references import missing
from mock_server.engine.refusals import Invalid, NotFound
from mock_server.world.clock import iso, parse
from mock_server.world.queries import Condition, Order, Selection
from mock_server.world.world import World

MOST_RECORDS = 1_000_000


def act(call: Call, world: World) -> Reply:
    """Answer with the operation's behaviour, or else with its kind's default."""
    behaviour = call.api.behaviours.get(call.operation.key) or _DEFAULTS[call.operation.kind]
    return behaviour(call, world)


def list_records(call: Call, world: World) -> Reply:
    """Answer with one page of the records that the query parameters select."""
    chosen = selection(call)
    offset, limit = paging(call)
    return call.api.page(call, chosen, call.records(world).page(chosen, offset=offset, limit=limit))


def fetch(call: Call, world: World) -> Reply:
    """Answer with the record that the path names."""
    text = call.records(world).text(call.record_id)
    if text is None:
        raise NotFound(missing(call.operation.resource or "", call.record_id))
    return call.api.one(call, text)


def create(call: Call, world: World) -> Reply:
    """Add a record made from the body."""
    drafted = call.api.draft(call, world)
    change = Change("add", _table(call), str(drafted["id"]), drafted, call.api.stamps_of_new)
    return call.api.settle(call, world, change)


def update(call: Call, world: World) -> Reply:
    """Change the record that the path names by the body."""
    changes = call.api.draft(call, world)
    change = Change("patch", _table(call), call.record_id, changes, call.api.stamps_of_changed)
    return call.api.settle(call, world, change)


def delete(call: Call, world: World) -> Reply:
    """Remove the record that the path names."""
    return call.api.settle(call, world, Change("remove", _table(call), call.record_id))


def selection(call: Call) -> Selection:
    """Return the records that the query parameters ask for, in the order they ask for."""
    constant = (Condition(name, value) for name, value in call.operation.where.items())
    stated = (each for one in call.operation.query for each in _conditions(one, call.query))
    return Selection((*constant, *stated), _order(call))


def paging(call: Call) -> tuple[int, int]:
    """Return the offset and the limit; a list that knows no paging gives everything."""
    named = {each.paging: call.query.get(each.name) for each in call.operation.query if each.paging}
    defaults = _paging_defaults(call.operation)
    offset, limit = (
        defaults[name] if named.get(name) is None else int(named[name] or 0)
        for name in ("offset", "limit")
    )
    return offset, limit


def _paging_defaults(operation: Operation) -> dict[str, int]:
    stated = {each.paging: each.schema.get("default") for each in operation.query if each.paging}
    return {"offset": stated.get("offset") or 0, "limit": stated.get("limit") or MOST_RECORDS}


def _conditions(parameter: Parameter, query: Mapping[str, Any]) -> Iterator[Condition]:
    value = query.get(parameter.name)
    if parameter.filter is None or value is None:
        return
    for each in value if isinstance(value, list) else [value]:
        yield Condition(parameter.filter.field, _filterable(parameter, each), parameter.filter.by)


def _filterable(parameter: Parameter, value: Any) -> Any:
    """Return the value as records hold it: instants in UTC, truths as truths."""
    if (
        parameter.filter
        and parameter.filter.by in {"at_least", "at_most"}
        and isinstance(value, str)
    ):
        return iso(parse(value))
    if "boolean" in types_of(parameter.schema) and value in {"true", "false"}:
        return value == "true"
    return value


def _order(call: Call) -> tuple[Order, ...]:
    parameter = next((each for each in call.operation.query if each.paging == "order"), None)
    if parameter is None or call.api.order is None:
        return call.api.default_order.get(call.operation.resource or "", ())
    order = call.api.order(call.query[parameter.name])
    known = call.api.catalogue.resources[call.operation.resource or ""].orderable
    problems = [
        Problem("enum", list(known), (parameter.name,), each.field)
        for each in order
        if each.field not in known
    ]
    if problems:
        raise Invalid(problems)
    return order


def _table(call: Call) -> str:
    return call.api.table(call.operation.resource or "")


_DEFAULTS: Mapping[Kind, Behaviour] = {
    Kind.LIST: list_records,
    Kind.FETCH: fetch,
    Kind.CREATE: create,
    Kind.UPDATE: update,
    Kind.DELETE: delete,
}
