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
from tests.contract import valid_calls
from tests.contract.case import Case
from tests.contract.valid_calls import Ground, can_be_filled

# No schema says which fields a list can be ordered by.
_ORDER = "updated_at:desc,id"
# What behaviours may demand of a body, taken from a full valid one where it was not generated.
_DEMANDED = (
    "call_phone_number_from",
    "call_phone_number_to",
    "call_status",
    "call_duration",
    "call_audio_link",
    "email_from",
    "rent_amount_in_cents",
    "appointment_date",
)


def made_acceptable(known: Case, case: Generated) -> Generated:
    """Return a call that was meant to be valid with what no schema says: real ids, above all."""
    if case.meta is None:
        return case
    ground = _ground(known, case)
    if known.operation.path_names and not case.meta.is_negative_at(ParameterLocation.PATH):
        case.path_parameters = _acceptable_path(known, ground, case)
    if isinstance(case.body, dict) and not case.meta.is_negative_at(ParameterLocation.BODY):
        case.body = _acceptable_body(known.operation, ground, case.body)
    if not case.meta.is_negative_at(ParameterLocation.QUERY):
        case.query = {**known.valid_query, **(case.query or {})}
        if "order-by" in case.query:
            case.query["order-by"] = _ORDER
    return case


def _ground(known: Case, case: Generated) -> Ground:
    """Return the integration that the call already speaks of, if the operation can work there."""
    body = case.body if isinstance(case.body, dict) else {}
    records = {each["id"]: each for each in known.seeded()} if known.operation.resource else {}
    named = records.get(next(iter((case.path_parameters or {}).values()), None), body)
    for each in known.grounds:
        is_named = each.integration and each.integration["id"] == named.get("integration_id")
        if is_named and (known.operation.resource is None or each.path_records(known.operation)):
            return each
    return known.ground


def _acceptable_path(known: Case, ground: Ground, case: Generated) -> dict[str, Any]:
    given = {**(case.path_parameters or {})}
    exists = _names_a_record if known.operation.resource else _names_a_job
    return given if exists(known, ground, next(iter(given.values()))) else {**known.valid_path}


def _names_a_record(known: Case, ground: Ground, record_id: object) -> bool:
    return any(each["id"] == record_id for each in ground.path_records(known.operation))


def _names_a_job(known: Case, _: Ground, job_id: object) -> bool:
    return known.in_world(lambda world: jobs.find(world, str(job_id))) is not None


@cache
def _full(ground: Ground, operation: Operation) -> dict[str, Any]:
    return valid_calls.body(ground, operation, full=True)


def _acceptable_body(
    operation: Operation, ground: Ground, generated: Mapping[str, Any]
) -> dict[str, Any]:
    body = _with_records(ground, operation.body or {}, generated)
    full = _full(ground, operation)
    if operation.resource == "events":
        body = {**{name: full[name] for name in _DEMANDED if name in full}, **body}
    for name in ("event_id", "status", "postcode"):
        if name in full and (name in body or name != "status"):
            body[name] = full[name]
    if "email_to" in body:
        body["email_to"] = full["email_to"]
    return body


def _with_records(ground: Ground, schema: Schema, value: Any) -> Any:
    """Return the value with every id in it naming a record of one integration."""
    schema = ground.api.catalogue.document.resolve(schema)
    stated = ground.api.catalogue.reference(schema)
    if stated and value is not None:
        found = ground.of(*stated)[0]["id"]
        return [found] * len(value) if "array" in types_of(schema) else found
    if isinstance(value, dict):
        known = schema.get("properties", {})
        fillable = [key for key in value if can_be_filled(ground, known.get(key, {}))]
        return {key: _with_records(ground, known.get(key, {}), value[key]) for key in fillable}
    if isinstance(value, list):
        return [_with_records(ground, schema.get("items", {}), each) for each in value]
    return value
