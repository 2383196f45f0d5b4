"""Syncs that a caller asks for: which may begin, and what they leave on the integration."""

from mock_server.engine.call import Call, Reply, reply
from mock_server.engine.references import found
from mock_server.engine.refusals import Invalid, broken
from mock_server.world.clock import iso
from mock_server.world.records import Record
from mock_server.world.world import World


def sync(call: Call, world: World) -> Reply:
    """Read what is new from the PMS (assumed: at once)."""
    return _ordered(call, world, "last_completed_sync")


def back_sync(call: Call, world: World) -> Reply:
    """Read the whole past from the PMS (assumed: at once)."""
    return _ordered(call, world, "last_completed_back_sync")


def complete(call: Call, world: World, integration: Record, field: str) -> None:
    """Note on the integration that a sync has just ended."""
    instant = {field: iso(world.clock.now())}
    call.records(world, "integrations").patch(integration["id"], instant)


def obstacle(integration: Record) -> str | None:
    """Return why an integration cannot be synced, None where it can."""
    if integration["is_archived"]:
        return "the integration has been archived, so it is no longer synced"
    if not integration["active"]:
        return "the integration is switched off; update it with active true first"
    return None


def _ordered(call: Call, world: World, field: str) -> Reply:
    integration = found(call, world)
    advice = obstacle(integration)
    if advice:
        raise Invalid([broken("integration_id", advice, integration["id"])])
    complete(call, world, integration, field)
    return reply({"result": {"success": True}})
