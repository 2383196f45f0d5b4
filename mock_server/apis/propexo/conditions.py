"""What a PMS demands of fields together: one beside another, on one day, in order, or in limits."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from mock_server.contract.conditions import Condition, reason
from mock_server.contract.operation import Operation
from mock_server.contract.problems import Problem
from mock_server.engine.call import Call
from mock_server.engine.refusals import broken


def problems(call: Call, binding: Operation) -> Iterator[Problem]:
    """Yield what breaks the `x-conditions` of the body by whose rules the call is checked.

    JSON Schema could say most of them with `if` and `then`, but generators of clients read those
    as alternatives of the whole body, and Zod's errors do not tell of them either.
    """
    for each in (binding.body or {}).get("x-conditions", ()):
        if _applies(each, call.body):
            for rule, check in _CHECKS.items():
                yield from check(each, call.body) if rule in each else ()


def _applies(condition: Condition, body: Mapping[str, Any]) -> bool:
    if "unless" in condition:
        return body.get(condition["unless"]) is None
    value = body.get(condition["when"]) if "when" in condition else True
    return value is not None and value in condition.get("is", [value])


def _required(condition: Condition, body: Mapping[str, Any]) -> Iterator[Problem]:
    for name in condition["required"]:
        if body.get(name) is None:
            yield broken(name, f"is required {reason(condition)}")


def _same_day(condition: Condition, body: Mapping[str, Any]) -> Iterator[Problem]:
    first, second = condition["same_day"]
    days = {body[name][:10] for name in (first, second) if body.get(name)}
    if len(days) > 1:
        yield broken(second, f"must be on the same day as {first}", body[second])


def _in_order(condition: Condition, body: Mapping[str, Any]) -> Iterator[Problem]:
    first, second = condition["in_order"]
    early, late = body.get(first), body.get(second)
    if early and late and early[:10] >= late[:10]:
        yield broken(first, f"must be before {second}", early)


def _limits(condition: Condition, body: Mapping[str, Any]) -> Iterator[Problem]:
    for name, (least, most) in condition["limits"].items():
        if body.get(name) is not None and not least <= body[name] <= most:
            advice = f"must be between {least} and {most} {reason(condition)}"
            yield broken(name, advice, body[name])


_CHECKS: Mapping[str, Callable[[Condition, Mapping[str, Any]], Iterator[Problem]]] = {
    "required": _required,
    "same_day": _same_day,
    "in_order": _in_order,
    "limits": _limits,
}
