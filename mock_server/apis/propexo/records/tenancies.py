"""What a PMS makes of a lease and of a resident: who lives where, from when and for how much."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from mock_server.apis.propexo import normalization, writes
from mock_server.apis.propexo.drafts import draft, named
from mock_server.apis.propexo.fitting import dated, in_text
from mock_server.apis.propexo.pms.balances import amount
from mock_server.apis.propexo.records import money, people
from mock_server.apis.propexo.records.changes import companion, part
from mock_server.contract.kinds import Kind
from mock_server.engine import actions
from mock_server.engine.call import Call, Reply
from mock_server.engine.changes import Change, added, joined, patched
from mock_server.engine.references import found
from mock_server.world.records import Record
from mock_server.world.world import World

_TYPES = {"Fixed": "Fixed term", "FixedWithRollover": "Fixed with rollover", "AtWill": "At will"}
# A filter by when somebody moves leaves the one by resident without effect (reference: leases).
_MOVING = frozenset(
    f"{side}_move_{way}_date" for side in ("before", "after") for way in ("in", "out")
)


def list_leases(call: Call, world: World) -> Reply:
    """Answer the leases that the filters select; those by moving dates override the resident."""
    asked = call.question
    if any(asked.values.get(name) is not None for name in _MOVING):
        kept = tuple(each for each in asked.selection.conditions if each.field != "resident_id")
        call.question = replace(asked, selection=replace(asked.selection, conditions=kept))
    return actions.list_records(call, world)


def create_lease(call: Call, world: World) -> Reply:
    """Queue a lease with its residents and the charges that its body carries.

    A person whose name is sent without the id of a resident becomes one (assumed).
    """
    lease = draft(call, world, lease_details(call, world))
    residents = list(_residents(call, world))
    newcomers = [] if residents else list(_newcomers(call, world, lease))
    residents += newcomers
    lease["residents_meta_data"] = _links(call, world, lease, residents)
    lease.update(_holder(residents), **_dwelling(lease))
    return writes.settle(
        call,
        world,
        added(call, "leases", lease),
        *(added(call, "residents", each) for each in newcomers),
        *(_leased(call, world, each, lease) for each in residents),
        *money.brought_along(call, world, lease),
    )


def update_lease(call: Call, world: World) -> Reply:
    """Queue the changes of a lease; residents that are named join those it has."""
    lease = found(call, world)
    changes = draft(call, world, lease_details(call, world))
    whole = {**lease, **changes}
    known = [each["resident_id"] for each in lease["residents_meta_data"]]
    joining = [each for each in _residents(call, world) if each["id"] not in known]
    changes.update(_dwelling(whole), **({} if known else _holder(joining)))
    moved = [] if _dwelling(whole) == _dwelling(lease) else known
    links = [
        *({**_moves(whole), "resident_id": each} for each in moved),
        *_links(call, world, whole, joining),
    ]
    return writes.settle(
        call,
        world,
        patched(call, "leases", lease["id"], changes),
        joined(call, "leases", lease["id"], {"residents_meta_data": links}),
        *(_leased(call, world, each, whole) for each in joining),
        *(_moved(call, each, whole) for each in moved),
    )


def lease_details(call: Call, world: World) -> Record:
    """Return what the PMS knows of a lease besides what is said of it."""
    details = {**_standing(call), **_terms(call.body)}
    unit = named(call, world, "units", call.body.get("unit_id"))
    if unit:
        details.update(unit_number=unit.get("number"))
    if call.operation.kind is Kind.CREATE:
        details = {**amount("balance_amount", 0), **details}
        details.update(amount("past_due_balance", 0))
    return details


def create_resident(call: Call, world: World) -> Reply:
    """Queue a resident, who joins the lease that the body names."""
    resident = draft(call, world, {"balance_in_cents": 0, "late_balance_in_cents": 0})
    lease = named(call, world, "leases", call.body.get("lease_id"))
    if not lease:
        return writes.settle(call, world, added(call, "residents", resident))
    link = {"lease_id": lease["id"], **_role(is_holder=True), **_moves(lease)}
    resident["leases_meta_data"] = [part(call, world, "residents", "leases_meta_data", link)]
    joining = {"residents_meta_data": _links(call, world, lease, [resident])}
    if not lease["residents_meta_data"]:
        joining.update(_holder([resident]))
    return writes.settle(
        call,
        world,
        added(call, "residents", resident),
        joined(call, "leases", lease["id"], joining),
    )


def update_resident(call: Call, world: World) -> Reply:
    """Queue the changes of a resident, and the events that the body carries."""
    change = patched(call, "residents", call.record_id, draft(call, world))
    return writes.settle(call, world, change, *people.events_of(call, world, found(call, world)))


def _standing(call: Call) -> Record:
    """Return how a lease stands, in the PMS's words and in the shared ones."""
    is_new = call.operation.kind is Kind.CREATE
    status = call.body.get("status", "PENDING" if is_new else None)
    if status is None:
        return {}
    normalized = normalization.value_of(("leases", "status"), status)
    return {"status": status, "status_raw": status.capitalize(), "status_normalized": normalized}


def _terms(body: Mapping[str, Any]) -> Record:
    terms: dict[str, Any] = {}
    if "type" in body:
        terms["type"] = _TYPES.get(body["type"], body["type"])
    if "deposit_amount_in_cents" in body:
        terms["deposit_amount"] = in_text(body["deposit_amount_in_cents"])
    if "deposit_charge_date" in body:
        terms["deposit_date"] = dated(body["deposit_charge_date"])
    months = str(body.get("desired_lease_term_in_months", ""))
    if months.isdigit():
        terms["term"] = f"{months} months"
    return terms


def _residents(call: Call, world: World) -> Iterator[Record]:
    """Yield the residents that the body names in any of its fields, each once."""
    body = call.body
    ids = [body.get("resident_id"), *body.get("associated_resident_ids", ())]
    ids += [each["id"] for each in body.get("tenants", ())] + body.get("tenant_ids", [])
    for each in dict.fromkeys(ids):
        resident = named(call, world, "residents", each)
        if resident:
            yield resident


def _newcomers(call: Call, world: World, lease: Record) -> Iterator[Record]:
    if {"first_name", "last_name"} & call.body.keys():
        known = {"lease_id": lease["id"], "x_lease_id": lease["x_id"]}
        person = {**people.described(call, world, "residents"), **known}
        yield companion(call, world, "residents", lease, **person)


def _links(
    call: Call, world: World, lease: Record, residents: list[Record]
) -> list[dict[str, Any]]:
    """Return how a lease shows residents who join it; who comes first to an empty one holds it."""
    is_empty = not lease.get("residents_meta_data")
    return [
        part(
            call,
            world,
            "leases",
            "residents_meta_data",
            {
                "resident_id": each["id"],
                **_role(is_holder=is_empty and index == 0),
                **_moves(lease),
            },
        )
        for index, each in enumerate(residents)
    ]


def _leased(call: Call, world: World, resident: Record, lease: Record) -> Change:
    """Return the change by which a resident's own record tells of a lease that is new to it."""
    said = {"lease_id": lease["id"], **_role(is_holder=True), **_moves(lease)}
    told = part(call, world, "residents", "leases_meta_data", said)
    values = {"leases_meta_data": [told], "lease_id": lease["id"], "x_lease_id": lease["x_id"]}
    return joined(call, "residents", resident["id"], values)


def _moved(call: Call, resident_id: str, lease: Record) -> Change:
    told = {"lease_id": lease["id"], **_moves(lease)}
    return joined(call, "residents", resident_id, {"leases_meta_data": [told]})


def _holder(residents: list[Record]) -> Record:
    """Return whose lease it is, for readers and for the filter of the list."""
    first = residents[0] if residents else {}
    return {"resident_id": first.get("id"), "x_resident_id": first.get("x_id")}


def _dwelling(lease: Record) -> Record:
    """Return from when to when somebody lives there, for the filters of the list."""
    moves = _moves(lease)
    return {**moves, "has_no_move_out": moves["move_out_date"] is None}


def _moves(lease: Record) -> Record:
    """Return when somebody moves in and out: what happened counts before what was planned."""
    return {
        name: dated(lease.get(f"realized_{name}") or lease.get(f"scheduled_{name}"))
        or dated(lease.get(name))
        for name in ("move_in_date", "move_out_date")
    }


def _role(*, is_holder: bool) -> Record:
    raw = "Primary" if is_holder else "Secondary"
    return {"x_resident_type": raw, "resident_type_normalized": raw.upper()}
