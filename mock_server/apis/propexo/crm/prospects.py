"""What a CRM makes of a prospect that is written: how to reach them, and what is noted."""

from collections.abc import Mapping
from typing import Any

from mock_server.apis.propexo import addressees, writes
from mock_server.apis.propexo.crm.drafts import companion
from mock_server.apis.propexo.drafts import draft, named
from mock_server.contract.kinds import Kind
from mock_server.contract.problems import Problem
from mock_server.engine.call import Call, Reply
from mock_server.engine.changes import added, patched
from mock_server.engine.references import found
from mock_server.engine.refusals import Invalid, broken
from mock_server.world.records import Record
from mock_server.world.world import World

# Reference: Create Prospect: Knock, and EliseAI.
_ASKING_FOR_A_CONTACT = frozenset({"ELISEAI", "KNOCK"})
# What the statuses are called is not documented.
_NEW, _TO_VISIT = "New", "Tour scheduled"


def create(call: Call, world: World) -> Reply:
    """Queue a new prospect, whom Knock and EliseAI want to be able to reach."""
    problem = unreachable(call.body)
    if problem and addressees.vendor_of(call, world) in _ASKING_FOR_A_CONTACT:
        raise Invalid([problem])
    prospect = draft(call, world, _details(call, world))
    return writes.settle(call, world, added(call, "crm_prospects", prospect))


def update(call: Call, world: World) -> Reply:
    """Queue the changes of a prospect; notes are added to those there are."""
    changes = draft(call, world, _details(call, world))
    if "notes" in call.body:
        changes["notes"] = _with_note(found(call, world), call.body["notes"])
    return writes.settle(call, world, patched(call, "crm_prospects", call.record_id, changes))


def brought_along(call: Call, world: World) -> Record:
    """Return the new prospect whom a body without prospect_id books an appointment for."""
    known = {**_details(call, world), "status": _TO_VISIT}
    return companion(call, world, "crm_prospects", **known)


def unreachable(body: Mapping[str, Any]) -> Problem | None:
    """Return the problem of a body that has neither an email address nor a phone number."""
    if "email_1" in body or "phone_1" in body:
        return None
    return broken("email_1", "is required unless phone_1 is sent")


def _details(call: Call, world: World) -> Record:
    details: Record = {}
    if call.operation.kind is Kind.CREATE:
        details["status"] = _NEW
    attribution = named(call, world, "crm_attributions", call.body.get("attribution_id"))
    if attribution and "prospect_source" not in call.body:
        details["prospect_source"] = attribution["name"]
    # Reference: Create Prospect: RentCafe reads the first number of bedrooms alone.
    if "desired_num_bedrooms" in call.body and addressees.vendor_of(call, world) == "RENTCAFE":
        details["desired_num_bedrooms"] = call.body["desired_num_bedrooms"][:1]
    return details


def _with_note(prospect: Record, note: str) -> str:
    return "\n".join(text for text in (prospect.get("notes"), note) if text)
