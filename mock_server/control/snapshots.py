"""The snapshots of the caller's world: taken, listed, restored and removed."""

from dataclasses import replace

from mock_server.control import worlds as every_world
from mock_server.engine.call import Call, Reply, reply
from mock_server.engine.refusals import Invalid, NotFound, broken
from mock_server.nearest import unknown
from mock_server.world.naming import snapshot_key
from mock_server.world.snapshots import MOST, Snapshot
from mock_server.world.world import World
from mock_server.world.worlds import Worlds


def find_all(call: Call, world: World) -> Reply:
    """Answer one page of the snapshots of the caller's world, by name."""
    offset, limit = (call.question.values[each] for each in ("offset", "limit"))
    found = world.snapshots.all()
    page = [_told(world, each) for each in found[offset : offset + limit]]
    return reply({"total": len(found), "results": page})


def take(call: Call, world: World) -> Reply:
    """Keep the caller's world as it is under a name, in place of an earlier one of that name."""
    name, known = call.body["name"], world.snapshots.names()
    if name not in known and len(known) >= MOST:
        advice = f"a world has {MOST} snapshots at most; remove one first, or use its name"
        raise Invalid([broken("name", advice, name)])
    return reply(_told(world, world.take_snapshot(name)))


def restore(call: Call, world: World) -> Reply:
    """Bring the caller's world back to what it was at a snapshot, which stays."""
    name = named(call, world)

    def afterwards(worlds: Worlds) -> Reply:
        worlds.lifecycle.copy(snapshot_key(world.name, name), world.name)
        return every_world.shown(worlds, world.name)

    return replace(reply({}), afterwards=afterwards)


def remove(call: Call, world: World) -> Reply:
    """Remove a snapshot of the caller's world."""
    world.snapshots.drop(named(call, world))
    return reply({"removed": 1})


def named(call: Call, world: World) -> str:
    name, known = call.path["snapshot"], world.snapshots.names()
    if name not in known:
        raise NotFound(unknown(f"snapshot of the world {world.name} called", name, known))
    return name


def _told(world: World, snapshot: Snapshot) -> dict[str, str]:
    return {"world": world.name, "name": snapshot.name, "at": snapshot.at}
