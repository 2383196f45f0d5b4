"""The scenarios that a world can begin with, listed."""

from mock_server.engine.call import Call, Reply, reply
from mock_server.engine.scenarios.library import Scenarios
from mock_server.world.world import World


def find_all(scenarios: Scenarios, call: Call, _: World) -> Reply:
    """Answer one page of the scenarios, by name."""
    offset, limit = (call.question.values[each] for each in ("offset", "limit"))
    found = scenarios.offers()
    page = [
        {"name": each.name, "summary": each.summary, "is_shipped": each.is_shipped}
        for each in found[offset : offset + limit]
    ]
    return reply({"total": len(found), "results": page})
