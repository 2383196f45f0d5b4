"""The life of a call, from its credential to its reply."""

import logging
from typing import Any

from mock_server.contract.operation import Operation
from mock_server.engine import actions, references
from mock_server.engine.api import Api
from mock_server.engine.call import Arrival, Call, Reply
from mock_server.engine.faults.rules import UNHARMED, Struck, striking
from mock_server.engine.reasons import reason_of
from mock_server.engine.refusals import (
    FAULT,
    Invalid,
    NoRoom,
    Refusal,
    Unauthenticated,
    Unavailable,
    Unexpected,
    Unproven,
)
from mock_server.engine.rules import RulesOfWorlds
from mock_server.engine.validation import Validation
from mock_server.settings import Settings
from mock_server.world.naming import Named, named
from mock_server.world.obstacles import Unreachable, Unwritable
from mock_server.world.world import World
from mock_server.world.worlds import Worlds

_log = logging.getLogger(__name__)
# How much a vendor's documents say of an operation; our own need none.
_RANKS = {"assumed": 0, "inferred": 1, "documented": 2, "ours": 3}


class Answering:
    """Answers the calls of one Api."""

    def __init__(self, api: Api, worlds: Worlds, settings: Settings) -> None:
        """Answer from these worlds, as the settings say."""
        self.api = api
        self._worlds = worlds
        self._least_rank = _RANKS[settings.min_evidence]
        self.rules = RulesOfWorlds(api, settings)

    def answer(self, call: Call) -> Reply:
        """Take a call through its whole life; every refusal and fault has the vendor's shape."""
        headers, delay, reason, struck = {}, 0.0, "", UNHARMED
        try:
            name, label = self._named(call)
            self._refuse_unproven(call.operation)
            with self._worlds.turn(name) as world:
                call.arrival = Arrival(name, world.clock.now(), label)
                rules = self.rules.of(world)
                call.settings = rules.settings
                left = rules.limits.count(world.tallies, call.arrival.at)
                headers, delay = rules.limit_headers(left), rules.delay_seconds(left)
                rules.refuse_too_many(left)
                struck = striking(call, world)
                reply = struck.instead(call, world) or self._act(call, world, struck, headers)
            if reply.afterwards is not None:
                reply = reply.afterwards(self._worlds)
        except Refusal as refusal:
            reply, reason = self.api.refuse(refusal), reason_of(refusal)
        except Unwritable as obstacle:
            reply, reason = self._without_world(call, obstacle)
        except Exception:  # noqa: BLE001 - whatever goes wrong, the caller gets a vendor's error
            _log.exception("%s could not be answered", call.operation.key)
            reply = self.api.refuse(Unexpected(FAULT))
        reply = struck.change(reply)
        sent = {**headers, **reply.headers, **_origin(call)}
        fate = reason, reply.damage, reply.faults
        return Reply(reply.content, reply.status, sent, delay + reply.delay_seconds, None, *fate)

    def _without_world(self, call: Call, obstacle: Unwritable) -> tuple[Reply, str]:
        """Answer a call whose world cannot be reached or kept; return the reason too."""
        behaviour: Any = self.api.behaviour(call.operation)
        if call.operation.answers_without_world and isinstance(obstacle, Unreachable):
            return behaviour(call, None), ""
        _log.error("%s could not be kept: %s", call.operation.key, obstacle)
        return self.api.refuse(_refusal(obstacle)), str(obstacle)

    def _act(self, call: Call, world: World, struck: Struck, headers: dict[str, str]) -> Reply:
        rules = self.rules.of(world)
        binding = self._bound(call, world, rules.validation)
        # Before the checks, so that a refusal also says by whose rules it was refused.
        headers.update(self.api.remarks(call, binding))
        self._check(call, world, binding, rules.validation)
        struck.shape(call, world)
        reply = actions.act(call, world)
        rules.check_reply(call, reply)
        return reply

    def _refuse_unproven(self, operation: Operation) -> None:
        if _RANKS[operation.evidence] < self._least_rank:
            raise Unproven(_unproven(operation))

    def _named(self, call: Call) -> Named:
        credential = self.api.credential(call.headers)
        try:
            return named(credential)
        except ValueError as error:
            raise Unauthenticated(str(error)) from None

    def _bound(self, call: Call, world: World, validation: Validation) -> Operation:
        """Return the operation by whose rules the call is checked, its body as it was sent."""
        validation.read(call)
        call.binding = self.api.particular(call, world) or call.operation
        return call.binding

    def _check(self, call: Call, world: World, binding: Operation, validation: Validation) -> None:
        """Raise `Invalid` where the call is not sound by the rules of that operation."""
        problems = validation.problems(call, binding)
        problems += references.problems(call, world, binding)
        # What was sent and is wrong is gone from the body, but it is not lacking.
        told = {each.path for each in problems}
        problems += tuple(each for each in self.api.demands(call, binding) if each.path not in told)
        if problems:
            raise Invalid(problems)


def _refusal(obstacle: Unwritable) -> Refusal:
    kind = Unavailable if isinstance(obstacle, Unreachable) else NoRoom
    return kind(str(obstacle))


def _origin(call: Call) -> dict[str, str]:
    """Return the headers that say what answered a call: an operation, how sure we are, a world."""
    operation = call.operation
    told = {"x-mock-operation": operation.key, "x-mock-evidence": operation.evidence}
    return told if call.arrival is None else {**told, "x-mock-world": call.arrival.world}


def _unproven(operation: Operation) -> str:
    assumed = f" ({'; '.join(operation.assumed)})" if operation.assumed else ""
    return (
        f"how {operation.key} answers is {operation.evidence}, not documented{assumed}; "
        f"--min-evidence {operation.evidence} lets it answer"
    )
