"""All leads of LeadPro's, which its own API cannot list."""

from mock_server.control import envelopes
from mock_server.engine.call import Call, Reply
from mock_server.world.queries import OrderBy, Page, Selection
from mock_server.world.world import World

_TABLE = "leadpro_leads"
_NEWEST_FIRST = Selection(order=(OrderBy("created_at", descending=True),))


def find_all(call: Call, world: World) -> Reply:
    """Answer one page of the leads."""
    return envelopes.page(call, page_of(call, world))


def page_of(call: Call, world: World) -> Page:
    """Return the page of the leads that a call asks for, newest first."""
    values, leads = call.question.values, world.collection(_TABLE)
    return leads.page(_NEWEST_FIRST, offset=values["offset"], limit=values["limit"])
