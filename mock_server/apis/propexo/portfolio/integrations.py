"""What Propexo says of each connection that a fresh world has."""

from mock_server.apis.propexo.interfaces import CONNECTION, reads_of
from mock_server.apis.propexo.portfolio.facts import tables_of
from mock_server.apis.propexo.portfolio.systems import Record, System
from mock_server.apis.propexo.portfolio.timeline import between, iso
from mock_server.contract.resource import Resource


def record_of(system: System, resource: Resource) -> Record:
    """Describe the connection itself."""
    title = tables_of("systems")["titles"][system.vendor]
    return dict(resource.blank) | {
        "id": system.id,
        "created_at": iso(system.opened),
        "updated_at": iso(system.touched(system.opened, system.random)),
        "name": f"{title} sandbox",
        "vendor": system.vendor,
        **CONNECTION,
        "last_completed_sync": system.last_seen,
        "last_completed_back_sync": iso(between(system.random, system.opened, system.synced)),
        "last_data_access_check": iso(between(system.random, system.opened, system.synced)),
        **reads_of(system.vendor),
        "configuration_meta_data": [],
    }
