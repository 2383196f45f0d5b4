"""What each kind of operation does where no behaviour says otherwise."""

from collections.abc import Mapping
from dataclasses import replace

from mock_server.contract.kinds import Kind
from mock_server.engine.api import Behaviour
from mock_server.engine.call import Call, Reply
from mock_server.engine.changes import added, patched, removed
from mock_server.engine.references import missing
from mock_server.engine.refusals import NotFound, NotSupported
from mock_server.world.queries import Condition, Selection
from mock_server.world.world import World


def act(call: Call, world: World) -> Reply:
    """Answer with the operation's behaviour, or else with its kind's default."""
    behaviour = call.api.behaviour(call.operation) or _DEFAULTS[call.operation.kind]
    return behaviour(call, world)


def list_records(call: Call, world: World) -> Reply:
    """Answer with one page of the records that the query parameters select."""
    asked = call.question
    selection = selection_of(call)
    offset = max(asked.offset + asked.drift, 0)
    found = call.records(world).page(selection, offset=offset, limit=asked.limit)
    return call.api.page(call, found)


def fetch(call: Call, world: World) -> Reply:
    """Answer with the record that the path names."""
    text = call.records(world).text(call.record_id)
    if text is None:
        raise NotFound(missing(call.operation.resource or "", call.record_id))
    return call.api.one(call, text)


def create(call: Call, world: World) -> Reply:
    """Add a record made from the body."""
    drafted = call.api.draft(call, world)
    return call.api.settle(call, world, added(call, call.operation.resource or "", drafted))


def update(call: Call, world: World) -> Reply:
    """Change the record that the path names by the body."""
    changes = call.api.draft(call, world)
    change = patched(call, call.operation.resource or "", call.record_id, changes)
    return call.api.settle(call, world, change)


def delete(call: Call, world: World) -> Reply:
    """Remove the record that the path names."""
    change = removed(call, call.operation.resource or "", call.record_id)
    return call.api.settle(call, world, change)


def unsupported(call: Call, _: World) -> Reply:
    """Refuse what the vendor documents as something that cannot be done."""
    raise NotSupported(f"{call.operation.vendor} does not support {call.operation.key}")


def selection_of(call: Call) -> Selection:
    """Return what a list shows: the part of what is selected that the path's parameters leave."""
    selection = call.question.selection
    filters = call.operation.path_filters
    if not filters:
        return selection
    added = (Condition(field, call.path[name]) for name, field in filters.items())
    return replace(selection, conditions=(*selection.conditions, *added))


_DEFAULTS: Mapping[Kind, Behaviour] = {
    Kind.LIST: list_records,
    Kind.FETCH: fetch,
    Kind.CREATE: create,
    Kind.UPDATE: update,
    Kind.DELETE: delete,
    Kind.UNSUPPORTED: unsupported,
}
