"""Which properties and property lists of an integration are synced, as a caller decides."""

from mock_server.apis.propexo.admin.belonging import found_within, integration
from mock_server.apis.propexo.syncs import sync
from mock_server.engine.call import Call, Reply, reply
from mock_server.engine.moment import Moment
from mock_server.engine.refusals import Invalid, broken
from mock_server.world.clock import iso
from mock_server.world.identifiers import cuid
from mock_server.world.queries import where
from mock_server.world.records import Record
from mock_server.world.world import World

_LISTS = "property_list_configurations"


def update_property(call: Call, world: World) -> Reply:
    """Enable or disable a property from the next sync on, which may be now."""
    configuration = found_within(call, world)
    changed = {**configuration, "enabled": call.body["enabled"]}
    call.records(world).patch(configuration["id"], {"enabled": call.body["enabled"]})
    if call.body.get("trigger_integration_resync"):
        changed["additional_message"] = _resync(call, world)
    return reply({"results": changed})


def update_properties(call: Call, world: World) -> Reply:
    """Enable or disable several properties, all of them or none."""
    owner, records = integration(call, world), call.records(world)
    ids = call.body["property_configuration_ids"]
    strangers = [
        broken(("property_configuration_ids", index), _elsewhere(each, owner), each)
        for index, each in enumerate(ids)
        if (records.get(each) or {}).get("integration_id") != owner["id"]
    ]
    if strangers:
        raise Invalid(strangers)
    for each in ids:
        records.patch(each, {"enabled": call.body["enabled"]})
    return reply({"success": True})


def add_property_list(call: Call, world: World) -> Reply:
    """Add a list of the PMS; one that no sync has brought yet is made up (assumed)."""
    owner, x_id = integration(call, world), call.body["x_property_list_id"]
    taken = call.records(world).all(where(integration_id=owner["id"]))
    if any(each["x_property_list_id"] == x_id for each in taken):
        advice = f"the integration has the property list {x_id!r} already; update it instead"
        raise Invalid([broken("x_property_list_id", advice, x_id)])
    configuration = {
        "id": cuid(world.random()),
        "created_at": iso(world.clock.now()),
        "integration_id": owner["id"],
        "property_list_id": _list_named(call, world, owner)["id"],
        **call.body,
    }
    return reply({"results": call.records(world).add(configuration)})


def update_property_list(call: Call, world: World) -> Reply:
    """Enable or disable a property list from the next sync on."""
    configuration = {**found_within(call, world), "enabled": call.body["enabled"]}
    call.records(world).patch(configuration["id"], {"enabled": call.body["enabled"]})
    return reply({"results": configuration})


def _resync(call: Call, world: World) -> str:
    owner = integration(call, world)
    advice = sync.obstacle(owner)
    if advice is None:
        sync.begin(Moment(world, world.clock.now(), call.settings), owner)
    return advice or "The integration is being synced."


def _elsewhere(configuration_id: str, owner: Record) -> str:
    return (
        f"the property configuration {configuration_id!r} does not belong to the integration"
        f" {owner['id']!r}"
    )


def _list_named(call: Call, world: World, owner: Record) -> Record:
    x_id = call.body["x_property_list_id"]
    lists = call.records(world, "property_lists")
    known = [each for each in lists.all(where(integration_id=owner["id"])) if each["x_id"] == x_id]
    return known[0] if known else lists.add(_discovered(call, world, owner))


def _discovered(call: Call, world: World, owner: Record) -> Record:
    """Return a list as the next sync would bring it: under the integration's first property."""
    now = iso(world.clock.now())
    first = call.records(world, "properties").first(where(integration_id=owner["id"])) or {}
    return {
        "id": cuid(world.random()),
        "created_at": now,
        "updated_at": now,
        "last_seen": now,
        "x_id": call.body["x_property_list_id"],
        "x_property_id": first.get("x_id", ""),
        "property_id": first.get("id", ""),
        "integration_id": owner["id"],
        "integration_vendor": owner["vendor"],
    }
