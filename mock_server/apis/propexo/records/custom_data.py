"""What becomes of the fields that a property manager has added to the records of a PMS."""

from mock_server.apis.propexo import writes
from mock_server.apis.propexo.records.changes import in_path
from mock_server.apis.propexo.records.files import refuse_stranger
from mock_server.engine.call import Call, Reply
from mock_server.engine.changes import patched
from mock_server.world.world import World


def put(call: Call, world: World) -> Reply:
    """Queue custom data of the record that the path names; other fields of it stay as they are."""
    resource = call.operation.resource or ""
    record = in_path(call, world, resource)
    refuse_stranger(call, record)
    merged = {**(record["custom_data"] or {}), **(call.body.get("custom_data") or {})}
    change = patched(call, resource, record["id"], {"custom_data": merged})
    return writes.settle(call, world, change)
