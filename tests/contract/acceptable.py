"""What makes a call acceptable that a schema finds valid: ids of records that exist, mostly."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from schemathesis import Case as Generated
from schemathesis.core.parameters import ParameterLocation

from mock_server.contract.document import Schema
from mock_server.contract.operation import Operation
from mock_server.contract.resource import types_of
from mock_server.engine import jobs
from tests.contract import paths, valid_calls
from tests.contract.case import Case
from tests.contract.demands import beyond_the_schema
from tests.contract.grounds import Ground

# No schema says which fields a list can be ordered by.
_ORDER = "id:desc"
# What behaviours may demand of a body, taken from a full valid one where it was not generated.
_DEMANDED = (
    "call_phone_number_from",
    "call_phone_number_to",
    "call_status",
    "call_duration",
    "call_audio_link",
    "agent_id",
    "attribution_id",
    "event_datetime",
    "time_from",
    "time_to",
    "notes",
    "email_subject",
    "email_body",
    "email_from",
    "rent_amount_in_cents",
    "appointment_date",
)

# What is no use generated: files in base64, and items whose alternatives hide what they refer to.
_NEVER_INVENTED = ("attachment", "attachments", "purchase_order_items")


def made_acceptable(known: Case, case: Generated) -> Generated:
    """Return a call that was meant to be valid with what no schema says: real ids, above all."""
    if case.meta is None:
        return case
    ground = _ground(known, case)
    if known.operation.path_names and not case.meta.is_negative_at(ParameterLocation.PATH):
        case.path_parameters = _acceptable_path(known, ground, case)
    if isinstance(case.body, dict) and not case.meta.is_negative_at(ParameterLocation.BODY):
        case.body = _acceptable_body(known.operation, ground, case.body)
        _make_available(known, case.body)
    elif known.operation.lenient:
        # A body that is wrong by unknown fields alone would be right with these dropped.
        case.query = {**(case.query or {}), known.operation.lenient: "false"}
    if not case.meta.is_negative_at(ParameterLocation.QUERY):
        case.query = _acceptable_query(known, case.query or {})
    return case


def _make_available(known: Case, body: Mapping[str, Any]) -> None:
    """Free the rentable item of a body, which an earlier call may have assigned."""
    item_id = body.get("rentable_item_id")
    if item_id is not None and known.operation.path.startswith("/v1/rentable-items/"):
        known.in_world(
            lambda world: known.api.records(world, "rentable_items").patch(
                item_id, {"is_available": True}
            )
        )


def _acceptable_query(known: Case, given: Mapping[str, Any]) -> dict[str, Any]:
    query = {**known.valid_query, **given}
    if "order-by" in query:
        query["order-by"] = _ORDER
    if known.operation.resource is None:
        query.pop("integration_id", None)  # No filter here: it has to be one there is.
    if "property_id" not in query:
        query.pop("unit_number", None)  # One is only taken beside the other.
    return query


def _ground(known: Case, case: Generated) -> Ground:
    """Return the integration that the call already speaks of, if the operation can work there."""
    body = case.body if isinstance(case.body, dict) else {}
    records = {each["id"]: each for each in known.seeded()} if known.operation.resource else {}
    named = records.get(next(iter((case.path_parameters or {}).values()), None), body)
    for each in known.grounds:
        is_named = each.integration and each.integration["id"] == named.get("integration_id")
        is_free = each.rules is known.operation
        if is_named and is_free and paths.has_path(each, known.operation):
            return each
    return known.ground


def _acceptable_path(known: Case, ground: Ground, case: Generated) -> dict[str, Any]:
    given = {**(case.path_parameters or {})}
    if "root_job_id" in given and _names_a_job(known, given["root_job_id"]):
        return given
    chosen = {name: paths.choices(ground, known.operation, name) for name in given}
    if len(given) == 1 and all(given[name] in chosen[name] for name in given):
        return given
    return {**(paths.path_of(ground, known.operation) or known.valid_path)}


def _names_a_job(known: Case, job_id: object) -> bool:
    """Say whether there is such a write; of one to be tried again also whether it failed."""
    job = known.in_world(lambda world: jobs.find(world, str(job_id)))
    is_read = known.operation.method == "GET"
    return job is not None and (is_read or job.outcome.write_status == jobs.FAILURE)


@cache
def _full(ground: Ground, operation: Operation) -> dict[str, Any]:
    return valid_calls.body(ground, operation, full=True)


def _acceptable_body(
    operation: Operation, ground: Ground, generated: Mapping[str, Any]
) -> dict[str, Any]:
    full = _full(ground, operation)
    if ground.rules is not operation:
        return {**full}  # Whatever is generic may be too wide for the one PMS that is left.
    body = _with_records(ground, ground.schema, generated)
    if operation.resource in {"events", "crm_events", "crm_appointments"}:
        body = {**{name: full[name] for name in _DEMANDED if name in full}, **body}
    body.update(valid_calls.besides(ground, operation, body))
    demanded = beyond_the_schema(ground, operation, {**full, **body})
    optional = {"status", "email_to"} - {*body}
    body.update({name: full[name] for name in _NEVER_INVENTED if name in body and name in full})
    if {"start_time", "end_time"} <= body.keys():
        # A stretch ends within thirty days of its start; which instant it begins at is free.
        body["end_time"] = body["start_time"]
    return {**body, **{name: demanded[name] for name in demanded if name not in optional}}


def _with_records(ground: Ground, schema: Schema, value: Any) -> Any:
    """Return the value with every id in it naming a record of one integration."""
    schema = ground.api.catalogue.document.resolve(schema)
    stated = ground.api.catalogue.reference(schema)
    if stated and value is not None:
        found = ground.of(*stated)[0]["id"]
        return [found] * len(value) if "array" in types_of(schema) else found
    if isinstance(value, dict):
        known = schema.get("properties", {})
        fillable = [key for key in value if ground.fills(known.get(key, {}))]
        return {key: _with_records(ground, known.get(key, {}), value[key]) for key in fillable}
    if isinstance(value, list):
        return [_with_records(ground, schema.get("items", {}), each) for each in value]
    return value
