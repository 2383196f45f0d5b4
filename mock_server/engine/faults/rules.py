"""Which faults strike a call: the rules of its world, and what the call itself prefers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from random import Random
from typing import Any

from mock_server.engine.call import Call, Reply
from mock_server.engine.faults import preferences
from mock_server.engine.faults.effects import (
    Cut,
    Effect,
    Empty,
    Garble,
    Hang,
    Latency,
    Lost,
    RateLimit,
    Rule,
    SlowDrip,
    Status,
)
from mock_server.engine.faults.stale_pages import StalePage
from mock_server.world.world import World

EFFECTS: Mapping[str, type[Effect]] = {
    "status": Status,
    "latency": Latency,
    "rate_limit": RateLimit,
    "empty": Empty,
    "hang": Hang,
    "lost": Lost,
    "cut": Cut,
    "garble": Garble,
    "drip": SlowDrip,
    "stale_page": StalePage,
}
# What a refused call leaves too: a fault that struck it has struck.
_TALLY, _MADE = "faults", "faults made"


class Struck:
    """The effects of all faults that strike one call, in the order of their rules."""

    def __init__(self, effects: Sequence[Effect] = ()) -> None:
        """Apply these effects."""
        self._effects = effects
        self.ids = tuple(dict.fromkeys(each.rule["id"] for each in effects))

    def instead(self, call: Call, world: World) -> Reply | None:
        """Return what the first effect answers that lets the call do nothing."""
        found = [each.instead(call, world) for each in self._effects]
        return next((each for each in found if each is not None), None)

    def shape(self, call: Call, world: World) -> None:
        """Change what is asked."""
        for each in self._effects:
            each.shape(call, world)

    def change(self, reply: Reply) -> Reply:
        """Return what becomes of the reply."""
        for each in self._effects:
            reply = each.change(reply)
        return replace(reply, faults=self.ids) if self.ids else reply


UNHARMED = Struck()


def rules_of(world: World) -> list[Rule]:
    """Return the rules of a world, in the order in which they were made; it may be changed."""
    rules: list[Rule] = world.tallies.setdefault(_TALLY, [])
    return rules


def add(world: World, rule: Mapping[str, Any]) -> Rule:
    """Add a rule to a world, and return it with its id.

    The id is a number of its own, so that a fault shifts no other id.
    """
    number = world.tallies[_MADE] = world.tallies.get(_MADE, 0) + 1
    made = {"id": f"fault-{number}", **rule, "stream": world.name, "seen": 0, "used": 0}
    rules_of(world).append(made)
    return made


def striking(call: Call, world: World) -> Struck:
    """Return the faults that strike a call, which is counted for each rule that it fits."""
    rules = world.tallies.get(_TALLY)
    preferred = call.headers.get("prefer")
    if (not rules and preferred is None) or call.api.is_control:
        return UNHARMED
    wanted = preferences.rules(preferred) if preferred else ()
    effects = [*_struck(rules or (), call, world), *(_effect(each, Random(0)) for each in wanted)]
    return Struck(effects) if effects else UNHARMED


def _struck(rules: Sequence[Rule], call: Call, world: World) -> Iterator[Effect]:
    for rule in rules:
        if not _fits(rule, call, world):
            continue
        rule["seen"] += 1
        # A stream for each call that a rule sees: what it draws shifts nothing else. A copy of the
        # world goes on with that of the world in which the rule was made.
        stream = rule.get("stream", world.name)
        draw = Random(f"{call.settings.seed}:{stream}:{rule['id']}:{rule['seen']}")
        if _is_due(rule, draw):
            rule["used"] += 1
            yield _effect(rule, draw)


def _effect(rule: Rule, draw: Random) -> Effect:
    return EFFECTS[rule["effect"]](rule, draw)


def _is_due(rule: Rule, draw: Random) -> bool:
    is_early = rule["seen"] <= (rule.get("after") or 0)
    times, chance = rule.get("times"), rule.get("chance")
    is_used_up = times is not None and rule["used"] >= times
    return not (is_early or is_used_up) and (chance is None or draw.random() < chance)


def _fits(rule: Rule, call: Call, world: World) -> bool:
    operation, label = call.operation, call.arrival.label if call.arrival else None
    said = {
        "api": call.api.name,
        "operation": operation.key,
        "method": operation.method,
        "credential": label,
    }
    if any(rule.get(name) not in {None, value} for name, value in said.items()):
        return False
    if rule.get("path") and not fnmatchcase(path_of(call), rule["path"].rstrip("/")):
        return False
    return _fits_target(rule, call, world)


def _fits_target(rule: Rule, call: Call, world: World) -> bool:
    wanted = rule.get("integration_id"), rule.get("pms")
    if wanted == (None, None):
        return True
    found = call.api.target(call, world)
    return all(each in {None, own} for each, own in zip(wanted, found, strict=True))


def path_of(call: Call) -> str:
    """Return the path of a call without its closing slash."""
    path = call.operation.path
    for name, text in call.path.items():
        path = path.replace(f"{{{name}}}", text)
    return path.rstrip("/")
