"""How worlds are brought back to how they were made."""

from dataclasses import replace

from mock_server.engine.call import Call, Reply, reply
from mock_server.engine.journal import Journal
from mock_server.engine.refusals import NoCredential
from mock_server.world.world import World
from mock_server.world.worlds import Worlds


def reset(journal: Journal, call: Call, world: World) -> Reply:
    """Bring the caller's world, or every world, back to how it was made.

    Its clock is its own again, and its calls are forgotten as well. Without a credential only every
    world can be meant, and that has to be said: others may be using the shared one.
    """
    is_for_all = call.question.values.get("all")
    if not is_for_all and not call.api.credential(call.headers):
        raise NoCredential(
            "whose world? Send a credential, such as Authorization: Bearer sandbox_me,"
            " or reset every world with ?all=true"
        )

    def afterwards(worlds: Worlds) -> Reply:
        if is_for_all:
            journal.clear()
            return reply({"reset": worlds.reset_all()})
        journal.forget(world.name)
        worlds.reset(world.name)
        return reply({"reset": [world.name]})

    return replace(reply({}), afterwards=afterwards)
