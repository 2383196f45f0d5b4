"""Whether what a path names exists, and belongs to the integration that the path names first."""

from mock_server.engine.call import Call
from mock_server.engine.references import found, missing
from mock_server.engine.refusals import NotFound
from mock_server.world.records import Record
from mock_server.world.world import World


def integration(call: Call, world: World) -> Record:
    """Return the integration that the path names; raises `NotFound`."""
    integration_id = call.path["integration_id"]
    known = call.records(world, "integrations").get(integration_id)
    if known is None:
        raise NotFound(missing("integrations", integration_id))
    return known


def found_within(call: Call, world: World) -> Record:
    """Return the record that the path names, of the path's integration; raises `NotFound`."""
    owner, record = integration(call, world), found(call, world)
    if record["integration_id"] != owner["id"]:
        advice = f"{missing(call.operation.resource or '', record['id'])} in this integration"
        raise NotFound(advice)
    return record
