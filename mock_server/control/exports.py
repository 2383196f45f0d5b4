"""Worlds as files: written as text, and read from one."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from mock_server.control import worlds as every_world
from mock_server.engine import exports
from mock_server.engine.api import Api
from mock_server.engine.call import Call, Reply, reply
from mock_server.engine.exports import ExportError, Import
from mock_server.engine.refusals import Invalid, broken
from mock_server.world.world import World
from mock_server.world.worlds import Worlds


def write(call: Call, world: World) -> Reply:
    """Answer the caller's world as a text."""

    def afterwards(worlds: Worlds) -> Reply:
        is_whole = call.question.values["whole"]
        carried = worlds.lifecycle.take_up(world.name, is_whole=is_whole)
        return reply({"world": world.name, "text": exports.written(world.name, carried)})

    return replace(reply({}), afterwards=afterwards)


def read(apis: Sequence[Api], actions: Sequence[str], call: Call, world: World) -> Reply:
    """Make a world of a text; it goes on from where the one went that was written."""
    text, tables = call.body["text"], world.resources

    def afterwards(worlds: Worlds) -> Reply:
        taken = Import((*apis, call.api), tables, actions, worlds.lifecycle.seeded_with)
        try:
            named, carried = taken.read(text)
            name = call.body.get("name", named)
            every_world.refuse_used(worlds, name)
            key = f"@{name}@{hashlib.sha256(text.encode()).hexdigest()[:16]}"
            worlds.lifecycle.set_down(name, key, carried)
        except ExportError as error:
            raise Invalid([broken("text", str(error))]) from None
        return every_world.shown(worlds, name)

    return replace(reply({}), afterwards=afterwards)
