"""Which records and amounts a PMS takes together, where neither schemas nor conditions can say it.

Documented on the pages of the operations, unless a rule says otherwise; the 400 is assumed.
"""

import re
from collections.abc import Callable, Iterator, Mapping

from mock_server.contract.problems import Problem
from mock_server.engine.call import Call
from mock_server.engine.refusals import broken
from mock_server.nearest import listed, quoted
from mock_server.world.queries import where
from mock_server.world.records import Record
from mock_server.world.world import World

Problems = Iterator[Problem]
Check = Callable[[Call, World], Problems]

# Propexo shows no kind of account, so that the name has to tell (assumed).
_BANK = re.compile(r"bank|cash|checking|deposit|savings", re.IGNORECASE)
_PRIMARY = "PRIMARY"


def problems(call: Call, world: World, vendor: str) -> Problems:
    """Yield what the PMS that a write is for would not take together."""
    for check in _RULES.get((vendor, call.operation.generic or call.operation.key), ()):
        yield from check(call, world)


def _named(call: Call, world: World, resource: str, record_id: object) -> Record:
    return (call.records(world, resource).get(str(record_id)) if record_id else None) or {}


def _total(call: Call, _: World) -> Problems:
    items = call.body.get("payable_register_items", ())
    amounts = [each.get("total_amount_in_cents") for each in items]
    stated = call.body.get("total_amount_in_cents")
    # Of items without an amount the PMS works it out, so there is no sum to compare with.
    if stated is None or None in amounts:
        return
    total = sum(amounts)
    if stated != total:
        advice = f"must equal the sum of the items, which is {total:.15g}"
        yield broken("total_amount_in_cents", advice, stated)


def _unused_number(call: Call, world: World) -> Problems:
    vendor = _named(call, world, "vendors", call.body.get("vendor_id"))
    mine = where(integration_id=call.body.get("integration_id"))
    number = call.body.get("invoice_number")
    for each in call.records(world, "payable_registers").all(mine):
        if each["invoice_number"] == number and each["x_vendor_id"] == vendor.get("x_id"):
            advice = f"is used: the payable register {each['id']!r} of this vendor has it"
            yield broken("invoice_number", advice, number)
            return


def _cash_account(call: Call, world: World) -> Problems:
    field = "cash_financial_account_id"
    account = _named(call, world, "financial_accounts", call.body.get(field))
    places = {each.get("property_id") for each in call.body.get("payable_register_items", ())}
    if account and places - {account["property_id"], None}:
        yield broken(field, "must be the cash account of the property of the items", account["id"])


def _ordered_items(call: Call, world: World) -> Problems:
    for index, said in enumerate(call.body.get("payable_register_items", ())):
        line = _named(call, world, "purchase_order_items", said.get("purchase_order_item_id"))
        at = ("payable_register_items", index)
        if line and said.get("property_id") not in {None, line["property_id"]}:
            advice = f"must be an item of the property {quoted(said['property_id'])}"
            yield broken((*at, "purchase_order_item_id"), advice, line["id"])
        most = _named(call, world, "purchase_orders", line.get("purchase_order_id"))
        limit = most.get("total_amount_in_cents")
        amount = said.get("total_amount_in_cents") or 0
        if limit is not None and amount > limit:
            advice = f"must be at most {limit:.15g}, the amount of the purchase order"
            yield broken((*at, "total_amount_in_cents"), advice, amount)


def _primary_payer(call: Call, world: World) -> Problems:
    lease_id, resident_id = call.body.get("lease_id"), call.body.get("resident_id")
    resident = _named(call, world, "residents", resident_id)
    if resident and not _is_primary(resident, lease_id):
        yield broken("resident_id", "must be the primary resident of the lease", resident_id)


def _primary_residents(call: Call, world: World) -> Problems:
    for index, each in enumerate(call.body.get("associated_resident_ids", ())):
        resident = _named(call, world, "residents", each)
        if resident and not _is_primary(resident, None):
            yield broken(("associated_resident_ids", index), "must be a primary resident", each)


def _is_primary(resident: Record, lease_id: object) -> bool:
    links = [
        each
        for each in resident["leases_meta_data"] or ()
        if lease_id is None or each["lease_id"] == lease_id
    ]
    # Of a lease that the resident is not linked to nothing is known.
    return not links or any(each["resident_type_normalized"] == _PRIMARY for each in links)


def _bank_account(call: Call, world: World) -> Problems:
    field = "financial_account_id"
    account = _named(call, world, "financial_accounts", call.body.get(field))
    if not account or _BANK.search(str(account["name"])):
        return
    here = where(property_id=account["property_id"])
    known = call.records(world, "financial_accounts").all(here)
    fit = [f"{each['id']} ({each['name']})" for each in known if _BANK.search(str(each["name"]))]
    advice = f"must be a bank account, not {account['name']!r}"
    advice += f"; the property has {listed(fit)}" if fit else ""
    yield broken(field, advice, account["id"])


def _available_unit(call: Call, world: World) -> Problems:
    """Yield a problem for a unit that no listing of its property shows as available."""
    unit = _named(call, world, "units", call.body.get("unit_id"))
    if not unit:
        return
    listings = call.records(world, "listings").all(where(property_id=unit["property_id"]))
    if not any(each["is_available"] and each["unit_id"] == unit["id"] for each in listings):
        yield broken("unit_id", "must be a unit that a listing shows as available", unit["id"])


def _vendor_of_property(call: Call, world: World) -> Problems:
    vendor = _named(call, world, "vendors", call.body.get("vendor_id"))
    request = _named(call, world, "service_requests", call.path.get("service_request_id"))
    place = call.body.get("property_id") or request.get("property_id")
    if vendor and place and vendor["property_id"] != place:
        advice = f"must be a vendor of the property {quoted(place)}"
        yield broken("vendor_id", advice, vendor["id"])


def _first_source(call: Call, world: World) -> Problems:
    lead = _named(call, world, "leads", call.record_id)
    stated, known = call.body.get("lead_source_id"), lead.get("lead_source_id")
    if stated and known and stated != known:
        advice = f"can only be set while the lead has none; it has {quoted(known)}"
        yield broken("lead_source_id", advice, stated)


def _primary_contact(call: Call, _: World) -> Problems:
    contacts = call.body.get("contacts", ())
    # The page that names the flag is cut; any member that speaks of it counts (assumed).
    flags = (value for each in contacts for name, value in each.items() if "primary" in name)
    if contacts and not any(each is True for each in flags):
        yield broken("contacts", "must mark one contact as primary, with is_primary true")


def _contact_among(field: str) -> Check:
    def check(call: Call, _: World) -> Problems:
        contact = call.body.get("primary_contact_id")
        stated = call.body.get(field)
        ids = [each["id"] if isinstance(each, Mapping) else each for each in stated or ()]
        if contact is not None and stated is not None and contact not in ids:
            yield broken(field, "must also contain the primary contact")

    return check


def _own_number(call: Call, world: World) -> Problems:
    number, mine = call.body.get("x_id"), where(integration_id=call.body.get("integration_id"))
    if number and any(
        each["x_id"] == number for each in call.records(world, "contracts").all(mine)
    ):
        yield broken("x_id", "is used: another contract has it", number)


_REGISTER = (_total, _unused_number, _cash_account, _ordered_items)
_RULES: Mapping[tuple[str, str], tuple[Check, ...]] = {
    ("ENTRATA", "POST /v1/vendors/"): (_primary_contact,),
    ("ENTRATA", "PUT /v1/leads/{id}"): (_first_source,),
    ("PROPERTYWARE", "POST /v1/leases/"): (_contact_among("tenants"),),
    ("PROPERTYWARE", "PUT /v1/leases/{lease_id}"): (_contact_among("tenants"),),
    ("PROPERTYWARE_REST", "PUT /v1/leases/{lease_id}"): (_contact_among("tenant_ids"),),
    ("RENTMANAGER", "POST /v1/service-requests/"): (_vendor_of_property,),
    ("RENTMANAGER", "PUT /v1/service-requests/{service_request_id}"): (_vendor_of_property,),
    ("RENTVINE", "POST /v1/leases/"): (_primary_residents,),
    ("RENTVINE", "POST /v1/resident-payments/"): (_primary_payer, _bank_account),
    ("RESMAN", "POST /v1/applicants/"): (_available_unit,),
    ("YARDI", "POST /v1/contracts/"): (_own_number,),
    ("YARDI", "POST /v1/payable-registers/"): _REGISTER,
    ("YARDI_REST", "POST /v1/payable-registers/"): _REGISTER,
}
