"""The clock of the caller's world: read, held still, let go, and moved forward."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from mock_server.control.durations import LONGEST, span, span_of
from mock_server.engine.call import Call, Reply, reply
from mock_server.engine.refusals import Invalid, broken
from mock_server.world import timekeeping
from mock_server.world.clock import iso, parse
from mock_server.world.world import World
from mock_server.world.worlds import Worlds

_WAYS = ("by", "to", "until")
_DAY = timedelta(days=1)
_TOO_FAR = "the clock goes a year forward at most; go there in several steps"


def read(_: Call, world: World) -> Reply:
    """Answer what time it is, and what will happen next."""
    return _state(world)


def hold_or_flow(call: Call, world: World) -> Reply:
    """Freeze the clock, now or at a later instant, or let it flow."""
    body = call.body
    if len({"freeze", "flow"} & set(body)) != 1:
        raise Invalid([broken("freeze", "give one of freeze and flow", body)])
    if "flow" in body:
        world.clock.flow()
        return _state(world)
    world.clock.freeze()
    if body["freeze"] is True:
        return _state(world)
    instant = _later(world, "freeze", lambda: parse(body["freeze"]))
    return _after(world, lambda worlds: timekeeping.advance(worlds, world.name, instant))


def advance(call: Call, world: World) -> Reply:
    """Move the clock forward, by way of everything that is due."""
    body = call.body
    if len(set(_WAYS) & set(body)) != 1:
        raise Invalid([broken("by", "give one of by, to and until", body)])
    if "most" in body and "until" not in body:
        raise Invalid([broken("most", "can only be sent together with until", body["most"])])
    if "until" in body:
        most = span_of(body, "most") if "most" in body else _DAY
        return _after(
            world, lambda worlds: timekeeping.advance_until_idle(worlds, world.name, most)
        )
    if "by" in body:
        instant = _later(world, "by", lambda: world.clock.now() + span(body["by"]))
    else:
        instant = _later(world, "to", lambda: parse(body["to"]))
    return _after(world, lambda worlds: timekeeping.advance(worlds, world.name, instant))


def _later(world: World, field: str, instant: Callable[[], datetime]) -> datetime:
    """Return an instant of the coming year; raises `Invalid` for any other."""
    try:
        found = instant()
        world.clock.refuse_past(found)
    except OverflowError:
        raise Invalid([broken(field, _TOO_FAR)]) from None
    except ValueError as error:
        raise Invalid([broken(field, str(error))]) from None
    if found - world.clock.now() > LONGEST:
        raise Invalid([broken(field, _TOO_FAR)])
    return found


def _after(world: World, move: Callable[[Worlds], object]) -> Reply:
    """Return the reply that is made once the clock has been moved, while others may call."""

    def afterwards(worlds: Worlds) -> Reply:
        move(worlds)
        with worlds.turn(world.name) as moved:
            return _state(moved)

    return replace(reply({}), afterwards=afterwards)


def _state(world: World) -> Reply:
    due = world.agenda.next_due
    state = {
        "world": world.name,
        "now": iso(world.clock.now()),
        "is_frozen": world.clock.is_frozen,
        "next_due": None if due is None else iso(due),
        "is_idle": world.agenda.is_idle() and not world.deliveries,
    }
    return reply(state)
