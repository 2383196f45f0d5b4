"""The worlds there are: listed, made with a beginning of their own or as a copy, and removed."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from mock_server.control import forks
from mock_server.control.durations import LONGEST
from mock_server.control.forks import Before
from mock_server.engine.call import Call, Reply, reply
from mock_server.engine.journal import Journal
from mock_server.engine.refusals import Invalid, NotFound, broken
from mock_server.engine.scenarios.library import Scenarios, name_of
from mock_server.engine.scenarios.scenario import ScenarioError
from mock_server.nearest import unknown
from mock_server.world.beginning import Beginning
from mock_server.world.clock import iso, parse
from mock_server.world.naming import snapshot_key
from mock_server.world.world import World
from mock_server.world.worlds import Worlds


def find_all(call: Call, _: World) -> Reply:
    """Answer one page of the worlds, by name."""
    offset, limit = (call.question.values[each] for each in ("offset", "limit"))

    def afterwards(worlds: Worlds) -> Reply:
        names = worlds.names()
        found = [worlds.ask(each, told) for each in names[offset : offset + limit]]
        return reply({"total": len(names), "results": [each for each in found if each]})

    return replace(reply({}), afterwards=afterwards)


def fetch(call: Call, _: World) -> Reply:
    """Answer the world that the path names."""
    return replace(reply({}), afterwards=lambda worlds: shown(worlds, call.path["world"]))


def make(scenarios: Scenarios, before: Before, call: Call, _: World) -> Reply:
    """Make a world with a beginning of its own, or as a copy of another one or a snapshot."""
    body = call.body

    def afterwards(worlds: Worlds) -> Reply:
        refuse_used(worlds, body["name"])
        if "at_call" in body:
            forks.fork(before, worlds, body)
        elif "from" in body:
            _copy(worlds, body)
        else:
            worlds.lifecycle.make(body["name"], _beginning(scenarios, worlds, body))
        return shown(worlds, body["name"])

    return replace(reply({}), afterwards=afterwards)


def remove(journal: Journal, call: Call, _: World) -> Reply:
    """Remove the world that the path names, with its snapshots; its calls are forgotten as well."""
    name = call.path["world"]

    def afterwards(worlds: Worlds) -> Reply:
        if not worlds.knows(name):
            raise NotFound(unknown("world", name, worlds.names()))
        worlds.lifecycle.remove(name)
        journal.forget(name)
        return reply({"removed": 1})

    return replace(reply({}), afterwards=afterwards)


def shown(worlds: Worlds, name: str) -> Reply:
    """Answer a world; raises `NotFound` where there is none."""
    found = worlds.ask(name, told)
    if found is None:
        raise NotFound(unknown("world", name, worlds.names()))
    return reply(found)


def told(world: World) -> dict[str, Any]:
    """Return what is told of a world."""
    due = world.agenda.next_due
    return {
        "name": world.name,
        "now": iso(world.clock.now()),
        "is_frozen": world.clock.is_frozen,
        "next_due": None if due is None else iso(due),
        "is_idle": world.agenda.is_idle() and not world.deliveries,
        "seed": world.seed,
        "settings": {**world.beginning.settings},
        "scenario": name_of(world.beginning),
        "snapshots": world.snapshots.names(),
    }


def refuse_used(worlds: Worlds, name: str) -> None:
    """Raise `Invalid` for a world that has something to lose.

    Whoever only called it, perhaps by this very call, has lost nothing when it is made anew.
    """

    def is_used(world: World) -> bool:
        return world.is_written or len(world.snapshots) > 0

    if worlds.ask(name, is_used):
        advice = f"the world {name} has been written to; remove it first, or choose another name"
        raise Invalid([broken("name", advice, name)])


def _beginning(scenarios: Scenarios, worlds: Worlds, body: Mapping[str, Any]) -> Beginning:
    if "snapshot" in body:
        raise Invalid(
            [broken("snapshot", "needs from, the world whose snapshot it is", body["snapshot"])]
        )
    chosen = {name: body[name] for name in ("seed", "settings") if name in body}
    if "start_at" in body:
        chosen["start_at"] = _start(worlds, body["start_at"])
    if "freeze" in body:
        chosen["is_frozen"] = True
    return _of_scenario(scenarios, worlds, body).but(chosen)


def _of_scenario(scenarios: Scenarios, worlds: Worlds, body: Mapping[str, Any]) -> Beginning:
    if "scenario" not in body:
        return worlds.lifecycle.ordinary
    try:
        return scenarios.beginning(worlds, body["scenario"])
    except ScenarioError as error:
        raise Invalid([broken("scenario", str(error), body["scenario"])]) from None


def _start(worlds: Worlds, text: str) -> str:
    """Return when a world begins; raises `Invalid` for an instant that does not fit its records."""
    try:
        instant = parse(text)
    except (ValueError, OverflowError) as error:
        raise Invalid([broken("start_at", str(error), text)]) from None
    earliest = worlds.seeded_day
    if not earliest <= instant <= _latest(earliest):
        advice = (
            f"must be from {iso(earliest)} on, the day of the seeded records, to a year later;"
            " for another time start a server with --start-at"
        )
        raise Invalid([broken("start_at", advice, text)])
    return iso(instant)


def _latest(earliest: datetime) -> datetime:
    return earliest + LONGEST


def _copy(worlds: Worlds, body: Mapping[str, Any]) -> None:
    _refuse_of_others(body)
    chosen: dict[str, Any] = {"seed": body["seed"]} if "seed" in body else {}
    if "settings" in body:
        chosen["settings"] = body["settings"]
    if "freeze" in body:
        chosen["is_frozen"] = True
    try:
        worlds.lifecycle.copy(_source(worlds, body), body["name"], chosen)
    except LookupError as error:
        raise Invalid([broken("from", str(error), body["from"])]) from None


def _refuse_of_others(body: Mapping[str, Any]) -> None:
    """Raise `Invalid` for what a copy cannot have, because it begins as another world is."""
    advice = {
        "start_at": "a copy goes on from where the other world is; move its clock afterwards",
        "scenario": "a copy has the records of the other world; leave out from or scenario",
    }
    wrong = [broken(name, said, body[name]) for name, said in advice.items() if name in body]
    if wrong:
        raise Invalid(wrong)


def _source(worlds: Worlds, body: Mapping[str, Any]) -> str:
    name, snapshot = str(body["from"]), body.get("snapshot")
    if name == body["name"]:
        advice = "a world cannot be copied to itself; restore a snapshot of it instead"
        raise Invalid([broken("from", advice, name)])
    known = worlds.ask(name, lambda world: world.snapshots.names())
    if known is None:
        raise Invalid([broken("from", unknown("world", name, worlds.names()), name)])
    if snapshot is None:
        return name
    if snapshot not in known:
        said = unknown(f"snapshot of the world {name} called", snapshot, known)
        raise Invalid([broken("snapshot", said, snapshot)])
    return snapshot_key(name, snapshot)
