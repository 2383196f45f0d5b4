"""What a PMS makes of a lead that is written: names for ids, and the events that came along."""

from collections.abc import Iterator, Mapping
from typing import Any

from mock_server.apis.propexo import writes
from mock_server.apis.propexo.drafts import draft, named
from mock_server.apis.propexo.fitting import dated
from mock_server.apis.propexo.records import events
from mock_server.contract.kinds import Kind
from mock_server.engine.call import Call, Reply
from mock_server.engine.changes import Change, added, patched
from mock_server.world.records import Record
from mock_server.world.world import World

# Fields of the request that the record shows under another name.
_SHOWN_AS = {
    "desired_move_in_date": "target_move_in_date",
    "desired_bedrooms": "desired_num_bedrooms",
    "status_raw": "status",
    "floor_plan_id": "desired_floor_plan_id",
}


_NEW = "New"


def create(call: Call, world: World) -> Reply:
    """Queue a new lead, and with it the events that its body carries."""
    lead = draft(call, world, _details(call, world))
    change = added(call, "leads", lead)
    return writes.settle(call, world, change, *_events(call, world, lead))


def update(call: Call, world: World) -> Reply:
    """Queue the changes of a lead, and the events that the body carries."""
    changes = draft(call, world, _details(call, world))
    lead = {**(call.records(world).get(call.record_id) or {}), **changes}
    change = patched(call, "leads", call.record_id, changes)
    return writes.settle(call, world, change, *_events(call, world, lead))


def _details(call: Call, world: World) -> dict[str, Any]:
    body = call.body
    details: dict[str, Any] = {
        shown: _as_shown(shown, body[sent]) for sent, shown in _SHOWN_AS.items() if sent in body
    }
    details.update(_people(call, world))
    details.update(_wishes(call, world))
    if "desired_bathrooms" in body and body["desired_bathrooms"].replace(".", "", 1).isdigit():
        details["desired_num_bathrooms"] = float(body["desired_bathrooms"])
    if "number_of_additional_occupants" in body and "number_of_occupants" not in body:
        details["number_of_occupants"] = 1 + body["number_of_additional_occupants"]
    if call.operation.kind is Kind.CREATE:
        details["pet_details"] = _pets(body)
        # A PMS gives every new lead its first status (assumed).
        details.setdefault("status", _NEW)
    return details


def _people(call: Call, world: World) -> Iterator[tuple[str, Any]]:
    employee = named(call, world, "employees", call.body.get("employee_id"))
    if employee:
        yield "leasing_agent", employee["name"]
        yield "x_leasing_agent_id", employee["x_id"]
    source = named(call, world, "lead_sources", call.body.get("lead_source_id"))
    if source:
        yield "lead_source", source["name"]
        yield "x_lead_source_id", source["x_id"]


def _wishes(call: Call, world: World) -> Iterator[tuple[str, Any]]:
    plan = named(call, world, "floor_plans", call.body.get("floor_plan_id"))
    if plan:
        yield "desired_floor_plan_id", plan["x_id"]
        yield "desired_floor_plan_name", plan["name"]
    ids = call.body.get("desired_unit_ids") or [call.body.get("unit_id")]
    units = [unit for each in ids if (unit := named(call, world, "units", each))]
    if units:
        yield "unit_id_preferred", [unit["id"] for unit in units]
        yield "x_unit_id_preferred", [unit["x_id"] for unit in units]
        yield "x_unit_id", units[0]["x_id"]
        yield "desired_unit_number", units[0]["number"]


def _pets(body: Mapping[str, Any]) -> str | None:
    kinds = {"has_cats": "cats", "has_dogs": "dogs", "has_other_pets": "other pets"}
    kept = [name for field, name in kinds.items() if body.get(field)]
    return ", ".join(kept).capitalize() or None


def _as_shown(field: str, value: Any) -> Any:
    return dated(value) if field.endswith("_date") else value


def _events(call: Call, world: World, lead: Record) -> Iterator[Change]:
    for sent in call.body.get("events", ()):
        event = events.brought_along(call, world, lead, sent)
        yield added(call, "events", event)
