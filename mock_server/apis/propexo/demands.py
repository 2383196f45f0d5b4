"""What Propexo demands of a call beyond what its contract's schemas can say."""

from collections.abc import Iterator

from mock_server.apis.propexo import conditions, filters, pms_rules
from mock_server.contract.operation import Operation
from mock_server.contract.problems import Problem
from mock_server.engine.call import Call


def of(call: Call, binding: Operation) -> Iterator[Problem]:
    """Yield what is wrong with a list's filters, and with a body by the rules of its PMS."""
    yield from filters.demands(call)
    yield from conditions.problems(call, binding)
    yield from pms_rules.demands(call, binding)
