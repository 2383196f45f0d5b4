"""Webhook deliveries: what is sent to whom, when it is tried again, and what became of it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from mock_server.contract.resource import Filter, Resource
from mock_server.engine import delivery_faults, retention
from mock_server.engine.messages import DELIVERY_HEADER, AttemptResult, Message, Request
from mock_server.engine.moment import Moment
from mock_server.engine.refusals import FAULT
from mock_server.signatures import sign
from mock_server.world.agenda import Entry
from mock_server.world.clock import iso, parse
from mock_server.world.identifiers import cuid
from mock_server.world.queries import where
from mock_server.world.records import Record
from mock_server.world.world import World

TABLE = "deliveries"
LEAVE = "send a delivery"

WAITING, LEAVING, DELIVERED, LOST, BLOCKED = "waiting", "leaving", "delivered", "lost", "blocked"
STATES = (WAITING, LEAVING, DELIVERED, LOST, BLOCKED)

_TEXT, _NUMBER = {"type": "string"}, {"type": "integer"}
_NULLABLE = {"type": ["string", "null"]}
RESOURCE = Resource(
    TABLE,
    {
        "id": _TEXT,
        "number": _NUMBER,
        "api": _TEXT,
        "webhook_id": _TEXT,
        "event": _TEXT,
        "record_id": _NULLABLE,
        "why": _TEXT,
        "state": _TEXT,
        "reason": _NULLABLE,
        "created_at": _TEXT,
        "due_at": _NULLABLE,
        "url": _TEXT,
        "headers": {"type": "object"},
        "body": _TEXT,
        "spoiled_by": _NULLABLE,
        "copy_of": _NULLABLE,
        "attempts": {"type": "array"},
    },
    private={
        "is_over": "boolean",
        "webhook_table": "string",
        "most_retries": "integer",
        "retry_seconds": "number",
    },
    filters=frozenset(
        Filter(name)
        for name in (
            "number",
            "api",
            "webhook_id",
            "event",
            "record_id",
            "state",
            "spoiled_by",
            "is_over",
        )
    ),
)


def post(moment: Moment, message: Message) -> Record:
    """Queue a message as a delivery, spoiled where a fault says so, and return the delivery."""
    world = moment.world
    delivery = _delivery(moment, message)
    spoiling = delivery_faults.spoil(world, delivery, is_signed=message.secret is not None)
    effect = spoiling.effect if spoiling else None
    delivery |= {
        "spoiled_by": effect,
        "headers": _headers(message, is_forged=effect == delivery_faults.WRONG_SIGNATURE),
    }
    if effect == delivery_faults.LOSE:
        return _add(moment, delivery | _over(LOST, "a delivery fault loses it"))
    later = spoiling.later if spoiling else timedelta()
    queued = _queue(moment, delivery, moment.at + later)
    if effect == delivery_faults.DUPLICATE:
        send_again(moment, queued, "a delivery fault duplicates it")
    # What is itself held back has not gone ahead of anything yet.
    if effect not in {delivery_faults.REORDER, delivery_faults.DELAY}:
        _release_overtaken(moment, message.webhook[1])
    return queued


def send_again(moment: Moment, delivery: Record, why: str) -> Record:
    """Queue the same bytes once more, as a delivery of its own that nothing holds back."""
    # A wrong signature is in the bytes; whatever else a fault did, it does not do again.
    is_forged = delivery["spoiled_by"] == delivery_faults.WRONG_SIGNATURE
    own = {"spoiled_by": delivery["spoiled_by"] if is_forged else None, "why": why}
    again = {**delivery, **_fresh(moment), **own, "copy_of": delivery["id"]}
    return _queue(moment, again, moment.at)


def leave(moment: Moment, details: Mapping[str, Any]) -> None:
    """Let a delivery leave the world, unless its webhook no longer wants it."""
    world, deliveries = moment.world, moment.world.collection(TABLE)
    delivery = deliveries.get(details["id"])
    # An entry of the agenda is never taken back. One that is early, or whose delivery has left
    # already, finds out here that it has nothing to do.
    if delivery is None or delivery["state"] != WAITING or delivery["due_at"] > iso(moment.at):
        return
    if not is_wanted(world, delivery):
        deliveries.patch(delivery["id"], _over(LOST, "its webhook is gone or switched off"))
        return
    # The network is not asked inside a turn: a slow receiver would hold the world. The dispatcher
    # sends what was handed out, and `note` brings the result back.
    deliveries.patch(delivery["id"], {"state": LEAVING, "due_at": iso(moment.at)})
    world.hand_out(delivery["id"])


def is_wanted(world: World, delivery: Record) -> bool:
    """Say whether the webhook of a delivery is still there and switched on."""
    webhook = world.collection(delivery["webhook_table"]).get(delivery["webhook_id"])
    return webhook is not None and webhook["active"]


def give_up(moment: Moment, details: Mapping[str, Any]) -> None:
    """Count a delivery as lost that a fault of the sandbox kept from leaving."""
    moment.world.collection(TABLE).patch(details["id"], _over(LOST, FAULT))


def request(world: World, delivery_id: str) -> Request | None:
    """Return what is to be sent, None where nothing is any more, or another replica sends it."""
    delivery = world.collection(TABLE).get(delivery_id)
    if delivery is None or delivery["state"] != LEAVING or not world.claim(delivery_id):
        return None
    body = delivery["body"].encode()
    headers = {**delivery["headers"], DELIVERY_HEADER: delivery_id}
    return Request(delivery["webhook_id"], delivery["url"], headers, body)


def note(world: World, delivery_id: str, result: AttemptResult) -> None:
    """Note what became of an attempt, and plan the next one where it failed.

    Any 2xx is a success, else it is sent again as its vendor does.
    """
    delivery = world.collection(TABLE).get(delivery_id)
    # A reset, or a restored snapshot, may have come in between; then nobody waits for the result.
    if delivery is None or delivery["state"] != LEAVING:
        return
    world.take_back(delivery_id)
    attempts = [*delivery["attempts"], _attempt(delivery, result)]
    after = _after(delivery, result, len(attempts))
    world.collection(TABLE).patch(delivery_id, {"attempts": attempts, **after})
    if after["state"] == WAITING:
        world.agenda.add(Entry(parse(after["due_at"]), LEAVE, {"id": delivery_id}))


def _delivery(moment: Moment, message: Message) -> Record:
    table, webhook_id = message.webhook
    return {
        **_fresh(moment),
        "api": message.api,
        "webhook_id": webhook_id,
        "webhook_table": table,
        "event": message.event,
        "record_id": message.record_id,
        "why": message.why,
        "url": message.url,
        "body": message.body,
        "copy_of": None,
        "most_retries": message.retries.most,
        "retry_seconds": message.retries.after.total_seconds(),
    }


def _fresh(moment: Moment) -> Record:
    """Return what no two deliveries share."""
    return {
        "id": cuid(moment.world.random()),
        "number": moment.world.next_number("deliveries", first=1),
        "created_at": iso(moment.at),
        "state": WAITING,
        "reason": None,
        "is_over": False,
        "attempts": [],
    }


def _headers(message: Message, *, is_forged: bool) -> dict[str, str]:
    own = {name.lower(): value for name, value in message.headers.items()}
    headers = {"content-type": "application/json", **own}
    if message.secret is not None:
        secret = f"not {message.secret}" if is_forged else message.secret
        headers[message.signed_in] = sign(secret, message.body.encode())
    return headers


def _queue(moment: Moment, delivery: Record, due_at: datetime) -> Record:
    queued = _add(moment, {**delivery, "due_at": iso(due_at)})
    moment.world.agenda.add(Entry(due_at, LEAVE, {"id": queued["id"]}))
    return queued


def _add(moment: Moment, delivery: Record) -> Record:
    deliveries = moment.world.collection(TABLE)
    most = moment.settings.keep_deliveries
    retention.forget_oldest(moment.world, deliveries, where(is_over=True), most)
    return deliveries.add(delivery)


def _release_overtaken(moment: Moment, webhook_id: str) -> None:
    """Let what a fault held back leave now that another delivery has gone ahead of it."""
    if not delivery_faults.holds_back(moment.world):
        return
    held = where(webhook_id=webhook_id, state=WAITING, spoiled_by=delivery_faults.REORDER)
    for each in moment.world.collection(TABLE).all(held):
        if not each["attempts"]:
            moment.world.collection(TABLE).patch(each["id"], {"due_at": iso(moment.at)})
            moment.world.agenda.add(Entry(moment.at, LEAVE, {"id": each["id"]}))


def _attempt(delivery: Record, result: AttemptResult) -> Record:
    return {
        "at": delivery["due_at"],
        "status": result.status,
        "headers": dict(result.headers),
        "body": result.text,
        "error": result.error,
        "milliseconds": result.milliseconds,
    }


def _after(delivery: Record, result: AttemptResult, attempts: int) -> Record:
    """Return the state that an attempt leaves a delivery in."""
    if result.is_success:
        return _over(DELIVERED, None)
    if result.is_blocked:
        return _over(BLOCKED, result.error)
    if attempts > delivery["most_retries"]:
        return _over(LOST, f"none of {attempts} attempts was answered with 2xx")
    later = timedelta(seconds=delivery["retry_seconds"])
    # Counted from when the attempt was due, not from when it ended, so that the times of all
    # attempts follow from the first and do not depend on how fast a receiver is.
    return {"state": WAITING, "due_at": iso(parse(delivery["due_at"]) + later)}


def _over(state: str, reason: str | None) -> Record:
    return {"state": state, "reason": reason, "due_at": None, "is_over": True}
