"""What makes a call of the sandbox's own operations acceptable that a schema finds valid."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from schemathesis import Case as Generated
from schemathesis.core.parameters import ParameterLocation

from mock_server.control.durations import LONGEST, span
from mock_server.world.clock import iso
from tests.contract.control_case import ControlCase

# The fields that may be whatever their schema says, by operation: all others have to fit the
# world, each other or a contract of Propexo's, so that they come from a good example.
_FREE: Mapping[str, tuple[str, ...]] = {
    "POST /__admin/clock/advance": ("by", "most"),
    "POST /__admin/worlds": ("seed", "settings"),
    "POST /__admin/snapshots": ("name",),
    "POST /__admin/faults": ("times", "message"),
    "POST /sandbox/webhooks/faults": ("times", "seconds"),
    "POST /sandbox/leadpro/webhooks": ("events", "active"),
    "PATCH /sandbox/leadpro/webhooks/{webhook_id}": ("events", "active"),
    "POST /sandbox/webhooks/fire": ("body",),
    "POST /sandbox/outcomes": ("times", "errors", "after"),
    "PUT /sandbox/pms/{integration_id}/login": ("works",),
    "PUT /sandbox/pms/{integration_id}/down": ("for",),
}
_SPANS = ("by", "most", "after", "for")
# Instants have to lie ahead, but no more than a year, and each call may have moved the clock.
_INSTANTS = ("to", "freeze")
# To reset every world would take what is planted along with it.
_NEVER_ASKED = ("all",)
_EVENTS = {"propexo": "DATA_NEW", "leadpro": "lead.created"}


def made_acceptable(known: ControlCase, case: Generated) -> Generated:
    """Return a call that was meant to be valid with what no schema says: what there is."""
    if case.meta is None:
        return case
    if known.operation.path_names and not case.meta.is_negative_at(ParameterLocation.PATH):
        case.path_parameters = {name: known.named(name) for name in known.operation.path_names}
    if isinstance(case.body, dict) and not case.meta.is_negative_at(ParameterLocation.BODY):
        case.body = _acceptable_body(known, case.body)
    if not case.meta.is_negative_at(ParameterLocation.QUERY):
        case.query = _acceptable_query(case.query or {})
    return case


def _acceptable_query(generated: Mapping[str, Any]) -> dict[str, Any]:
    query = {name: each for name, each in generated.items() if name not in _NEVER_ASKED}
    if query.get("api", "propexo") not in _EVENTS:
        query["api"] = "propexo"
    if "event" in query:
        query["event"] = _EVENTS[query.get("api", "propexo")]
    return query


def _acceptable_body(known: ControlCase, generated: Mapping[str, Any]) -> dict[str, Any]:
    """Return the good example that is most like the body, with the body's own free fields."""
    example: dict[str, Any] = max(known.bodies, key=lambda each: len({*each} & {*generated}))
    free = _FREE.get(known.operation.key, ())
    own = {name: generated[name] for name in free if name in generated and name in example}
    short = {name: each for name, each in own.items() if name not in _SPANS or _is_short(each)}
    # A lead is led on `to` a stage, which is no instant.
    instants = [name for name in _INSTANTS if str(example.get(name)).endswith("Z")]
    return {**example, **short, **dict.fromkeys(instants, _tomorrow(known))}


def _tomorrow(known: ControlCase) -> str:
    return known.in_world(lambda world: iso(world.clock.now() + timedelta(days=1)))


def _is_short(text: str | None) -> bool:
    try:
        return text is None or span(text) <= LONGEST
    except OverflowError:
        return False
