"""Where Propexo's records are kept, and what it keeps that no operation shows."""

from collections.abc import Mapping

from mock_server.contract.resource import Filter, Resource
from mock_server.world.records import Collection
from mock_server.world.world import World

_TEXT, _COUNT = {"type": "string"}, {"type": "integer"}
_NULLABLE = {"type": ["string", "null"]}

RESOURCES: Mapping[str, Resource] = {
    # What a PMS holds is Propexo's copy with these over it, those that a sync has read included:
    # a record that is gone at the PMS stays in the copy, and only this says so.
    "propexo_pms_changes": Resource(
        "pms_changes",
        {
            "id": _TEXT,
            "integration_id": _TEXT,
            "model": _TEXT,
            "record_id": _TEXT,
            "change": {"type": "object"},
            "is_read": {"type": "boolean"},
        },
        filters=frozenset(
            Filter(name) for name in ("integration_id", "model", "record_id", "is_read")
        ),
    ),
    "propexo_approvals": Resource(
        "approvals",
        {
            "id": _TEXT,
            "integration_id": _TEXT,
            "model": _TEXT,
            "written_at": _TEXT,
            "change": {"type": "object"},
        },
        filters=frozenset({Filter("integration_id")}),
    ),
    "propexo_outcomes": Resource(
        "outcomes",
        {
            "id": _TEXT,
            "created_at": _TEXT,
            "operation": _NULLABLE,
            "integration_id": _NULLABLE,
            "write_status": _TEXT,
            "errors": {"type": ["array", "null"]},
            "after_seconds": {"type": ["number", "null"]},
            "times": {"type": ["integer", "null"]},
            "used": _COUNT,
        },
    ),
}


def records(world: World, name: str) -> Collection:
    """Return the records of one of Propexo's resources, or of what it keeps to itself."""
    return world.collection(f"propexo_{name}")


def model_of(table: str) -> str:
    """Return the resource that a table of Propexo's keeps."""
    return table.removeprefix("propexo_")
