"""What a PMS makes of a service request: texts for ids, who works on it, and its history."""

from collections.abc import Mapping
from typing import Any

from mock_server.apis.propexo import addressees, writes
from mock_server.apis.propexo.drafts import draft, named
from mock_server.apis.propexo.fitting import dated
from mock_server.apis.propexo.records.changes import companion, part
from mock_server.contract.kinds import Kind
from mock_server.engine.call import Call, Reply
from mock_server.engine.changes import added, joined, patched
from mock_server.engine.references import found
from mock_server.engine.refusals import Invalid, broken
from mock_server.world.clock import iso
from mock_server.world.records import Record
from mock_server.world.world import World

# What is sent as an id of one resource is shown as the name of that record.
_NAMED = {
    "service_request_category_id": ("service_request_categories", "service_category"),
    "service_request_priority_id": ("service_request_priorities", "service_priority"),
    "service_request_status_id": ("service_request_statuses", "status_raw"),
    "service_request_problem_id": ("service_request_problems", "service_description"),
}
# What is sent under the first name is shown under the second.
_SHOWN_AS = {
    "due_date": "date_due",
    "scheduled_start_date": "date_scheduled",
    "date_entered": "date_created",
}
_STATUSES = {"InProgress": "In Progress"}
# Reference: update service request of these.
_WITH_HISTORY = frozenset({"REALPAGE_RPX"})
_MAY_ENTER = "ENTER_AT_ANY_TIME"


def request(call: Call, world: World) -> Record:
    """Return what a service request shows besides the fields of the same name."""
    details = {**_worded(call, world), **_staffed(call, world), **_home(call, world)}
    if call.operation.kind is Kind.CREATE:
        now = iso(world.clock.now())
        asked = {**call.body, **details}
        details["status_raw"] = asked.get("status_raw") or "New"
        details["date_created"] = dated(asked.get("date_created")) or now
    return details


def update(call: Call, world: World) -> Reply:
    """Queue the changes of a service request; a few PMSs add an entry to its history as well."""
    asked = found(call, world)
    changed = draft(call, world, request(call, world))
    change = patched(call, "service_requests", asked["id"], changed)
    if addressees.vendor_of(call, world) not in _WITH_HISTORY:
        return writes.settle(call, world, change)
    told = {
        "service_request_id": asked["id"],
        "x_service_request_id": asked["x_id"],
        "status_raw": changed.get("status_raw") or asked["status_raw"],
        "notes": call.body.get("completion_notes") or "",
    }
    entry = companion(call, world, "service_request_history", asked, **told)
    shown = part(call, world, "service_requests", "history", entry)
    joining = joined(call, "service_requests", asked["id"], {"history": [shown]})
    entering = added(call, "service_request_history", entry)
    return writes.settle(call, world, change, entering, joining)


def record_history(call: Call, world: World) -> Reply:
    """Queue an entry of a request's history, which the request shows from then on as well."""
    body = call.body
    asked = named(call, world, "service_requests", body.get("service_request_id"))
    if not asked:
        raise Invalid(
            [
                broken(
                    "service_request_id",
                    "is required: it says which service request the history belongs to",
                )
            ]
        )
    author = named(call, world, "employees", body.get("employee_id"))
    creator = author.get("name") or body.get("contact_first_name")
    entry = draft(call, world, {"creator_name": creator})
    shown = part(call, world, "service_requests", "history", entry)
    values: dict[str, Any] = {"history": [shown]}
    if "status_raw" in body:
        values["status_raw"] = body["status_raw"]
    change = joined(call, "service_requests", asked["id"], values)
    return writes.settle(call, world, added(call, "service_request_history", entry), change)


def _worded(call: Call, world: World) -> Record:
    body = call.body
    details: Record = {
        shown: dated(body[sent]) for sent, shown in _SHOWN_AS.items() if body.get(sent)
    }
    for field, (resource, shown) in _NAMED.items():
        record = named(call, world, resource, body.get(field))
        if record and shown not in body:
            details[shown] = record["name"]
    if "service_status" in body and "status_raw" not in body:
        details["status_raw"] = _STATUSES.get(body["service_status"], body["service_status"])
    if "access_is_authorized_value" in body:
        details["access_is_authorized"] = body["access_is_authorized_value"] == _MAY_ENTER
    return details


def _staffed(call: Call, world: World) -> Record:
    """Return which vendor and which employee the request is given to."""
    details: Record = {}
    vendor = named(call, world, "vendors", call.body.get("vendor_id"))
    if vendor:
        details["vendors"] = [{"vendor_id": vendor["id"]}]
        details["associated_vendor_ids"] = [vendor["id"]]
    employee = named(call, world, "employees", call.body.get("employee_id"))
    if employee:
        known = part(call, world, "service_requests", "employees", employee)
        details["employees"] = [{**known, **_of(employee, known)}]
    return details


def _of(record: Record, shown: Mapping[str, Any]) -> Record:
    return {name: record[name] for name in shown if name in record}


def _home(call: Call, world: World) -> Record:
    """Return the unit: the one that is named, else that of the lease or of the resident's."""
    body = call.body
    resident = named(call, world, "residents", body.get("resident_id"))
    lease = named(call, world, "leases", body.get("lease_id") or resident.get("lease_id"))
    unit = named(call, world, "units", body.get("unit_id") or lease.get("unit_id"))
    if not unit:
        return {}
    return {"unit_id": unit["id"], "x_unit_id": unit["x_id"], "unit_number": unit["number"]}
