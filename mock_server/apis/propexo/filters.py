"""What the filters of a list demand of one another, where the contract cannot say it."""

from collections.abc import Iterator

from mock_server.contract.kinds import Kind
from mock_server.contract.problems import Problem
from mock_server.engine.call import Call
from mock_server.engine.refusals import broken

# An id of the PMS is unique within a property of an integration only (guide: filtering results).
_BESIDE_PMS_IDS = ("integration_id", "x_property_id")


def demands(call: Call) -> Iterator[Problem]:
    """Yield the filters that must stand beside another one.

    A unit's number means something at one property only. What must stand beside an `x_` filter is
    asked for when strict (guide: filtering results).
    """
    if call.operation.kind is not Kind.LIST:
        return
    given = {name for name, value in call.question.values.items() if value is not None}
    if "unit_number" in given and "property_id" not in given:
        yield broken("property_id", "is required beside unit_number")
    if call.settings.strict:
        yield from _beside_pms_ids(call, given)


def _beside_pms_ids(call: Call, given: set[str]) -> Iterator[Problem]:
    known = {each.name for each in call.operation.query}
    asking = sorted(name for name in given if name.startswith("x_") and name != "x_property_id")
    for name in _BESIDE_PMS_IDS:
        if asking and name in known and name not in given:
            yield broken(name, f"is required beside {asking[0]}")
