"""The tokens of a LeadPro account, with how often each was used (guide: API Authentication)."""

from mock_server.engine.call import Call, Reply, reply
from mock_server.engine.journal import Journal
from mock_server.world.world import World

_API = "leadpro"


def find_all(journal: Journal, _: Call, world: World) -> Reply:
    """Answer the labels under which LeadPro was called in the world, and how often it succeeded."""
    found = journal.tallies(world.name, _API)
    results = [
        {"label": label, "requests": tally.requests, "successes": tally.successes}
        for label, tally in sorted(found.items(), key=lambda each: each[0] or "")
    ]
    return reply({"total": len(results), "results": results})
