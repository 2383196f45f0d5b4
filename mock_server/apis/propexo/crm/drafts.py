"""What a CRM adds of itself beside the record that a write is about."""

from typing import Any

from mock_server.apis.propexo.drafts import community_of, identified, said_of
from mock_server.engine.call import Call
from mock_server.world.records import Record
from mock_server.world.world import World


def companion(call: Call, world: World, resource: str, **known: Any) -> Record:
    """Return a new record of another resource, with what the body says of it and is not `known`."""
    fields = call.records(world, resource).resource.fields
    origin = {"community_id": community_of(call, world), **identified(call, world)}
    whence = {name: value for name, value in origin.items() if name in fields}
    return {**said_of(call, world, resource), **whence, **known}
