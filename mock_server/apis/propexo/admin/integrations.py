"""Integrations, the connections to property systems: made, cloned, changed and put away."""

from collections.abc import Mapping
from typing import Any

from mock_server.apis.propexo import envelopes
from mock_server.apis.propexo.admin import schedules
from mock_server.apis.propexo.interfaces import reads_of
from mock_server.apis.propexo.syncs import sync
from mock_server.contract.json_text import read_json, write_json
from mock_server.engine.call import Call, Reply, reply
from mock_server.engine.moment import Moment
from mock_server.engine.references import found
from mock_server.engine.refusals import Invalid, broken
from mock_server.world.clock import iso
from mock_server.world.identifiers import cuid
from mock_server.world.records import Record
from mock_server.world.world import World

_MOMENTARY = ("is_running_sync", "is_running_data_access_check")
_CUSTOMER_ID = "clwgz3h5k000008jtd6p0a1qe"
# What a call may set. Credentials are compared with their shape and then forgotten.
_SETTINGS = (
    "name",
    "active",
    "sync_frequency",
    "sync_cadence",
    "max_request_cadence",
    "max_request_frequency",
    "max_job_concurrency",
    "base_url",
    "new_properties_are_enabled",
    "custom_sync_schedule",
    "use_custom_sync_schedule",
)
# What an integration takes over from the one it is based on (guide: integration cloning).
_CLONED = (*_SETTINGS[2:], "integration_interfaces", "models")


def fetch(call: Call, world: World) -> Reply:
    """Answer an integration with its momentary state; an unknown id answers null (inferred)."""
    records = call.records(world)
    integration = records.get(call.record_id)
    if integration is None:
        return envelopes.one(call, "null")
    shown = (*records.resource.fields, *_MOMENTARY)
    whole = {name: integration.get(name, False) for name in shown}
    return envelopes.one(call, write_json(whole))


def create(call: Call, world: World) -> Reply:
    """Connect a PMS, switched off unless `active` says otherwise."""
    model = _model(call, world)
    integration = {
        **_new(call, world),
        **{name: call.body[name] for name in _SETTINGS if name in call.body},
        **{name: model[name] for name in _CLONED if name in model},
        **_sent(call),
    }
    added = call.records(world).add(integration)
    schedules.begin(call, world, added, based_on=model.get("id"))
    _sync_first(call, world, added)
    return reply({"result": _shown(call, added)})


def update(call: Call, world: World) -> Reply:
    """Change what was sent; switching an integration on brings its first sync."""
    integration = found(call, world)
    _refuse_other_vendor(call, integration)
    changes = {**_sent(call), "updated_at": iso(world.clock.now())}
    changed = {**integration, **changes}
    call.records(world).patch(integration["id"], changes)
    schedules.follow(call, world, changed)
    _sync_first(call, world, changed)
    return reply({"result": _shown(call, changed)})


def archive(call: Call, world: World) -> Reply:
    """Put an integration away and switch it off; its records stay (assumed)."""
    gone = {"is_archived": True, "active": False, "updated_at": iso(world.clock.now())}
    archived = {**found(call, world), **gone}
    call.records(world).patch(archived["id"], gone)
    schedules.follow(call, world, archived)
    return reply({"success": True})


def _new(call: Call, world: World) -> Record:
    now, vendor = iso(world.clock.now()), call.body["integration_vendor"]
    return {
        **reads_of(vendor),
        "id": cuid(world.random()),
        "created_at": now,
        "updated_at": now,
        "vendor": vendor,
        "system": "SANDBOX",
        "can_authenticate": True,
        "allow_manual_syncs": True,
        "is_archived": False,
        "configuration_meta_data": [],
    }


def _model(call: Call, world: World) -> Record:
    """Return the integration to clone, nothing where none is named; raises `Invalid`."""
    named = call.body.get("based_on_integration_id")
    if named is None:
        return {}
    model, vendor = call.records(world).get(named) or {}, call.body["integration_vendor"]
    if model.get("vendor") != vendor:
        advice = f"the integration {named!r} is {model.get('vendor')}, not {vendor}"
        raise Invalid([broken("based_on_integration_id", advice, named)])
    return model


def _sent(call: Call) -> Record:
    """Return the settings that the caller wrote, without the defaults of those left out."""
    written = read_json(call.content.decode())
    return {name: call.body[name] for name in _SETTINGS if name in written}


def _sync_first(call: Call, world: World, integration: Record) -> None:
    """Begin the first sync of an integration that has been switched on (guide: getting started)."""
    if integration.get("last_completed_sync") is None and sync.obstacle(integration) is None:
        schedule_id = schedules.first_of(call, world, integration)
        moment = Moment(world, world.clock.now(), call.settings)
        sync.begin(moment, integration, schedule_id=schedule_id)


def _refuse_other_vendor(call: Call, integration: Record) -> None:
    vendor = call.body.get("integration_vendor", integration["vendor"])
    if vendor != integration["vendor"]:
        advice = f"the integration is {integration['vendor']} and stays so"
        raise Invalid([broken("integration_vendor", advice, vendor)])


def _shown(call: Call, integration: Mapping[str, Any]) -> Record:
    """Return what the reply promises of an integration, in the promised order."""
    document = call.api.catalogue.document
    promised = document.resolve((call.operation.reply or {})["properties"]["result"])
    known = {
        **integration,
        "integration_vendor": integration["vendor"],
        "customer_id": _CUSTOMER_ID,
        "ping_results": {},
        "allow_manual_syncs": True,
        "use_custom_sync_schedule": integration.get("use_custom_sync_schedule", False),
    }
    return {
        name: known.get(name)
        for name in promised["properties"]
        if name in promised["required"] or known.get(name) is not None
    }
