"""Does any call at all, sensible or not, get an answer that the contract does not promise?"""

import json
import re
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from mock_server.contract.kinds import Kind
from mock_server.contract.operation import Operation
from tests.contract.case import APIS, NEVER_DONE, VENDORS
from tests.contract.fuzzed import EXAMPLES, Fuzzed

# With so many calls asked for nothing is tried in brief or passed over.
_MANY = 50


def all_tried() -> list[tuple[str, Operation]]:
    """Return the operations to try, each with the name of its Api.

    To think calls up costs more than to answer them. What the PMSs take in place of one generic
    operation is much the same, so the PMS with the most fields is tried in the place of all, unless
    many calls are asked for: the tests of every body and every write try the others too.
    """
    found = [
        (api.name, operation)
        for api in APIS
        for operation in api.catalogue.operations.values()
        if operation.kind is not Kind.UNSUPPORTED and operation.key not in NEVER_DONE
    ]
    if EXAMPLES >= _MANY:
        return found
    fullest: dict[str, Operation] = {}
    for _, each in found:
        if each.generic is not None:
            fullest[each.generic] = max(fullest.get(each.generic, each), each, key=size)
    tried = {each.key for each in fullest.values()}
    return [(name, each) for name, each in found if each.generic is None or each.key in tried]


def size(operation: Operation) -> int:
    """Return how many fields an operation takes."""
    return len((operation.body or {}).get("properties", {}))


KEYS = all_tried()
# Whose bodies together have every limit and format that a generic body has: the edges of the others
# are like theirs, and are left to a longer search.
EDGES = frozenset(
    {
        "POST /v1/leads/",
        "POST /v1/webhooks/",
        "POST /v1/recurring-resident-charges/",
        "POST /v1/resident-charges/",
        "POST /v1/vendors/",
        "POST /v1/events/appointments/leads",
        "PUT /v1/amenities/properties/{id}",
        "POST /crm/v1/communications/",
    }
)


_BOUNDS = re.compile(
    r'"((?:min|max)(?:imum|Length|Items|Properties)|exclusiveMinimum|anyOf'
    r'|format": "[a-z-]+|type": "[a-z]+)"'
)


def bounds(operation: Operation) -> set[str]:
    """Return the limits, formats and types that the operation's body has somewhere inside."""
    (api,) = (each for each in APIS if each.name == "propexo")
    seen: dict[str, Any] = {}

    def look(node: Any) -> None:
        for key, inner in node.items() if isinstance(node, dict) else enumerate(node):
            if key == "$ref" and inner not in seen:
                seen[inner] = api.catalogue.document.resolve(node)
                look(seen[inner])
            elif isinstance(inner, (dict, list)):
                look(inner)

    look(operation.body)
    return {*_BOUNDS.findall(json.dumps([operation.body, seen]))}


def test_the_edges_that_are_tried_have_all_there_is() -> None:
    generic = [each for name, each in KEYS if name == "propexo" and each.body and not each.vendor]
    every = set().union(*map(bounds, generic))
    assert every == set().union(*(bounds(each) for each in generic if each.key in EDGES))


def is_tried_in_brief(operation: Operation) -> bool:
    """Say whether the edges of the operation's schemas are left to a longer search.

    What PMSs take differs little from the generic operation, and all lists are asked for by the
    same parameters.
    """
    return EXAMPLES < _MANY and operation.key not in EDGES


@pytest.mark.parametrize(("name", "operation"), KEYS, ids=[each.key for _, each in KEYS])
def test_every_answer_is_promised(
    name: str, operation: Operation, fuzzed: Mapping[tuple[str, bool], Fuzzed]
) -> None:
    is_brief = name == "propexo" and is_tried_in_brief(operation)
    fuzzed[name, is_brief].try_operation(operation.key)


@pytest.mark.parametrize("name", [api.name for api in VENDORS])
def test_calls_that_follow_from_answers_are_answered_as_promised(
    name: str, fuzzed: Mapping[tuple[str, bool], Fuzzed]
) -> None:
    as_set = settings(
        max_examples=EXAMPLES,
        stateful_step_count=6,
        suppress_health_check=[HealthCheck.filter_too_much],
    )
    run_state_machine_as_test(fuzzed[name, False].machine(), settings=as_set)
