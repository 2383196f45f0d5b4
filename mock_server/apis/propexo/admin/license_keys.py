"""The API key of Entrata that an account sets for all integrations without one of their own."""

from datetime import date, timedelta

from mock_server.engine.call import Call, Reply, reply
from mock_server.engine.refusals import Invalid, broken
from mock_server.world.world import World

_SOON = timedelta(days=30)
_SHOWN = 4  # Characters at the end of a key (reference: set a customer-level Entrata API key).


def put(call: Call, world: World) -> Reply:
    """Answer the key, masked, and whether it is valid; raises `Invalid` for one that has expired.

    Nothing is kept: no operation reads the key, and the sandbox calls no Entrata.
    """
    today, last = world.clock.now().date(), date.fromisoformat(call.body["expires_at"])
    if last < today:
        advice = f"must be today or later; today is {today.isoformat()} in UTC"
        raise Invalid([broken("expires_at", advice, last.isoformat())])
    known = {
        "system": "SANDBOX",
        "expires_at": last.isoformat(),
        "api_key_masked": _masked(call.body["api_key"]),
        "status": "EXPIRING_SOON" if last - today <= _SOON else "VALID",
    }
    return reply({"results": known})


def _masked(key: str) -> str:
    return "*" * len(key[:-_SHOWN]) + key[-_SHOWN:]
