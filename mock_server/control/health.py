"""Does the sandbox answer, can it answer calls, and what does it serve?"""

from collections.abc import Iterable

from mock_server.engine.api import Behaviour
from mock_server.engine.call import Call, Reply, reply
from mock_server.version import VERSION
from mock_server.world.world import World


def telling(apis: Iterable[str]) -> Behaviour:
    """Return the behaviour that says that the sandbox is ready, and names these APIs."""
    told = {"status": "ok", "version": VERSION, "apis": [*apis]}

    def read(_call: Call, _world: World) -> Reply:
        return reply(told)

    return read


def ready(_call: Call, _world: World) -> Reply:
    """Answer once the caller's world has been reached, so that any other call can be answered."""
    return reply({"status": "ready"})
