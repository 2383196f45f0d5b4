"""What each kind of operation does where no behaviour says otherwise."""

from collections.abc import Mapping

from mock_server.contract.kinds import Kind
from mock_server.engine.api import Behaviour
from mock_server.engine.call import Call, Reply
from mock_server.engine.changes import Change
from mock_server.engine.references import missing
from mock_server.engine.refusals import NotFound
from mock_server.world.world import World


def act(call: Call, world: World) -> Reply:
    """Answer with the operation's behaviour, or else with its kind's default."""
    behaviour = call.api.behaviours.get(call.operation.key) or _DEFAULTS[call.operation.kind]
    return behaviour(call, world)


def list_records(call: Call, world: World) -> Reply:
    """Answer with one page of the records that the query parameters select."""
    asked = call.question
    found = call.records(world).page(asked.selection, offset=asked.offset, limit=asked.limit)
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


def _table(call: Call) -> str:
    return call.api.table(call.operation.resource or "")


_DEFAULTS: Mapping[Kind, Behaviour] = {
    Kind.LIST: list_records,
    Kind.FETCH: fetch,
    Kind.CREATE: create,
    Kind.UPDATE: update,
    Kind.DELETE: delete,
}
