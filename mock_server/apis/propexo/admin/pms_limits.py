"""How often each PMS lets itself be asked, as far as it says."""

from mock_server.engine.call import Call, Reply, reply
from mock_server.engine.references import found
from mock_server.world.records import Record
from mock_server.world.world import World

# Calls by the day, hour and minute that Entrata grants an interface (assumed).
_ENTRATA = {"day_limit": 100_000, "hour_limit": 5_000, "minute_limit": 200}
# Calls by the minute (guide: Rent Manager); the others say nothing (assumed).
_BY_MINUTE = {"RENTMANAGER": 500}


def fetch(call: Call, world: World) -> Reply:
    """Answer the limits: of each interface for Entrata, by the minute for all others."""
    integration = found(call, world)
    is_entrata = integration["vendor"] == "ENTRATA"
    limits = _by_interface(integration) if is_entrata else _by_minute(integration)
    return reply({"results": {"integration_id": integration["id"], **limits}})


def _by_interface(integration: Record) -> Record:
    names = [each["interface_name"] for each in integration["integration_interfaces"]]
    read = _read_at(integration)
    return {"api_ratelimits": [{"api": name, "updated_at": read, **_ENTRATA} for name in names]}


def _by_minute(integration: Record) -> Record:
    limit = _BY_MINUTE.get(integration["vendor"])
    return {"updated_at": _read_at(integration), "minute_limit": limit}


def _read_at(integration: Record) -> str:
    return str(integration["last_completed_sync"] or integration["updated_at"])
