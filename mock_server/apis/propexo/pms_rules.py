"""Which rules of its PMS a generic write keeps: those of the PMS's own, particular operation."""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache

from mock_server.apis.propexo.addressees import (
    integration_of,
    is_addressed,
    is_write,
    refuse_other_vendor,
    vendor_of,
)
from mock_server.apis.propexo.admin import credentials
from mock_server.contract.catalogue import Catalogue
from mock_server.contract.kinds import Kind
from mock_server.contract.operation import Operation
from mock_server.contract.problems import Problem
from mock_server.engine.call import Call
from mock_server.engine.refusals import Invalid, NotSupported, broken
from mock_server.nearest import listed
from mock_server.world.world import World

Twins = Mapping[str, Mapping[str, Operation]]

HEADER = "x-mock-rules"
NONE_KNOWN = "none known"
# What these demand follows from their kind, whatever the PMS (guide: events, appointments).
SELF_EXPLAINED = frozenset({"events", "crm_events", "crm_appointments"})
_READS = frozenset({Kind.LIST, Kind.FETCH})
_WHOSE, _PLACE = "integration_id", "property_id"
_WITNESSES = frozenset(
    [
        "lead_id",
        "applicant_id",
        "resident_id",
        "lease_id",
        "application_id",
        "unit_id",
        "employee_id",
    ]
)


def particular(call: Call, world: World) -> Operation | None:
    """Return the PMS's own operation for a generic write (guide: write requests).

    The PMS is that of the integration, or of the record that is written to. Where the vendor
    documents no rules of a PMS the generic ones hold alone, unless the sandbox is strict: then
    such a write is refused, because it would prove nothing. An operation that is for another
    vendor is refused here, before its references are found to belong elsewhere.
    """
    if call.operation.kind in _READS:
        return None
    if call.operation.key in credentials.OPERATIONS:
        return credentials.particular(call, world)
    refuse_other_vendor(call, world)
    known = twins_of(call.api.catalogue).get(call.operation.key)
    if known is None:
        return None
    vendor = vendor_of(call, world)
    if integration_of(call, world) and not call.operation.is_for(vendor):
        able = listed(sorted(call.operation.only_for))
        raise NotSupported(f"{vendor} does not support {call.operation.key}; {able} do")
    if vendor not in known and call.settings.strict and _WHOSE in call.body:
        raise Invalid([broken(_WHOSE, _without_rules(call, vendor, known))])
    return known.get(vendor)


def demands(call: Call, binding: Operation) -> Iterator[Problem]:
    """Yield what a new record lacks at a PMS of which no rules are known.

    Assumed: it needs the fields that most of the PMSs whose rules are known require, because a
    record without them means nothing anywhere. Which property it is at, a unit or a person tells
    as well.
    """
    if binding is not call.operation or binding.kind is not Kind.CREATE or _WHOSE not in call.body:
        return
    if binding.resource in SELF_EXPLAINED:
        return
    for name in most_required(call.api.catalogue, binding.key):
        is_told = name == _PLACE and not _WITNESSES.isdisjoint(call.body)
        if call.body.get(name) is None and not is_told:
            yield broken(name, "is required: most PMSs need it, and no rules of this one are known")


def remarks(call: Call, binding: Operation) -> Mapping[str, str]:
    """Return the header that tells by whose rules a generic write is checked, also if it fails.

    A call that names no integration is checked by no PMS's rules.
    """
    if call.operation.vendor or not is_write(call.operation) or not is_addressed(call):
        return {}
    return {HEADER: binding.key if binding.vendor else NONE_KNOWN}


@lru_cache(maxsize=1024)
def most_required(catalogue: Catalogue, key: str) -> tuple[str, ...]:
    """Return the fields of a generic write that most PMSs with rules of their own require."""
    cases = [each for each in twins_of(catalogue).get(key, {}).values() if each.body is not None]
    counted = Counter(name for each in cases for name in (each.body or {}).get("required", ()))
    # Rent Manager alone has locations, so no other PMS can be asked for one.
    del counted["location_id"]
    known = (catalogue[key].body or {}).get("properties", {})
    return tuple(name for name in known if counted[name] * 2 > len(cases))


def _without_rules(call: Call, vendor: str, known: Mapping[str, Operation]) -> str:
    advice = f"no rules of {vendor} are known for {call.operation.key}, and --strict refuses a"
    return f"{advice} write that cannot be checked; known are those of {listed(sorted(known))}"


@lru_cache(maxsize=4)
def twins_of(catalogue: Catalogue) -> Twins:
    """Return the PMSs' own operations, by the generic one that each is a particular case of."""
    found: dict[str, dict[str, Operation]] = {}
    for each in catalogue.operations.values():
        if each.generic and each.vendor:
            found.setdefault(each.generic, {})[each.vendor] = each
    return found
