"""Job schedules: how often an integration is synced, and whether it is at all."""

from mock_server.apis.propexo import envelopes
from mock_server.apis.propexo.admin.belonging import found_within
from mock_server.apis.propexo.portfolio.configuration import SYNC
from mock_server.contract.json_text import write_json
from mock_server.engine.call import Call, Reply
from mock_server.world.clock import iso
from mock_server.world.identifiers import cuid
from mock_server.world.queries import where
from mock_server.world.records import Record
from mock_server.world.world import World

_RESOURCE = "job_schedules"


def fetch(call: Call, world: World) -> Reply:
    """Answer a schedule of the path's integration."""
    schedule = found_within(call, world)
    fields = call.records(world).resource.fields
    return envelopes.one(call, write_json({name: schedule[name] for name in fields}))


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
            "last_run": integration.get("last_completed_sync"),
        }
        records.add({**model, **_rhythm(integration), **own})


def follow(call: Call, world: World, integration: Record) -> None:
    """Let an integration's schedules say what the integration says."""
    records, now = call.records(world, _RESOURCE), iso(world.clock.now())
    for each in records.all(where(integration_id=integration["id"])):
        changes = {**_rhythm(integration), "updated_at": now}
        if each["last_run"] is None:
            changes["last_run"] = integration.get("last_completed_sync")
        records.patch(each["id"], changes)


def _rhythm(integration: Record) -> Record:
    return {
        "status": "ACTIVE" if integration["active"] else "INACTIVE",
        "sync_frequency": integration["sync_frequency"],
        "sync_cadence": integration["sync_cadence"],
    }
