"""What a PMS makes of places: properties, units, and the listings that offer them."""

from mock_server.apis.propexo import normalization, writes
from mock_server.apis.propexo.drafts import draft, located, named
from mock_server.apis.propexo.fitting import fitted
from mock_server.apis.propexo.records.changes import on_behalf_of
from mock_server.contract.kinds import Kind
from mock_server.engine.call import Call, Reply
from mock_server.engine.changes import added
from mock_server.world.records import Record
from mock_server.world.world import World

# An address is shown under the old and the new name of each of its lines.
_LINES = {
    "address_1": "street_address_1",
    "address_2": "street_address_2",
    "street_address_1": "address_1",
    "street_address_2": "address_2",
}
_SIZES = ("square_footage", "square_feet")
# Of its unit a listing does not tell who it is, only what it is like.
_OWN = frozenset({"id", "x_id", "created_at", "updated_at", "last_seen", "custom_data"})


def create_property(call: Call, world: World) -> Reply:
    """Queue a property, which is a place of its own."""
    place = draft(call, world, property_details(call, world))
    place.update(property_id=place["id"], x_property_id=place["x_id"])
    place.update(located(call, world, None))
    return writes.settle(call, world, added(call, "properties", place))


def property_details(call: Call, world: World) -> Record:
    """Return what a property shows besides the fields of the same name."""
    body, fields = call.body, call.records(world).resource.fields
    details = {shown: body[sent] for sent, shown in _LINES.items() if sent in body}
    if "square_footage" in body:
        size = fitted(fields["square_footage"], body["square_footage"])
        details.update(dict.fromkeys(_SIZES, size))
    if "type" in body:
        details["type_raw"] = body["type"]
        details["type_normalized"] = normalization.value_of(("properties", "type"), body["type"])
    return details


def unit(call: Call, world: World) -> Record:
    """Return what a unit shows besides the fields of the same name."""
    body = call.body
    details = {shown: body[sent] for sent, shown in _LINES.items() if sent in body}
    if "name" in body and "number" not in body:
        details["number"] = body["name"]
    return details


def create_listing(call: Call, world: World) -> Reply:
    """Queue a listing of a unit, through the integration that the unit belongs to.

    A PMS may take what the unit is like in place of its id.
    """
    home = named(call, world, "units", call.body.get("unit_id"))
    mine = on_behalf_of(call, home) if home else call
    fields = call.records(world).resource.fields
    alike = {name: home[name] for name in fields if name in home and name not in _OWN}
    offered = {"is_unit": True, "is_listed": True, "is_available": True}
    details = {**alike, **offered, "lease_term": call.body.get("lease_terms")}
    details.update(listing_address(call), x_unit_id=home.get("x_id"))
    listing = draft(mine, world, details)
    return writes.settle(mine, world, added(mine, "listings", listing))


def listing(call: Call, world: World) -> Record:
    """Return what a listing shows besides the fields of the same name."""
    if call.operation.kind is Kind.CREATE:
        return {}
    return listing_address(call)


def listing_address(call: Call) -> Record:
    """Return the lines of an address under both of their names."""
    return {shown: call.body[sent] for sent, shown in _LINES.items() if sent in call.body}
