"""What happened with a prospect: which fields its kind of event needs, and what the CRM keeps."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mock_server.apis.propexo import addressees, writes
from mock_server.apis.propexo.crm.drafts import companion
from mock_server.apis.propexo.drafts import draft
from mock_server.contract.problems import Problem
from mock_server.engine.call import Call, Reply
from mock_server.engine.changes import Change, added, patched
from mock_server.engine.refusals import Invalid, broken
from mock_server.world.clock import iso, parse
from mock_server.world.queries import where
from mock_server.world.records import Record
from mock_server.world.world import World

_WRITTEN = ("agent_id", "event_datetime", "notes")
# Reference: Create Event: Knock. Of other CRMs nothing of the kind is documented.
_NEEDED: Mapping[str, tuple[str, ...]] = {
    "SMS": _WRITTEN,
    "CHAT": _WRITTEN,
    "ACTIVITY": ("event_datetime", "notes"),
    "EMAIL": ("agent_id", "event_datetime", "email_subject", "email_body"),
    "CALL": ("agent_id", "attribution_id", "call_status", "time_from", "time_to"),
}


def create(call: Call, world: World) -> Reply:
    """Queue a new event, or, as EliseAI takes them, several new or changed ones."""
    if "events" in call.body:
        changes = [_reactivation(call, world, each) for each in _distinct(call.body["events"])]
        return writes.settle(call, world, *changes)
    problems = tuple(_lacking(call, world))
    if problems:
        raise Invalid(problems)
    event = draft(call, world, _details(call.body))
    event["event_datetime"] = event["event_datetime"] or iso(world.clock.now())
    return writes.settle(call, world, added(call, "crm_events", event))


def _lacking(call: Call, world: World) -> Iterator[Problem]:
    kind = call.body.get("event_name")
    if addressees.vendor_of(call, world) != "KNOCK":
        return
    for field in _NEEDED.get(str(kind), ()):
        if field not in call.body:
            yield broken(field, f"is required for {kind} events")


def _details(body: Mapping[str, Any]) -> Record:
    happened = body.get("event_datetime") or body.get("time_from")
    return {
        "type_raw": _raw(body["event_name"]) if "event_name" in body else None,
        "event_datetime": happened and iso(parse(happened)),
    }


def _distinct(events: Sequence[Mapping[str, str]]) -> list[Mapping[str, str]]:
    """Return the events without those that a later one of the same id changes."""
    return list({each.get("event_id", index): each for index, each in enumerate(events)}.values())


def _reactivation(call: Call, world: World, sent: Mapping[str, str]) -> Change:
    """Return the change of the prospect's event that is meant, or a new event."""
    told = {
        "event_name": sent["type"],
        "type_raw": _raw(sent["type"]),
        "event_datetime": iso(parse(sent["event_date"])),
    }
    known = _known(call, world, sent.get("event_id"))
    if known:
        return patched(call, "crm_events", known["id"], told)
    if "event_id" in sent:
        told["x_id"] = sent["event_id"]
    return added(call, "crm_events", companion(call, world, "crm_events", **told))


def _known(call: Call, world: World, x_id: str | None) -> Record | None:
    if x_id is None:
        return None
    chosen = where(x_id=x_id, prospect_id=call.body.get("prospect_id"))
    return call.records(world, "crm_events").first(chosen)


def _raw(kind: str) -> str:
    return kind.replace("_", " ").capitalize()
