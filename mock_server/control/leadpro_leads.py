"""All leads of LeadPro's, which its own API cannot list."""

from mock_server.control import envelopes
from mock_server.engine.call import Call, Reply
from mock_server.world.queries import OrderBy, Selection
from mock_server.world.world import World

_TABLE = "leadpro_leads"
_NEWEST_FIRST = Selection(order=(OrderBy("created_at", descending=True),))


def find_all(call: Call, world: World) -> Reply:
    """Answer one page of the leads."""
    values, leads = call.question.values, world.collection(_TABLE)
    found = leads.page(_NEWEST_FIRST, offset=values["offset"], limit=values["limit"])
    return envelopes.page(call, found)
