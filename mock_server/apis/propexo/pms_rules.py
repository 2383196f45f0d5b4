"""Which rules of its PMS a generic write keeps: those of the PMS's own, particular operation."""

from collections.abc import Mapping
from functools import lru_cache

from mock_server.apis.propexo.admin import credentials
from mock_server.apis.propexo.writes import refuse_other_vendor, vendor_of
from mock_server.contract.catalogue import Catalogue
from mock_server.contract.kinds import Kind
from mock_server.contract.operation import Operation
from mock_server.engine.call import Call
from mock_server.world.world import World

Twins = Mapping[tuple[str, str], Operation]

_READS = frozenset({Kind.LIST, Kind.FETCH})


def particular(call: Call, world: World) -> Operation | None:
    """Return the PMS's own operation for a generic write (guide: write requests).

    The PMS is that of the integration, or of the record that is written to. Where the vendor
    documents no rules of a PMS the generic ones hold alone. An operation that is for another
    vendor is refused here, before its references are found to belong elsewhere.
    """
    if call.operation.kind in _READS:
        return None
    if call.operation.key in credentials.OPERATIONS:
        return credentials.particular(call, world)
    refuse_other_vendor(call, world)
    twins = _twins(call.api.catalogue)
    if call.operation.key not in _generics(call.api.catalogue):
        return None
    return twins.get((call.operation.key, vendor_of(call, world)))


@lru_cache(maxsize=4)
def _twins(catalogue: Catalogue) -> Twins:
    return {
        (each.generic, each.vendor): each
        for each in catalogue.operations.values()
        if each.generic and each.vendor
    }


@lru_cache(maxsize=4)
def _generics(catalogue: Catalogue) -> frozenset[str]:
    return frozenset(key for key, _ in _twins(catalogue))
