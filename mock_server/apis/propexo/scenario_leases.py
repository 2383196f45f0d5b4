"""How a lease of a scenario and the resident who lives there come to name each other."""

from collections.abc import Mapping
from typing import Any

from mock_server.apis.propexo.kept import records
from mock_server.world.records import Record
from mock_server.world.world import World

_MOVED_IN = ("realized_move_in_date", "scheduled_move_in_date", "start_date")
_MOVED_OUT = ("realized_move_out_date", "scheduled_move_out_date")
_PRIMARY = {"x_resident_type": "Primary", "resident_type_normalized": "PRIMARY"}
_UNSAID = {"notice_date": None, "custom_data": None}


def held(world: World, lease: Record) -> Record:
    """Return a lease with what follows from its `resident_id`, and tell the resident of it.

    A lease without one is nobody's.
    """
    moves = {"move_in_date": _first(lease, _MOVED_IN), "move_out_date": _first(lease, _MOVED_OUT)}
    dwelling = {**moves, "has_no_move_out": moves["move_out_date"] is None}
    resident = records(world, "residents").get(lease.get("resident_id"))
    if resident is None:
        return {**dwelling, **lease}
    part = {**_PRIMARY, **moves, **_UNSAID}
    leases = [*resident["leases_meta_data"], {"lease_id": lease["id"], **part}]
    told = {"leases_meta_data": leases, "lease_id": lease["id"], "x_lease_id": lease["x_id"]}
    records(world, "residents").patch(resident["id"], told)
    shown = {
        "x_resident_id": resident["x_id"],
        "residents_meta_data": [{"resident_id": resident["id"], **part}],
    }
    return {**dwelling, **shown, **lease}


def _first(lease: Mapping[str, Any], names: tuple[str, ...]) -> Any:
    return next((lease[each] for each in names if lease.get(each) is not None), None)
