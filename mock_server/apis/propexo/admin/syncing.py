"""Syncs that a caller asks for: which may begin, and which models they read."""

from mock_server.apis.propexo.syncs import sync as syncs
from mock_server.engine.call import Call, Reply, reply
from mock_server.engine.moment import Moment
from mock_server.engine.references import found
from mock_server.engine.refusals import Invalid, broken
from mock_server.world.world import World


def sync(call: Call, world: World) -> Reply:
    """Begin to read what is new from the PMS (reference: manual sync)."""
    return _begun(call, world, syncs.REGULAR)


def back_sync(call: Call, world: World) -> Reply:
    """Begin to read the whole past from the PMS (reference: back sync)."""
    return _begun(call, world, syncs.BACK)


def _begun(call: Call, world: World, kind: str) -> Reply:
    integration = found(call, world)
    advice = syncs.obstacle(integration)
    if advice:
        raise Invalid([broken("integration_id", advice, integration["id"])])
    moment = Moment(world, world.clock.now(), call.settings)
    syncs.begin(moment, integration, kind, asked=call.body.get("models_to_sync") or None)
    return reply({"result": {"success": True}})
