"""What fields of a body demand of one another: what is lacking beside what was made."""

from collections.abc import Iterator, Mapping
from typing import Any

from mock_server.apis.propexo import pms_rules
from mock_server.contract.kinds import Kind
from mock_server.contract.operation import Operation
from tests.contract.grounds import Ground

Body = Mapping[str, Any]
_MUCH_LATER = "2027-04-01T15:30:00.000Z"


def lacking(ground: Ground, operation: Operation, made: Body) -> Iterator[str]:
    """Yield the fields that a body needs beside those that the schema requires."""
    is_free = ground.rules is operation and operation.resource not in pms_rules.SELF_EXPLAINED
    if is_free and operation.kind is Kind.CREATE:
        known = pms_rules.most_required(ground.api.catalogue, operation.key)
        yield from (name for name in known if made.get(name) is None)
    yield from lacking_beside(ground.rules, made)


def lacking_beside(rules: Operation, made: Body) -> Iterator[str]:
    """Yield the fields that others demand beside them, or in their absence."""
    for each in (rules.body or {}).get("x-conditions", ()):
        if _applies(each, made):
            yield from (name for name in each.get("required", ()) if name not in made)


def in_order(ground: Ground, made: Body) -> dict[str, str]:
    """Return the later ones of the days that have to be in order."""
    conditions = ground.schema.get("x-conditions", ())
    stated = [each["in_order"] for each in conditions if "in_order" in each]
    return {late: _MUCH_LATER for early, late in stated if {early, late} <= {*made}}


def _applies(condition: Mapping[str, Any], made: Body) -> bool:
    if "unless" in condition:
        return condition["unless"] not in made
    value = made.get(condition.get("when", ""), "" if "when" not in condition else None)
    return value is not None and value in condition.get("is", [value])
