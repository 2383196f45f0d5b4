"""What a fault does to a call: each effect is one small object, made anew for each call."""

import math
from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus
from random import Random
from typing import Any, ClassVar

from mock_server.engine.call import Call, Reply
from mock_server.engine.faults.damage import CutShort, Drip, HangUp, Silence
from mock_server.engine.rate_limits import RateLimits
from mock_server.engine.refusals import (
    Busy,
    Forbidden,
    NotFound,
    NotSupported,
    Refusal,
    TooLarge,
    TooMany,
    Unauthenticated,
    Unexpected,
)
from mock_server.world.world import World

MOST_SECONDS = 3_600.0
_SILENT_SECONDS = 300.0
_KNOWN = (Unauthenticated, Forbidden, NotFound, NotSupported, TooLarge, TooMany, Unexpected, Busy)
_REFUSALS: Mapping[int, type[Refusal]] = {each.status: each for each in _KNOWN}

Rule = dict[str, Any]


class Failed(Refusal):
    """A call that a fault answers with a status for which there is no other reason."""

    def __init__(self, message: str, status: int) -> None:
        """Answer with this status."""
        super().__init__(message)
        self.status = status


class Effect:
    """What one rule does to one call; `takes` names what a rule of it can say besides `needs`."""

    needs: ClassVar[tuple[str, ...]] = ()
    takes: ClassVar[tuple[str, ...]] = ()

    def __init__(self, rule: Rule, draw: Random) -> None:
        """Do as the rule says; chance is drawn from a stream of this rule's own."""
        self.rule = rule
        self.draw = draw

    def instead(self, call: Call, world: World) -> Reply | None:
        """Return what is answered in place of the call's own reply, which then does nothing."""
        return None

    def shape(self, call: Call, world: World) -> None:
        """Change what is asked, once it has been found to be sound."""

    def change(self, reply: Reply) -> Reply:
        """Return what becomes of the reply."""
        return reply


class Status(Effect):
    """The vendor's own error of that status; the call does nothing."""

    needs, takes = ("status",), ("message",)

    def instead(self, call: Call, world: World) -> Reply:
        status = int(self.rule["status"])
        message = self.rule.get("message") or HTTPStatus(status).phrase
        answer = call.api.refuse(refusal_of(status, message))
        if status != TooMany.status:
            return answer
        limits = RateLimits(self.rule["id"], call.settings.rate_limit)
        told = limits.headers(call.api.limit_headers, left=0)
        return replace(answer, headers={**answer.headers, **told})


class Latency(Effect):
    """The reply is held back: for `seconds`, up to `seconds_to`, or log-normally by `spread`."""

    needs, takes = ("seconds",), ("seconds_to", "spread")

    def change(self, reply: Reply) -> Reply:
        return replace(reply, delay_seconds=reply.delay_seconds + min(self._seconds, MOST_SECONDS))

    @property
    def _seconds(self) -> float:
        seconds = float(self.rule["seconds"])
        if self.rule.get("spread") is not None:
            return seconds * math.exp(self.draw.gauss(0.0, float(self.rule["spread"])))
        if self.rule.get("seconds_to") is not None:
            return self.draw.uniform(seconds, float(self.rule["seconds_to"]))
        return seconds


class RateLimit(Effect):
    """The vendor's rate limit in the world's time, with its headers and its slow-down."""

    takes = ("per_minute",)

    def instead(self, call: Call, world: World) -> Reply | None:
        most = int(self.rule.get("per_minute") or call.settings.rate_limit)
        limits = RateLimits(self.rule["id"], most)
        left = limits.count(world.tallies, world.clock.now())
        self._headers = limits.headers(call.api.limit_headers, left)
        self._delay = limits.delay_seconds(left) if left >= 0 else 0.0
        return None if left >= 0 else call.api.refuse(limits.refusal())

    def change(self, reply: Reply) -> Reply:
        delay = reply.delay_seconds + self._delay
        return replace(reply, headers={**reply.headers, **self._headers}, delay_seconds=delay)


class Empty(Effect):
    """The connection is closed without a reply; the call does nothing."""

    def instead(self, call: Call, world: World) -> Reply:
        return Reply(b"", 0, damage=HangUp())


class Hang(Effect):
    """No reply comes until the client gives up; the call does nothing."""

    takes = ("seconds",)

    def instead(self, call: Call, world: World) -> Reply:
        return Reply(b"", 0, damage=Silence(float(self.rule.get("seconds") or _SILENT_SECONDS)))


class Lost(Effect):
    """The call is carried out, and the connection is closed without a reply."""

    def change(self, reply: Reply) -> Reply:
        return replace(reply, damage=HangUp())


class Cut(Effect):
    """The connection is closed after a share of the body, whose whole length was announced."""

    takes = ("share",)

    def change(self, reply: Reply) -> Reply:
        share = self.rule.get("share")
        return replace(reply, damage=CutShort(0.5 if share is None else float(share)))


class Garble(Effect):
    """The body is no JSON: its second half stands before the first."""

    def change(self, reply: Reply) -> Reply:
        half = len(reply.content) // 2
        return replace(reply, content=reply.content[half:] + reply.content[:half])


class SlowDrip(Effect):
    """The body comes in small pieces, the last of them after `seconds`."""

    needs = ("seconds",)

    def change(self, reply: Reply) -> Reply:
        return replace(reply, damage=Drip(float(self.rule["seconds"])))


def refusal_of(status: int, message: str) -> Refusal:
    """Return the refusal that a vendor renders for a status."""
    known = _REFUSALS.get(status)
    return Failed(message, status) if known is None else known(message)
