"""Which systems an operation is for: a PMS or a CRM, and of these perhaps one vendor alone."""

from mock_server.contract.operation import Operation
from mock_server.engine.call import Call

_CRM, _PMS = "a CRM", "a PMS"
# What is said of an integration itself is for both families.
_ADMIN = "/v1/admin/"


def is_crm(operation: Operation) -> bool:
    """Say whether the operation reads or writes a leasing platform."""
    return operation.path.startswith("/crm/")


def refusal(call: Call, vendor: str) -> str | None:
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
