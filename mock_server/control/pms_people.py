"""People at a property system: a lead taken on until they live there, a resident who moves."""

from typing import Any

from mock_server.apis.propexo.leasing import course, transferring
from mock_server.apis.propexo.leasing.desk import Desk
from mock_server.apis.propexo.leasing.standing import STAGES, Standing, of_lead
from mock_server.apis.propexo.pms import truth
from mock_server.contract.catalogue import Catalogue
from mock_server.control.pms import integration_of, models_of
from mock_server.engine.call import Call, Reply, reply
from mock_server.engine.moment import Moment
from mock_server.engine.references import missing
from mock_server.engine.refusals import Invalid, NotFound, broken
from mock_server.nearest import unknown
from mock_server.world.records import Record
from mock_server.world.world import World

_DONE = {"add": "added", "patch": "changed", "join": "changed", "remove": "removed"}


def advance(catalogue: Catalogue, call: Call, world: World) -> Reply:
    """Let a lead go on to a stage, with everything that follows from it at the system."""
    integration = integration_of(call, world)
    lead = _person(world, integration, "leads", call.path["lead_id"])
    to = _stage(call.body["to"])
    desk = Desk(catalogue, Moment(world, world.clock.now(), call.settings), integration)
    passed = course.advance(desk, lead["id"], to, call.body.get("unit_id"))
    return reply(_told(desk, of_lead(desk, truth.record(world, "leads", lead["id"]) or {}), passed))


def _stage(name: str) -> str:
    if name not in STAGES:
        raise Invalid([broken("to", unknown("stage", name, STAGES), name)])
    return name


def transfer(catalogue: Catalogue, call: Call, world: World) -> Reply:
    """Let a resident live in another unit from today on, with everything that follows from it."""
    integration = integration_of(call, world)
    resident = _person(world, integration, "residents", call.path["resident_id"])
    desk = Desk(catalogue, Moment(world, world.clock.now(), call.settings), integration)
    known = desk.record("residents", resident["id"]) or {}
    moved, lease = transferring.transfer(desk, known, call.body["unit_id"])
    told = {
        "resident_id": resident["id"],
        "lease_transfer_id": moved["id"],
        "lease_id_previous": moved["lease_id_previous"],
        "lease_id_next": lease["id"],
        "unit_id_previous": moved["unit_id_previous"],
        "unit_id_next": lease["unit_id"],
    }
    return reply({**told, "changes": _changes(desk)})


def _person(world: World, integration: Record, model: str, record_id: str) -> Record:
    if model not in models_of(world, integration):
        system = integration["vendor"]
        raise NotFound(f"{system} has no {model}; take the integration of a PMS that has")
    found = truth.record(world, model, record_id)
    if found is None or found["integration_id"] != integration["id"]:
        where = f"GET /sandbox/pms/{integration['id']}/{model} lists them"
        raise NotFound(f"{missing(model, record_id)} at this system; {where}")
    return found


def _told(desk: Desk, standing: Standing, passed: tuple[str, ...]) -> dict[str, Any]:
    known = {
        "lead": standing.lead,
        "applicant": standing.applicant,
        "application": standing.application,
        "resident": standing.resident,
        "lease": standing.lease,
    }
    unit_id = (standing.lease or standing.application or {}).get("unit_id")
    return {
        "stage": standing.stage,
        "passed": [*passed],
        **{f"{name}_id": record and record["id"] for name, record in known.items()},
        "unit_id": unit_id,
        "changes": _changes(desk),
    }


def _changes(desk: Desk) -> list[dict[str, str]]:
    """Return each record that was written once, with what became of it first."""
    done: dict[tuple[str, str], str] = {}
    for each in desk.written:
        done.setdefault((each.table, each.record_id), _DONE[each.verb])
    return [
        {"model": model, "record_id": record_id, "change": change}
        for (model, record_id), change in done.items()
    ]
