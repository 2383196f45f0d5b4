"""The rules that spoil deliveries: listed, made and removed."""

from collections.abc import Mapping, Sequence
from typing import Any

from mock_server.control import envelopes
from mock_server.control.webhooks import EveryWebhook
from mock_server.engine import delivery_faults
from mock_server.engine.call import Call, Reply, reply
from mock_server.engine.delivery_faults import DELAY, REORDER, WRONG_SIGNATURE
from mock_server.engine.references import missing
from mock_server.engine.refusals import Invalid, NotFound, broken
from mock_server.world.clock import iso
from mock_server.world.identifiers import cuid
from mock_server.world.queries import EVERYTHING
from mock_server.world.records import Collection
from mock_server.world.world import World


def find_all(call: Call, world: World) -> Reply:
    """Answer one page of the delivery faults, in the order in which they were made."""
    values = call.question.values
    found = _faults(world).page(EVERYTHING, offset=values["offset"], limit=values["limit"])
    return envelopes.page(call, found)


def add(webhooks: EveryWebhook, call: Call, world: World) -> Reply:
    """Make a delivery fault and answer it."""
    body = call.body
    apis = webhooks.apis_with(body.get("event"), body.get("api"))
    if "webhook_id" in body:
        apis = [webhooks.webhook_of(world, body["webhook_id"], apis)[0]]
    _refuse_without_effect(body, [each for each in apis if webhooks[each].are_signed], apis[0])
    made = {"id": cuid(world.random()), "created_at": iso(world.clock.now()), **body}
    return reply(_faults(world).add(made))


def remove_all(_: Call, world: World) -> Reply:
    """Remove every delivery fault."""
    faults = _faults(world)
    return reply({"removed": sum(faults.remove(each["id"]) for each in faults.all())})


def remove(call: Call, world: World) -> Reply:
    """Remove the delivery fault that the path names."""
    if not _faults(world).remove(call.record_id):
        raise NotFound(missing(delivery_faults.TABLE, call.record_id))
    return reply({"removed": 1})


def _refuse_without_effect(body: Mapping[str, Any], signing: Sequence[str], api: str) -> None:
    effect = body["effect"]
    if "seconds" in body and effect not in {DELAY, REORDER}:
        advice = f"is for {DELAY} and {REORDER}, not for {effect}"
        raise Invalid([broken("seconds", advice, body["seconds"])])
    if effect == WRONG_SIGNATURE and not signing:
        raise Invalid(
            [broken("effect", f"{api} does not sign its webhooks, so this has no effect")]
        )


def _faults(world: World) -> Collection:
    return world.collection(delivery_faults.TABLE)
