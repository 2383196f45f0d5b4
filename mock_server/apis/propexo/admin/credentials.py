"""Which credentials a PMS takes: the contract's shapes, told apart by vendor."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from mock_server.contract.catalogue import Catalogue
from mock_server.contract.document import Schema
from mock_server.contract.operation import Operation
from mock_server.engine.call import Call
from mock_server.world.world import World

_CREATE = "POST /v1/admin/integrations/"
_UPDATE = "PUT /v1/admin/integrations/{integration_id}/"
OPERATIONS = frozenset({_CREATE, _UPDATE})


def particular(call: Call, world: World) -> Operation | None:
    """Return the operation as it is for one vendor, None where its shape is not documented.

    The body has not been checked yet, so what it names may be of any type.
    """
    vendor = call.body.get("integration_vendor")
    if call.operation.key == _UPDATE:
        vendor = (call.records(world).get(call.record_id) or {}).get("vendor", vendor)
    return _narrowed(call.api.catalogue, call.operation.key, str(vendor))


@lru_cache(maxsize=128)
def _narrowed(catalogue: Catalogue, key: str, vendor: str) -> Operation | None:
    shapes = _shapes(catalogue).get(vendor)
    operation = catalogue[key]
    if shapes is None or operation.body is None:
        return None
    fields = {**operation.body["properties"], "credentials": _either(shapes)}
    body = {**operation.body, "properties": fields}
    return replace(operation, key=f"{key} for {vendor}", body=body)


@lru_cache(maxsize=4)
def _shapes(catalogue: Catalogue) -> Mapping[str, tuple[Schema, ...]]:
    found: dict[str, tuple[Schema, ...]] = defaultdict(tuple)
    for name, schema in catalogue.document.schemas.items():
        if name.endswith("Credentials") and "x-vendor" in schema:
            found[schema["x-vendor"]] += (schema,)
    return dict(found)


def _either(shapes: tuple[Schema, ...]) -> Schema:
    return shapes[0] if len(shapes) == 1 else {"anyOf": list(shapes)}
