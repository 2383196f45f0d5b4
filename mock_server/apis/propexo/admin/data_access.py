"""What an integration's credentials give access to, by model, once that has been checked."""

from collections.abc import Mapping
from functools import lru_cache

from mock_server.contract.catalogue import Catalogue
from mock_server.contract.kinds import Kind
from mock_server.engine.call import Call, Reply, reply
from mock_server.engine.references import found
from mock_server.world.clock import iso
from mock_server.world.records import Record
from mock_server.world.world import World

_WORKS = {"status": "SUCCESS", "error_message": None}
_CANNOT = {"unsupported": True}
_UNTRIED = {"untested": True}
_VERBS = {Kind.CREATE: "create", Kind.UPDATE: "update"}


def check(call: Call, world: World) -> Reply:
    """Check the credentials (assumed: at once)."""
    integration = found(call, world)
    result = {"last_data_access_check": iso(world.clock.now()), "can_authenticate": True}
    call.records(world).patch(integration["id"], result)
    return reply({"result": {"began_data_access": True}})


def fetch(call: Call, world: World) -> Reply:
    """Answer what the last check found."""
    integration = found(call, world)
    vendor, checked = integration["vendor"], integration["last_data_access_check"]
    writes = _writes(call.api.catalogue)
    models = {
        name: _access(model, writes.get((vendor, name), {}), is_checked=checked is not None)
        for name, model in integration["models"].items()
    }
    result = {
        "models": models,
        "last_data_access_check": checked,
        "data_access_check_in_process": False,
    }
    return reply({"result": result})


def _access(model: Record, writes: Mapping[str, Record], *, is_checked: bool) -> Record:
    if not is_checked or not model["enabled"]:
        return dict.fromkeys(("read", *_VERBS.values()), _UNTRIED)
    # Of a write that no document tells of it is not known whether the PMS could do it.
    return {"read": _WORKS, **{verb: writes.get(verb, _UNTRIED) for verb in _VERBS.values()}}


@lru_cache(maxsize=4)
def _writes(catalogue: Catalogue) -> Mapping[tuple[str, str], Mapping[str, Record]]:
    """Return what is documented of each vendor's writes, by vendor and model."""
    found: dict[tuple[str, str], dict[str, Record]] = {}
    for each in catalogue.operations.values():
        if each.vendor is None:
            continue
        if each.kind in _VERBS and each.resource:
            found.setdefault((each.vendor, each.resource), {})[_VERBS[each.kind]] = _WORKS
        elif each.kind is Kind.UNSUPPORTED and each.generic:
            twin = catalogue[each.generic]
            if twin.kind in _VERBS and twin.resource:
                known = found.setdefault((each.vendor, twin.resource), {})
                known.setdefault(_VERBS[twin.kind], _CANNOT)
    return found
