"""How a step is played: its calls are made, and what became of them is looked at."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mock_server.contract.json_text import write_json
from mock_server.control.storytelling.names import filled, found
from mock_server.control.storytelling.script import Look, SentCall, Step

# Make a call with a method, a path and a body or None, and return its status and its reply.
Ask = Callable[[str, str, Any], tuple[int, Any]]

_DELIVERIES = "/__admin/deliveries?limit=100"
_MOST_ROWS = 4
_MOST_CHARACTERS = 200


class Strayed(Exception):
    """A call of a story that ends otherwise than told: the world is not what the story needs."""


@dataclass
class Player:
    """Plays steps by calls of one world, and keeps what they tell under names."""

    ask: Ask
    names: dict[str, Any]

    def play(self, number: int, step: Step) -> dict[str, Any]:
        """Play a step, and return what it shows; raises `Strayed`."""
        known = {each["id"] for each in self._deliveries()}
        calls = [self.make(each) for each in step.calls]
        # What was sent is answered before anybody looks.
        self.ask("POST", "/__admin/clock/advance", {"by": "0s"})
        new = [each for each in self._deliveries() if each["id"] not in known]
        sees = [self._look(each) for each in step.sees]
        return {
            "number": number,
            "title": step.title,
            "who": step.who,
            "does": filled(step.does, self.names),
            "at": self.ask("GET", "/__admin/clock", None)[1]["now"],
            "calls": calls,
            "sees": sees,
            "webhooks": [_told(each) for each in reversed(new)],
        }

    def make(self, sent: SentCall) -> dict[str, Any]:
        """Make a call, keep what the story needs of its reply, and return what it shows."""
        method, _, path = str(filled(sent.send, self.names)).partition(" ")
        body = filled(sent.body, self.names)
        status, reply = self.ask(method, path, body)
        if (status >= 400) != sent.is_refused:
            raise Strayed(f"{method} {path} was answered with {status}: {write_json(reply)}")
        for name, where in sent.keep.items():
            self.names[name] = found(reply, where)
            if self.names[name] is None:
                raise Strayed(f"{method} {path} tells no {where}, which the story calls {name}")
        return {
            "method": method,
            "path": path,
            "body": body,
            "status": status,
            "reply": {name: found(reply, name) for name in sent.show} if sent.show else reply,
        }

    def _look(self, look: Look) -> dict[str, Any]:
        method, _, path = str(filled(look.read, self.names)).partition(" ")
        _, reply = self.ask(method, path, None)
        parts = [reply] if look.rows is None else (found(reply, look.rows) or [])[:_MOST_ROWS]
        told = {"who": look.who, "where": look.where, "read": f"{method} {path}"}
        return {**told, "facts": [_facts(each, look.show) for each in parts]}

    def _deliveries(self) -> list[dict[str, Any]]:
        listed: list[dict[str, Any]] = self.ask("GET", _DELIVERIES, None)[1]["results"]
        return listed


def _facts(value: Any, show: Mapping[str, str]) -> list[dict[str, Any]]:
    return [{"name": name, "value": _plain(found(value, path))} for name, path in show.items()]


def _plain(value: Any) -> Any:
    """Return a value that a line can show."""
    if value is None or isinstance(value, (bool, int, float)):
        return value
    text = value if isinstance(value, str) else write_json(value)
    return text[:_MOST_CHARACTERS]


def _told(delivery: Mapping[str, Any]) -> dict[str, Any]:
    told: Sequence[str] = ("id", "api", "event", "url", "state", "why", "body")
    return {name: delivery[name] for name in told}
