"""How worlds are brought back to their seeded state."""

from dataclasses import replace

from mock_server.engine.call import Call, Reply, reply
from mock_server.world.world import World
from mock_server.world.worlds import Worlds


def reset(call: Call, world: World) -> Reply:
    """Bring the caller's world, or every world, back to its seeded state and its own time."""

    def afterwards(worlds: Worlds) -> Reply:
        if call.question.values.get("all"):
            return reply({"reset": worlds.reset_all()})
        worlds.reset(world.name)
        return reply({"reset": [world.name]})

    return replace(reply({}), afterwards=afterwards)
