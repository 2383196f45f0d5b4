"""Were the calls made that somebody expects, and if not, which came nearest and what differs?"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mock_server.contract.json_text import write_json
from mock_server.engine.answered_calls import AnsweredCall

_NEAREST = 3
_MISSING = object()


@dataclass(frozen=True)
class Expected:
    """What a call has to be like: each part that is None may be anything.

    `body` is a part of the request's JSON: an object needs these keys with these values, however
    deep; a list needs these items in this order; anything else has to be equal.
    """

    operation: str | None = None
    status: int | None = None
    body: Any = None

    def differences(self, call: AnsweredCall) -> list[str]:
        """Return in words what about a call is not as expected; nothing where all is."""
        found = []
        if self.operation not in {None, call.operation}:
            found.append(f"operation is {call.operation or 'none'}, not {self.operation}")
        if self.status not in {None, call.status}:
            found.append(f"status is {call.status}, not {self.status}")
        if self.body is not None:
            found.extend(_lacks("body", self.body, body_of(call)))
        return found


@dataclass(frozen=True)
class Verdict:
    """Whether an expectation holds, the calls that met it, and what came near where it does not."""

    holds: bool
    message: str
    found: Sequence[AnsweredCall]
    nearest: Sequence[tuple[AnsweredCall, Sequence[str]]] = ()


def count(
    calls: Sequence[AnsweredCall], expected: Expected, least: int, most: int | None
) -> Verdict:
    """Say whether so many of the calls are as expected; `most` None means any number."""
    found = [each for each in calls if not expected.differences(each)]
    if least <= len(found) and (most is None or len(found) <= most):
        return Verdict(holds=True, message=f"{len(found)} calls are as expected", found=found)
    message = f"expected {_range(least, most)} like this, found {len(found)}"
    nearest = () if len(found) >= least else _nearest(calls, expected)
    return Verdict(holds=False, message=message, found=found, nearest=nearest)


def in_order(calls: Sequence[AnsweredCall], steps: Sequence[Expected]) -> Verdict:
    """Say whether there is a call for each step, one after the other; others may lie between."""
    left = iter(calls)
    found: list[AnsweredCall] = []
    for number, step in enumerate(steps, start=1):
        met = next((each for each in left if not step.differences(each)), None)
        if met is None:
            after = f" after call {found[-1].number}" if found else ""
            message = f"step {number} of {len(steps)} was not found{after}"
            return Verdict(holds=False, message=message, found=found, nearest=_nearest(calls, step))
        found.append(met)
    return Verdict(holds=True, message=f"all {len(steps)} steps were found in order", found=found)


def body_of(call: AnsweredCall) -> Any:
    """Return the JSON that a call sent, or its text where it is none."""
    return decoded(call.request.content)


def decoded(content: bytes | None) -> Any:
    """Return the JSON that bytes stand for; their text where they are none, None for none."""
    if not content:
        return None
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return content.decode("utf-8", "backslashreplace")


def _nearest(
    calls: Iterable[AnsweredCall], expected: Expected
) -> list[tuple[AnsweredCall, list[str]]]:
    told = [(each, expected.differences(each)) for each in calls]
    # Another operation differs in everything that matters, so it comes last.
    rank = [(expected.operation not in {None, each.operation}, len(why)) for each, why in told]
    order = sorted(range(len(told)), key=lambda index: (*rank[index], -index))
    return [told[index] for index in order if told[index][1]][:_NEAREST]


def _lacks(place: str, wanted: Any, found: Any) -> Iterator[str]:
    """Yield what a value lacks of what is wanted."""
    if isinstance(wanted, Mapping) and isinstance(found, Mapping):
        for name, part in wanted.items():
            yield from _lacks(f"{place}.{name}", part, found.get(name, _MISSING))
    elif isinstance(wanted, list) and isinstance(found, list) and len(wanted) == len(found):
        for index, (part, each) in enumerate(zip(wanted, found, strict=True)):
            yield from _lacks(f"{place}.{index}", part, each)
    elif found is _MISSING:
        yield f"{place} is missing, expected {_short(wanted)}"
    elif wanted != found or isinstance(wanted, bool) is not isinstance(found, bool):
        yield f"{place} is {_short(found)}, expected {_short(wanted)}"


def _short(value: Any) -> str:
    text = write_json(value)
    return text if len(text) <= 80 else f"{text[:77]}..."


def _range(least: int, most: int | None) -> str:
    if most is None:
        return f"at least {_calls(least)}"
    if most == 0:
        return "no call"
    if least == most:
        return f"exactly {_calls(least)}"
    return f"at most {_calls(most)}" if least == 0 else f"{least} to {_calls(most)}"


def _calls(number: int) -> str:
    return "1 call" if number == 1 else f"{number} calls"
