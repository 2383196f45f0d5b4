"""What Propexo says of each connection that a fresh world has."""

from mock_server.apis.propexo.interfaces import SYNC_CADENCE, SYNC_FREQUENCY, reads_of
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
        **_CONNECTION,
        "last_completed_sync": system.last_seen,
        "last_completed_back_sync": iso(between(system.random, system.opened, system.synced)),
        "last_data_access_check": iso(between(system.random, system.opened, system.synced)),
        **reads_of(system.vendor),
        "configuration_meta_data": [],
    }


_CONNECTION = {
    "active": True,
    "system": "SANDBOX",
    "sync_frequency": SYNC_FREQUENCY,
    "sync_cadence": SYNC_CADENCE,
    "max_job_concurrency": 1,
    "max_request_frequency": 1,
    "max_request_cadence": "SECOND",
    "is_archived": False,
    "new_properties_are_enabled": True,
    "can_authenticate": True,
    "allow_manual_syncs": True,
    "is_running_sync": False,
    "is_running_data_access_check": False,
}
