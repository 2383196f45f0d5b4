"""What an integration's credentials give access to, by model, once that has been checked."""

from collections.abc import Mapping
from functools import lru_cache

from mock_server.apis.propexo.pms import failures, health
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
    """Check the credentials (assumed: at once); a PMS that is down answers nothing of them."""
    integration, now = found(call, world), world.clock.now()
    ailment = health.ailment(integration, now)
    health.note_login(world, integration, ailment)
    found_out = {"last_data_access_check": iso(now), "ailment_found": ailment}
    call.records(world).patch(integration["id"], found_out)
    return reply({"result": {"began_data_access": True}})


def fetch(call: Call, world: World) -> Reply:
    """Answer what the last check found."""
    integration = found(call, world)
    vendor, checked = integration["vendor"], integration["last_data_access_check"]
    writes = _writes(call.api.catalogue)
    models = {
        name: _access(model, writes.get((vendor, name), {}), _works(integration))
        for name, model in integration["models"].items()
    }
    result = {
        "models": models,
        "last_data_access_check": checked,
        "data_access_check_in_process": False,
    }
    return reply({"result": result})


def _works(integration: Record) -> Record:
    """Return what the last check said of what the PMS can do."""
    if integration["last_data_access_check"] is None:
        return _UNTRIED
    kind = integration.get("ailment_found")
    if kind is None:
        return _WORKS
    said = failures.errors(integration["vendor"], kind, operation="read")
    return {"status": "FAILED", "error_message": said[0]}


def _access(model: Record, writes: Mapping[str, Record], works: Record) -> Record:
    if not model["enabled"]:
        works = _UNTRIED
    # Of a write that no document tells of it is not known whether the PMS could do it.
    known = {verb: writes.get(verb, _UNTRIED) for verb in _VERBS.values()}
    tried = {verb: works if each is _WORKS else each for verb, each in known.items()}
    return {"read": works, **(tried if works is not _UNTRIED else dict.fromkeys(tried, _UNTRIED))}


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
