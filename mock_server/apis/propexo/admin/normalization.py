"""Which words of a PMS stand for which normalized values (reference: admin/normalization)."""

from collections.abc import Mapping

from mock_server.engine.call import Call, Reply, reply
from mock_server.engine.references import missing
from mock_server.engine.refusals import Invalid, NotFound, broken
from mock_server.world.world import World

_DEFAULT = "OTHER"
_APPLICANT_STATUSES = {
    "Approved": "APPROVED",
    "Denied": "DENIED",
    "Declined": "DENIED",
    "Cancelled": "CANCELED",
    "Canceled": "CANCELED",
    "Withdrawn": "CANCELED",
    "Pending": "PENDING",
    "Submitted": "PENDING",
    "In progress": "PENDING",
}
_PEOPLE = {
    "Primary": "PRIMARY",
    "Primary applicant": "PRIMARY",
    "Primary resident": "PRIMARY",
    "Head of household": "PRIMARY",
    "Co-applicant": "SECONDARY",
    "Roommate": "SECONDARY",
    "Spouse": "SECONDARY",
    "Guarantor": "GUARANTOR",
    "Co-signer": "GUARANTOR",
}
# The only pairs there are. Their words are the sandbox's own, the same for every PMS (assumed).
_MAPPINGS: Mapping[tuple[str, str], Mapping[str, str]] = {
    ("leases", "status"): {
        "Current": "ACTIVE",
        "Notice": "ACTIVE",
        "Past": "INACTIVE",
        "Former": "INACTIVE",
        "Future": "PENDING",
        "Applicant": "PENDING",
        "Eviction": "EVICTED",
    },
    ("residents", "type"): _PEOPLE,
    ("billing", "payment-method"): {
        "Cash": "CASH",
        "Cashier's check": "CASHIERCHECK",
        "Check": "CHECK",
        "Credit card": "CREDITCARD",
        "Money order": "MONEYORDER",
        "Direct deposit": "DIRECTDEPOSIT",
        "ACH": "ELECTRONICPAYMENT",
    },
    ("properties", "type"): {
        "Single family": "SINGLE_FAMILY",
        "House": "SINGLE_FAMILY",
        "Multi family": "MULTI_FAMILY",
        "Multifamily": "MULTI_FAMILY",
        "Apartment": "MULTI_FAMILY",
        "Student housing": "STUDENT_HOUSING",
        "Vacation rental": "VACATION",
        "Commercial": "COMMERCIAL",
        "Retail": "COMMERCIAL",
    },
    ("applicants", "status"): _APPLICANT_STATUSES,
    ("applicants", "type"): _PEOPLE,
}


def fetch(call: Call, world: World) -> Reply:
    """Answer the mapping of a pair; raises `NotFound` for a pair there is none of."""
    pair = call.path["model"], call.path["field"]
    if pair not in _MAPPINGS:
        known = ", ".join("/".join(each) for each in _MAPPINGS)
        raise NotFound(f"{'/'.join(pair)} is not normalized; these are: {known}")
    _refuse_unfit_integration(call, world)
    results = {
        "is_custom_mapping": False,
        "mappings": _MAPPINGS[pair],
        "default_value": _DEFAULT,
    }
    return reply({"results": results})


def _refuse_unfit_integration(call: Call, world: World) -> None:
    asked = call.question.values
    integration_id, vendor = asked.get("integration_id"), asked["integration_vendor"]
    if integration_id is None:
        return
    known = call.records(world, "integrations").get(integration_id)
    if known is None:
        advice = missing("integrations", integration_id)
        raise Invalid([broken("integration_id", advice, integration_id)])
    if known["vendor"] != vendor:
        advice = f"the integration {integration_id!r} is {known['vendor']}, not {vendor}"
        raise Invalid([broken("integration_id", advice, integration_id)])
