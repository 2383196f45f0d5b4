"""What waits at a property system for the approval of its property manager."""

from mock_server.apis.propexo.pms import approvals
from mock_server.control.pms import integration_of
from mock_server.engine.call import Call, Reply, reply
from mock_server.engine.moment import Moment
from mock_server.world.records import Record
from mock_server.world.world import World


def find_all(call: Call, world: World) -> Reply:
    """Answer what waits, oldest first."""
    return _waiting(world, integration_of(call, world))


def set_automatic(call: Call, world: World) -> Reply:
    """Let the property manager approve at once, which approves what waits, or let writes wait."""
    integration, is_automatic = integration_of(call, world), call.body["automatic"]
    approvals.set_automatic(world, integration, is_automatic=is_automatic)
    rows = approvals.waiting(world, integration["id"]) if is_automatic else []
    _decide(call, world, rows, is_approved=True)
    return _waiting(world, integration_of(call, world))


def decide(call: Call, world: World) -> Reply:
    """Approve or reject all that waits."""
    integration = integration_of(call, world)
    rows = approvals.waiting(world, integration["id"])
    _decide(call, world, rows, is_approved=call.body["approve"])
    return _waiting(world, integration)


def _decide(call: Call, world: World, rows: list[Record], *, is_approved: bool) -> None:
    moment = Moment(world, world.clock.now(), call.settings)
    for row in rows:
        approvals.decide(moment, row, is_approved=is_approved)


def _waiting(world: World, integration: Record) -> Reply:
    rows = approvals.waiting(world, integration["id"])
    return reply(
        {
            "automatic": approvals.is_automatic(integration),
            "waiting": [
                {
                    "record_id": row["id"],
                    "model": row["model"],
                    "written_at": row["written_at"],
                    "amount_in_cents": row["change"]["values"].get("amount_in_cents"),
                    "resident_id": row["change"]["values"].get("resident_id"),
                }
                for row in rows
            ],
        }
    )
