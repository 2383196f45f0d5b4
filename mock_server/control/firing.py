"""Events that are told to webhooks on request, though nothing has happened."""

from collections.abc import Mapping
from typing import Any

from mock_server.control.webhooks import EveryWebhook
from mock_server.engine import deliveries
from mock_server.engine.call import Call, Reply, reply
from mock_server.engine.moment import Moment
from mock_server.engine.refusals import Invalid, broken
from mock_server.engine.webhooks import Fired, Webhooks
from mock_server.world.records import Record
from mock_server.world.world import World

_WHY = "fired on request"
_MOST_NAMED = 10


def fire(webhooks: EveryWebhook, call: Call, world: World) -> Reply:
    """Send an event to those who ordered it, or to one webhook, and answer the deliveries.

    Raises `Invalid` where nobody would be told.
    """
    order, moment = call.body, Moment(world, world.clock.now(), call.settings)
    api = webhooks.apis_with(order["event"], order.get("api"))[0]
    fired, message_to = webhooks[api].fire(moment, order), webhooks[api].message_to
    sent = [
        deliveries.post(moment, message_to(each, fired.event, fired.text, _WHY, fired.record_id))
        for each in _addressed(webhooks, api, world, fired, order)
    ]
    return reply({"deliveries": [_shown(each) for each in sent]})


def _addressed(
    webhooks: EveryWebhook, api: str, world: World, fired: Fired, order: Mapping[str, Any]
) -> list[Record]:
    """Return the webhooks to tell; raises `Invalid` where there is none, or none that is on."""
    if "webhook_id" in order:
        _, webhook = webhooks.webhook_of(world, order["webhook_id"], [api])
        if not webhook["active"]:
            advice = "is switched off, so the delivery would be lost; switch it on first"
            raise Invalid([broken("webhook_id", advice, webhook["id"])])
        return [webhook]
    found = [*webhooks[api].subscribers(world, fired.event, fired.model)]
    if not found:
        raise Invalid([broken("event", _nobody(world, webhooks[api], fired), fired.event)])
    return found


def _nobody(world: World, webhooks: Webhooks, fired: Fired) -> str:
    """Return the sentence that says why nobody is told, and what to do about it."""
    known = world.collection(webhooks.table).all()
    named = "; ".join(_summary(each) for each in known[:_MOST_NAMED]) or "none at all"
    about = f" of {fired.model}" if fired.model else ""
    otherwise = ", or name one of these as webhook_id" if known else ""
    return (
        f"no active webhook has ordered {fired.event}{about}, and the webhooks there are: {named}."
        f" Subscribe by {webhooks.how_to_subscribe}{otherwise}"
    )


def _summary(webhook: Record) -> str:
    ordered = [_ordered(each) for each in webhook.get("triggers", ())] or webhook["events"]
    state = "" if webhook["active"] else ", switched off"
    return f"{webhook['id']} ({', '.join(ordered)}{state})"


def _ordered(trigger: Record) -> str:
    about = f" of {trigger['model']}" if trigger["model"] else ""
    return f"{trigger['trigger']}{about}"


def _shown(delivery: Record) -> Record:
    return {name: delivery[name] for name in deliveries.RESOURCE.fields}
