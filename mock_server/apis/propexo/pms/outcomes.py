"""How a write will end: as an order says, else as magic words in its body say, else well."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mock_server.apis.propexo.kept import records
from mock_server.apis.propexo.pms import failures, magic
from mock_server.contract.operation import Operation
from mock_server.engine.call import Call
from mock_server.engine.jobs import FAILURE, PARTIAL_SUCCESS, SUCCESS, WELL, Outcome
from mock_server.engine.references import singular
from mock_server.world.records import Record
from mock_server.world.world import World

# What goes wrong where nobody says what.
_KINDS = {PARTIAL_SUCCESS: "partial", FAILURE: "validation"}
_VERBS = {"POST": "create", "PUT": "update", "DELETE": "delete"}


@dataclass(frozen=True)
class PlannedOutcome:
    """How a write will end, and after how many seconds; None leaves that to the settings."""

    outcome: Outcome = WELL
    after_seconds: float | None = None


def plan(call: Call, world: World, integration: Record) -> PlannedOutcome:
    """Return how a write that is being accepted will end."""
    facts = facts_of(call)
    order = ordered(world, call.operation, integration.get("id"))
    if order is not None:
        return as_ordered(order, str(integration.get("vendor")), facts)
    spell = magic.spell(call.body)
    if spell is None:
        return PlannedOutcome()
    vendor = str(integration.get("vendor"))
    said = failures.errors(vendor, spell.kind, **facts) if spell.kind else ()
    return PlannedOutcome(Outcome(spell.write_status, tuple(said)), spell.after_seconds)


def ordered(world: World, operation: Operation, integration_id: object) -> Record | None:
    """Return the first order that is for such a write, and count it as used."""
    orders = records(world, "outcomes")
    names = {None, operation.key, operation.generic}
    for each in orders.all():
        is_left = each["times"] is None or each["used"] < each["times"]
        is_for = each["operation"] in names and each["integration_id"] in {None, integration_id}
        if is_left and is_for:
            orders.patch(each["id"], {"used": each["used"] + 1})
            return each
    return None


def as_ordered(order: Record, vendor: str, facts: Mapping[str, str]) -> PlannedOutcome:
    """Return how a write ends that an order is for."""
    status = order["write_status"]
    said = order["errors"]
    if said is None:
        said = failures.errors(vendor, _KINDS[status], **facts) if status != SUCCESS else []
    return PlannedOutcome(Outcome(status, tuple(said)), order["after_seconds"])


def facts_of(call: Call) -> dict[str, str]:
    """Return what an error tells of a write: what it was about, and what was to be done."""
    model = singular(call.operation.resource or "record")
    names = (call.body.get(each) for each in ("name", "title", "last_name"))
    name = next((each for each in names if isinstance(each, str)), None)
    verb = _VERBS.get(call.operation.method, "write")
    return {"model": model, "operation": verb, **({"name": name} if name else {})}


def ailing(vendor: str, kind: str, facts: Mapping[str, Any]) -> Outcome:
    """Return how every write ends at a PMS that is not well."""
    return Outcome(FAILURE, tuple(failures.errors(vendor, kind, **facts)))
