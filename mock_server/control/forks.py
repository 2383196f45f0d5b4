"""Worlds made as another one was before one of its calls."""

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from mock_server.engine.recorded_deliveries import CannotReplay
from mock_server.engine.refusals import Invalid, broken
from mock_server.nearest import unknown
from mock_server.world.carrying import Carried
from mock_server.world.worlds import Worlds

Before = Callable[[Worlds, str, int], Carried]


def no_replay(*_: object) -> Carried:
    """Refuse every earlier state, where calls are not kept."""
    raise CannotReplay("calls are not kept here")


def fork(before: Before, worlds: Worlds, body: Mapping[str, Any]) -> None:
    """Make a world as `from` was before its call `at_call`; raises `Invalid` where it cannot."""
    for name in ("snapshot", "scenario", "start_at", "seed", "freeze"):
        if name in body:
            advice = "cannot stand beside at_call, after which the world goes on as it did"
            raise Invalid([broken(name, advice, body[name])])
    source = str(body.get("from", ""))
    if not source:
        raise Invalid([broken("at_call", "say of which world, in from", body["at_call"])])
    if not worlds.knows(source):
        raise Invalid([broken("from", unknown("world", source, worlds.names()), source)])
    try:
        carried = before(worlds, source, body["at_call"])
    except CannotReplay as error:
        raise Invalid([broken("at_call", str(error), body["at_call"])]) from None
    if "settings" in body:
        carried = carried.having(body["settings"])
    text = f"{source} {body['at_call']} {worlds.lifecycle.origin(source)} {body}"
    key = f"@{body['name']}@{hashlib.sha256(text.encode()).hexdigest()[:16]}"
    worlds.lifecycle.set_down(body["name"], key, carried)
