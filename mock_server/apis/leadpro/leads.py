"""What happens to a lead: created, valued, updated, found again by its person."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from mock_server.apis.leadpro import announcements, office_routing, valuation, webhooks
from mock_server.apis.leadpro.account import account
from mock_server.contract.problems import Problem
from mock_server.contract.rules import json_bytes
from mock_server.engine import actions
from mock_server.engine.call import Call, Reply, reply
from mock_server.engine.moment import Moment
from mock_server.engine.references import found
from mock_server.engine.refusals import Invalid, broken
from mock_server.world.records import Record
from mock_server.world.world import World

FIRST_ID = 18_382  # The guide's last sample lead is 18381.

# An older guide demands the postcode of those who offer a home, so that it can be routed.
_NEED_POSTCODE = frozenset({"vendor", "landlord"})
_APPENDED, _MERGED = "questionnaire", "meta"


def create(call: Call, world: World) -> Reply:
    """Store a lead, routed to an office (guide: Create Lead)."""
    answer = actions.create(call, world)
    _tell(call, world, webhooks.LEAD_CREATED, json.loads(answer.content)["id"])
    return answer


def create_valued(call: Call, world: World) -> Reply:
    """Store a lead with its estimates (guide: Create Instant Valuation Lead)."""
    call.body.update(valuation.estimate(call.body))
    return create(call, world)


def update(call: Call, world: World) -> Reply:
    """Change what is sent of a lead and answer it whole (guide: Update Lead)."""
    answer = actions.update(call, world)
    _tell(call, world, webhooks.LEAD_UPDATED, call.record_id)
    due = found(call, world).get("next_action_date")
    if due is None:
        return answer
    return Reply(b'%b,"next_action_date":%b}' % (answer.content[:-1], reply(due).content))


def demand_postcode(call: Call) -> Iterator[Problem]:
    """Yield the lack of a postcode in a new lead that needs one."""
    kind = call.body.get("type")
    is_placed = any(call.body.get(name) is not None for name in ("postcode", "office_id"))
    if kind in _NEED_POSTCODE and not is_placed:
        yield broken("postcode", f"is required for a {kind} lead unless office_id is given")


def demand_status(call: Call) -> Iterator[Problem]:
    """Yield a status that the account does not have."""
    sent = call.body.get("status")
    if sent is not None and str(sent) not in _statuses():
        yield Problem("enum", [each["name"] for each in account().statuses], ("status",), sent)


def demand_contact(call: Call) -> Iterator[Problem]:
    """Yield what is wrong with the contact details by which leads are searched for."""
    if not any(call.question.values.get(name) for name in ("email", "phone")):
        yield broken("phone", "email or phone must be given")


def draft(call: Call, world: World) -> Record:
    """Return the fields of a lead that a body stands for; values stay as they were sent."""
    fields = {name: value for name, value in call.body.items() if value is not None}
    if call.operation.method == "PATCH":
        return _changes(call, world, fields)
    routed = office_routing.route(fields, account().offices)
    return {
        **fields,
        **standing("New"),
        **routed.fields,
        "id": world.next_number("leadpro_leads", first=FIRST_ID),
        "full_name": f"{fields['first_name']} {fields['last_name']}",
        "source": _source(call, fields.get("source")),
        "is_parent": True,
        "international": fields.get("international", False),
        "account_id": account().id,
        "account_name": account().name,
    }


def _tell(call: Call, world: World, event: str, lead_id: object) -> None:
    moment = Moment(world, world.clock.now(), call.settings)
    announcements.tell(moment, event, lead_id, f"{call.operation.key} was accepted")


def _changes(call: Call, world: World, fields: Record) -> Record:
    lead = found(call, world)
    changes = dict(call.body)
    if "status" in fields:
        changes.update(standing(fields["status"]))
    if "office_id" in fields:
        office = call.records(world, "offices").get(fields["office_id"]) or {}
        changes.update(office_name=office.get("name"), out_of_area_distance=None)
    if _MERGED in fields:
        changes[_MERGED] = {**(lead[_MERGED] or {}), **fields[_MERGED]}
    if _APPENDED in fields:
        changes[_APPENDED] = [*_pairs(lead[_APPENDED]), *_pairs(fields[_APPENDED])]
    _refuse_grown(call, changes)
    names = {**lead, **changes}
    return {**changes, "full_name": f"{names['first_name']} {names['last_name']}"}


def _refuse_grown(call: Call, changes: Record) -> None:
    """Raise `Invalid` for what is within its limit as it was sent, and not beside what was there.

    The limit is one of what a lead holds (guide: Create Lead), whichever call brought it.
    """
    problems = [
        broken(name, f"would have {size:,} bytes with what is stored; the limit is {most:,}")
        for name in (_APPENDED, _MERGED)
        if name in changes
        and (size := len(json_bytes(changes[name]))) > (most := _most_bytes(call, name))
    ]
    if problems:
        raise Invalid(problems)


def _most_bytes(call: Call, name: str) -> int:
    schema = call.api.catalogue.document.resolve((call.operation.body or {})["properties"][name])
    return int(schema["x-max-json-bytes"])


def _source(call: Call, sent: object) -> str:
    """Return the source a lead gets: an unknown one is no error (guide: Sources)."""
    schema = (call.operation.body or {})["properties"]["source"]
    return str(sent if sent in schema["x-known-values"] else schema["x-fallback"])


def standing(status: str | int) -> Record:
    """Return what a lead of this status shows of it; raises `KeyError` where there is none."""
    known = _statuses()[str(status)]
    return {"status": known["name"], "stage": account().stages[known["stageId"]]}


@cache
def _statuses() -> Mapping[str, Mapping[str, Any]]:
    """Return the statuses by name and by id: the guide shows the name and speaks of the id."""
    return {str(each[field]): each for each in account().statuses for field in ("id", "name")}


def _pairs(answers: Any) -> list[Any]:
    if isinstance(answers, dict):
        return list(answers.values())
    return list(answers or ())
