"""Messages to and from prospects: recorded in a CRM, or sent by it."""

from mock_server.apis.propexo import writes
from mock_server.apis.propexo.drafts import draft
from mock_server.engine.call import Call, Reply
from mock_server.engine.changes import added
from mock_server.world.clock import iso
from mock_server.world.records import Record
from mock_server.world.world import World


def record(call: Call, world: World) -> Reply:
    """Queue the record of a message that has been exchanged now; nothing is sent."""
    return _settle(call, world, {})


def send(call: Call, world: World) -> Reply:
    """Queue a message to the prospect; whom it comes from stays untold (assumed)."""
    outgoing = {"communication_direction": "OUTGOING"}
    if call.body["communication_type"] == "DEFAULT":
        outgoing["communication_type"] = _way_to(call.body["to_addresses"][0])
    return _settle(call, world, outgoing)


def _settle(call: Call, world: World, details: Record) -> Reply:
    told = {"communication_datetime": iso(world.clock.now()), **details}
    message = draft(call, world, told)
    return writes.settle(call, world, added(call, "crm_communications", message))


def _way_to(address: str) -> str:
    """Return how a message can travel to an email address or a phone number (assumed)."""
    return "EMAIL" if "@" in address else "SMS"
