"""Job schedules: how often an integration is synced, and whether it is at all."""

from mock_server.apis.propexo import envelopes
from mock_server.apis.propexo.admin.belonging import found_within
from mock_server.apis.propexo.interfaces import SYNC
from mock_server.apis.propexo.syncs import schedule
from mock_server.contract.json_text import write_json
from mock_server.engine.call import Call, Reply
from mock_server.engine.moment import Moment
from mock_server.world.clock import iso
from mock_server.world.identifiers import cuid
from mock_server.world.queries import where
from mock_server.world.records import Record
from mock_server.world.world import World

_RESOURCE = "job_schedules"


def fetch(call: Call, world: World) -> Reply:
    """Answer a schedule of the path's integration."""
    one = found_within(call, world)
    fields = call.records(world).resource.fields
    return envelopes.one(call, write_json({name: one[name] for name in fields}))


def begin(call: Call, world: World, integration: Record, *, based_on: object = None) -> None:
    """Give a new integration the schedules of the one it is based on, or else one of its own."""
    records, random = call.records(world, _RESOURCE), world.random()
    models = records.all(where(integration_id=based_on)) if based_on else []
    for model in models or [{"job_type": SYNC, "parameters": {}}]:
        now = iso(world.clock.now())
        own = {
            "id": cuid(random),
            "integration_id": integration["id"],
            "created_at": now,
            "updated_at": now,
            "last_run": None,
        }
        added = records.add({**model, **_rhythm(integration), **own, "plan": 0})
        schedule.plan(Moment(world, world.clock.now(), call.settings), added)


def first_of(call: Call, world: World, integration: Record) -> str | None:
    """Return the id of the schedule to which an integration's first sync belongs (inferred)."""
    known = call.records(world, _RESOURCE).first(where(integration_id=integration["id"]))
    return None if known is None else str(known["id"])


def follow(call: Call, world: World, integration: Record) -> None:
    """Let an integration's schedules say what the integration says, from now on."""
    records, now = call.records(world, _RESOURCE), world.clock.now()
    for each in records.all(where(integration_id=integration["id"])):
        rhythm = _rhythm(integration)
        if any(each.get(name) != value for name, value in rhythm.items()):
            changed = {**each, **rhythm, "updated_at": iso(now)}
            records.patch(each["id"], changed)
            schedule.plan_anew(Moment(world, now, call.settings), changed)


def _rhythm(integration: Record) -> Record:
    is_on = integration["active"] and not integration["is_archived"]
    return {
        "status": "ACTIVE" if is_on else "INACTIVE",
        "sync_frequency": integration["sync_frequency"],
        "sync_cadence": integration["sync_cadence"],
        "week": _week(integration),
    }


def _week(integration: Record) -> Record | None:
    """Return the week of slots that an integration is synced in, None where it has none in use."""
    is_used = integration.get("use_custom_sync_schedule")
    return integration.get("custom_sync_schedule") if is_used else None
