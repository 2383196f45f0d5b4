"""Whom a call is for: an integration, and with it a PMS or a CRM, perhaps of one vendor alone."""

from mock_server.apis.propexo import pet_owners
from mock_server.contract.kinds import Kind
from mock_server.contract.operation import Operation
from mock_server.contract.problems import Problem
from mock_server.engine.call import Call
from mock_server.engine.references import found, singular
from mock_server.engine.refusals import Invalid
from mock_server.world.records import Record
from mock_server.world.world import World

_CRM, _PMS = "a CRM", "a PMS"
# What is said of an integration itself is for both families.
_ADMIN = "/v1/admin/"
# What the account itself keeps changes at once, and free times are only asked for.
_AT_ONCE = (
    "/v1/admin/",
    "/v1/webhooks/",
    "/v1/appointment-availability/",
    "/crm/v1/appointment-availability/",
)
_INTEGRATION = "propexo integration"  # Under what a call keeps what has been found out here.


def is_crm(operation: Operation) -> bool:
    """Say whether the operation reads or writes a leasing platform."""
    return operation.path.startswith("/crm/")


def is_write(operation: Operation) -> bool:
    """Say whether an operation queues a write to a PMS or CRM."""
    can_change = operation.method != "GET" and operation.kind is not Kind.UNSUPPORTED
    return can_change and not operation.path.startswith(_AT_ONCE)


def integration_of(call: Call, world: World) -> Record:
    """Return the integration that the call writes to: the body's, else the record's.

    It is looked up once for each call, whose checks, draft and job all ask for it.
    """
    named = call.body.get("integration_id")
    known = call.findings.get(_INTEGRATION)
    # It is asked before the body has been checked as well, and the check may drop what was named.
    if known is None or known[0] != named:
        known = call.findings[_INTEGRATION] = named, _integration_of(call, world)
    return dict(known[1])


def is_addressed(call: Call) -> bool:
    """Say whether the call was found to write to an integration there is."""
    known = call.findings.get(_INTEGRATION)
    return known is not None and bool(known[1])


def _integration_of(call: Call, world: World) -> Record:
    integration_id = call.body.get("integration_id")
    if integration_id is None and pet_owners.PET_ID in call.path:
        integration_id = pet_owners.owner(call, world).get("integration_id")
    elif integration_id is None and call.operation.kind in {Kind.UPDATE, Kind.DELETE}:
        integration_id = found(call, world).get("integration_id")
    return call.records(world, "integrations").get(integration_id) or {}


def vendor_of(call: Call, world: World) -> str:
    """Return the PMS or CRM that the call writes to."""
    return str(integration_of(call, world).get("vendor"))


def refuse_other_vendor(call: Call, world: World) -> None:
    """Raise `Invalid` where the operation is for another vendor, or for another family of them.

    So it does where an update names an integration that the record does not belong to. A call
    that names no integration is not refused here.
    """
    _refuse_other_integration(call, world)
    vendor = integration_of(call, world).get("vendor")
    advice = None if vendor is None else _refusal(call, vendor)
    if advice is not None:
        field = "integration_id" if "integration_id" in call.body else call.operation.path_names[-1]
        raise Invalid([Problem("reference", "integrations", (field,), None, advice)])


def _refuse_other_integration(call: Call, world: World) -> None:
    stated = call.body.get("integration_id")
    if not isinstance(stated, str) or call.operation.kind is not Kind.UPDATE:
        return
    record = found(call, world)
    if record.get("integration_id", stated) != stated:
        advice = f"the {singular(call.operation.resource or '')} {record['id']!r} belongs to"
        advice += f" integration_id {record['integration_id']!r}"
        raise Invalid([Problem("reference", "integrations", ("integration_id",), stated, advice)])


def _refusal(call: Call, vendor: str) -> str | None:
    """Return why the operation cannot work on this vendor's integration, None where it can."""
    wanted = call.operation.vendor
    if wanted is not None and wanted != vendor:
        return f"the integration is {vendor}, but this operation is for {wanted} alone"
    if call.operation.path.startswith(_ADMIN):
        return None
    family, demanded = _family_of(call, vendor), _CRM if is_crm(call.operation) else _PMS
    if family == demanded:
        return None
    return f"the integration is {vendor}, {family}, but this operation is for {demanded}"


def _family_of(call: Call, vendor: str) -> str:
    names = call.api.catalogue.document.schemas["CrmVendorName"]["enum"]
    return _CRM if vendor in names else _PMS
