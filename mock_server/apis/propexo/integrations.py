"""Integrations: the connections to property systems, and what they are doing at the moment."""

from mock_server.apis.propexo import envelopes
from mock_server.contract.json_text import write_json
from mock_server.engine.call import Call, Reply
from mock_server.world.world import World

_MOMENTARY = ("is_running_sync", "is_running_data_access_check")


def fetch(call: Call, world: World) -> Reply:
    """Answer an integration with its momentary state; an unknown id answers null (inferred)."""
    records = call.records(world)
    integration = records.get(call.record_id)
    if integration is None:
        return envelopes.one(call, "null")
    shown = (*records.resource.fields, *_MOMENTARY)
    whole = {name: integration.get(name, False) for name in shown}
    return envelopes.one(call, write_json(whole))
