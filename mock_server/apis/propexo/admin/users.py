"""Users: the people who may work with the account."""

from mock_server.apis.propexo import envelopes
from mock_server.engine.call import Call, Reply
from mock_server.world.world import World


def fetch(call: Call, world: World) -> Reply:
    """Answer a user; an unknown id answers null (inferred)."""
    return envelopes.one(call, call.records(world).text(call.record_id) or "null")
