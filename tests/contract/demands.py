"""What operations demand of a body where no schema can say it: the field, and the reason."""

import itertools
import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from mock_server.contract.operation import Operation
from tests.contract.grounds import Ground, Record
from tests.contract.paths import pets_of

Body = Mapping[str, Any]
Fields = Callable[[Ground, Operation, Body], dict[str, Any]]


class Demand(NamedTuple):
    """Fields that a call needs beside what its schema requires, and why.

    `pattern` finds the keys of the operations that it is made of.
    """

    pattern: str
    fields: Fields
    reason: str


def _first_of(resource: str, field: str) -> Fields:
    return lambda ground, _, __: {field: ground.of(resource)[0]["id"]}


def _of_path_records(field: str) -> Fields:
    return lambda ground, operation, _: {field: ground.path_records(operation)[0]["id"]}


def _connection(ground: Ground, _: Operation, made: Body) -> dict[str, Any]:
    if "credentials" not in made and "integration_vendor" not in made:
        return {}
    return {
        "integration_vendor": ground.integration["vendor"],
        "credentials": _credentials(ground, str(ground.integration["vendor"])),
    }


def _credentials(ground: Ground, vendor: str) -> dict[str, str]:
    shapes = ground.api.catalogue.document.schemas.values()
    shape = next((each for each in shapes if each.get("x-vendor") == vendor), {})
    fields = {name: shape["properties"][name] for name in shape.get("required", ())}
    address = "https://pms.example.com/api"
    return {
        name: address if each.get("format") == "uri" else "secret" for name, each in fields.items()
    }


def _rentable(ground: Ground, _: Operation, __: Body) -> dict[str, Any]:
    free = [each for each in ground.of("rentable_items") if each["is_available"]]
    return {"rentable_item_id": free[0]["id"], "applicant_id": ground.of("applicants")[0]["id"]}


def _pet(ground: Ground, _: Operation, __: Body) -> dict[str, Any]:
    return {"resident_pet_id": pets_of(ground)[0]["id"]}


def _addressee(ground: Ground, _: Operation, made: Body) -> dict[str, Any]:
    for field, people in (("lead_id", "leads"), ("applicant_id", "applicants")):
        if "email_to" in made and field in made:
            known: Record = next(each for each in ground.of(people) if each["id"] == made[field])
            return {"email_to": known["email_1"]}
    if "email_to" in made:
        return {"email_to": ground.of("residents")[0]["email_1"]}
    return {}


def _owner(_: Ground, __: Operation, made: Body) -> dict[str, Any]:
    return {"postcode": "NG1 5FS"} if made.get("type") in {"vendor", "landlord"} else {}


def _status(ground: Ground, _: Operation, made: Body) -> dict[str, Any]:
    return {"status": ground.of("statuses")[0]["name"]} if "status" in made else {}


_numbers = itertools.count(1)


def _register(ground: Ground, _: Operation, made: Body) -> dict[str, Any]:
    """Return a register whose total is that of its items, with a number of its own."""
    if "payable_register_items" not in made:
        return {}
    items = made["payable_register_items"]
    place = items[0].get("property_id") if items else None
    accounts = [each for each in ground.of("financial_accounts") if each["property_id"] == place]
    found = {
        "invoice_number": f"R{next(_numbers)}",
        "total_amount_in_cents": sum(each.get("total_amount_in_cents") or 0 for each in items),
    }
    if "cash_financial_account_id" in made and accounts:
        found["cash_financial_account_id"] = accounts[0]["id"]
    return found


def bank_account(ground: Any, _: Operation, __: Body) -> dict[str, Any]:
    """Return an account that holds money, as far as its name tells."""
    known = (each for each in ground.of("financial_accounts") if "cash" in each["name"])
    return {"financial_account_id": next(known)["id"]}


def _available_unit(ground: Ground, _: Operation, __: Body) -> dict[str, Any]:
    free = {each["unit_id"] for each in ground.of("listings") if each["is_available"]}
    return {"unit_id": next(each["id"] for each in ground.of("units") if each["id"] in free)}


def _own_source(ground: Ground, operation: Operation, made: Body) -> dict[str, Any]:
    known = ground.path_records(operation)[0]["lead_source_id"]
    return {"lead_source_id": known} if known and "lead_source_id" in made else {}


def one_is_primary(_: Any, __: Operation, made: Body) -> dict[str, Any]:
    """Return the contacts as primary ones."""
    return {"contacts": [{**each, "is_primary": True} for each in made.get("contacts", ())]}


# The first that finds a key does not end the search: an operation may be demanded several things.
DEMANDS = (
    Demand(r"/events/appointments/\w+/cancel", _of_path_records("event_id"), "what to cancel"),
    Demand(r"/payable-registers/cancel", _of_path_records("payable_register_id"), "what to cancel"),
    Demand(r"/v1/events/", _addressee, "an email goes to the person's own address"),
    Demand(
        r"POST /crm/v1/(prospects|appointments)(/|/knock|/eliseai)?$",
        lambda *_: {"email_1": "ada.byron@example.com"},
        "Knock and EliseAI want to be able to reach a prospect",
    ),
    Demand(
        r"POST /crm/v1/appointments(/eliseai)?$",
        _first_of("crm_communities", "community_id"),
        "a visit is to a community, which only a prospect's own could replace",
    ),
    Demand(
        r"POST /crm/v1/events/(knock/)?$",
        lambda ground, _, __: {
            "agent_id": ground.of("crm_agents")[0]["id"],
            "event_datetime": "2026-03-01T08:30:00.000Z",
            "notes": "Asked for the way.",
        },
        "Knock wants to know who wrote what and when",
    ),
    Demand(r"POST /v1/resident-pets/", _first_of("residents", "resident_id"), "whose pet it is"),
    Demand(r"PUT /v1/resident-pets/", _pet, "the body's id is that of the path"),
    Demand(r"/rentable-items/applicants/assign", _rentable, "what is free, and for whom"),
    Demand(
        r"POST /v1/service-request-history/$",
        _first_of("service_requests", "service_request_id"),
        "history is of a request",
    ),
    Demand(
        r"POST /v1/amenities/(units|properties)/",
        lambda ground, _, __: {"vendor": ground.integration["vendor"]},
        "the vendor is that of the integration",
    ),
    Demand(
        r"(POST|PUT) /v1/admin/integrations/({integration_id}/)?$",
        _connection,
        "credentials have the shape that their vendor takes",
    ),
    Demand(
        r"/license-keys/",
        lambda *_: {"expires_at": "2030-01-31"},
        "a key must not have expired",
    ),
    Demand(r"POST /v1/payable-registers/(yardi|yardi_rest)?/?$", _register, "sums and numbers"),
    Demand(r"POST /v1/resident-payments/rentvine/", bank_account, "paid into a bank account"),
    Demand(r"POST /v1/applicants/resman/", _available_unit, "the unit has to be available"),
    Demand(r"PUT /v1/leads/entrata/", _own_source, "the source of a lead is set once"),
    Demand(r"POST /v1/vendors/entrata/", one_is_primary, "one contact is primary"),
    Demand(r"/api/v103/", _owner, "an owner's property has a postcode"),
    Demand(r"/api/v103/", _status, "a status is one of the account's"),
)


def beyond_the_schema(ground: Ground, operation: Operation, made: Body) -> dict[str, Any]:
    """Return what behaviours demand where no schema can say it."""
    found: dict[str, Any] = {}
    for demand in DEMANDS:
        if any(re.search(demand.pattern, each.key) for each in (operation, ground.rules)):
            found.update(demand.fields(ground, operation, made))
    fields = ground.schema.get("properties", {})
    return {name: value for name, value in found.items() if name in fields}
