"""Which words of a PMS stand for which of the values that all PMSs share."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from mock_server.world.records import Record

DEFAULT = "OTHER"
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
    "Completed": "PENDING",
    "Signed": "APPROVED",
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
MAPPINGS: Mapping[tuple[str, str], Mapping[str, str]] = {
    ("leases", "status"): {
        "Current": "ACTIVE",
        "Notice": "ACTIVE",
        "Past": "INACTIVE",
        "Former": "INACTIVE",
        "Future": "PENDING",
        "Applicant": "PENDING",
        "Approved": "PENDING",
        "Signed": "PENDING",
        "Canceled": "INACTIVE",
        "Denied": "INACTIVE",
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
        "eCheck": "ELECTRONICPAYMENT",
    },
    ("properties", "type"): {
        "Single family": "SINGLE_FAMILY",
        "House": "SINGLE_FAMILY",
        "Condo": "SINGLE_FAMILY",
        "Townhouse": "SINGLE_FAMILY",
        "Du/Fourplex": "MULTI_FAMILY",
        "Multi family": "MULTI_FAMILY",
        "Multifamily": "MULTI_FAMILY",
        "Apartment": "MULTI_FAMILY",
        "Student": "STUDENT_HOUSING",
        "Student housing": "STUDENT_HOUSING",
        "Short-term/vacation": "VACATION",
        "Vacation rental": "VACATION",
        "Commercial": "COMMERCIAL",
        "Retail": "COMMERCIAL",
    },
    ("applicants", "status"): _APPLICANT_STATUSES,
    ("applicants", "type"): _PEOPLE,
}


class _Pair(NamedTuple):
    """A field with the PMS's word, those that Propexo derives from it, and by which mapping."""

    raw: str
    derived: tuple[str, ...]
    mapping: tuple[str, str]


_STATUS = _Pair("status_raw", ("status", "status_normalized"), ("applicants", "status"))
_PAIRS: Mapping[str, tuple[_Pair, ...]] = {
    "applicants": (_Pair("type_raw", ("type_normalized",), ("applicants", "type")),),
    "leases": (_Pair("status_raw", ("status", "status_normalized"), ("leases", "status")),),
    "properties": (_Pair("type_raw", ("type_normalized",), ("properties", "type")),),
    "resident_payments": (
        _Pair("payment_method_raw", ("payment_method_normalized",), ("billing", "payment-method")),
    ),
}
_TENANCY = _Pair("x_resident_type", ("resident_type_normalized",), ("residents", "type"))
# The lists whose parts have such fields, and the id by which a part is known again.
_PARTS: Mapping[str, tuple[str, str, _Pair]] = {
    "applicants": ("applications", "application_id", _STATUS),
    "applications": ("applicants", "applicant_id", _STATUS),
    "leases": ("residents_meta_data", "resident_id", _TENANCY),
    "residents": ("leases_meta_data", "lease_id", _TENANCY),
}


def value_of(mapping: tuple[str, str], raw: str) -> str:
    """Return the shared value of a PMS's word, whatever its case, spaces and marks are."""
    known = MAPPINGS[mapping]
    by_letters = {_letters(word): value for word, value in known.items()}
    by_letters |= {_letters(value): value for value in known.values()}
    return by_letters.get(_letters(raw), DEFAULT)


def followed(model: str, before: Record | None, after: Record, said: Iterable[str] = ()) -> Record:
    """Return a record that was read with the values that follow from the PMS's words in it.

    What is `said` by a write or an edit itself stays as it is.
    """
    found = after
    for pair in _PAIRS.get(model, ()):
        new = _derived(pair, before or {}, found)
        found = {**found, **{name: value for name, value in new.items() if name not in said}}
    if model not in _PARTS or not after.get(_PARTS[model][0]):
        return found
    name, key, pair = _PARTS[model]
    known = {each.get(key): each for each in (before or {}).get(name) or ()}
    parts = [{**each, **_derived(pair, known.get(each.get(key), {}), each)} for each in after[name]]
    return {**found, name: parts}


def _derived(pair: _Pair, before: Mapping[str, Any], after: Mapping[str, Any]) -> Record:
    raw = after.get(pair.raw)
    if raw is None or raw == before.get(pair.raw):
        return {}
    value = value_of(pair.mapping, raw)
    return {name: value for name in pair.derived if after.get(name) == before.get(name)}


def _letters(text: str) -> str:
    return re.sub(r"[^a-z]", "", text.casefold())
