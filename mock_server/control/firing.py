"""Events that are told to webhooks on request, though nothing has happened."""

from collections.abc import Callable, Mapping
from typing import Any

from mock_server.apis.leadpro import announcements as leadpro
from mock_server.apis.leadpro import webhooks as leadpro_webhooks
from mock_server.apis.propexo import announcements as propexo
from mock_server.contract.catalogue import Catalogue
from mock_server.control import fired_bodies, webhooks
from mock_server.control.fired_bodies import Fired
from mock_server.engine import deliveries
from mock_server.engine.call import Call, Reply, reply
from mock_server.engine.happenings import Moment
from mock_server.engine.messages import Message
from mock_server.engine.refusals import Invalid, broken
from mock_server.world.records import Record
from mock_server.world.world import World

_WHY = "fired on request"
_LETTERS: Mapping[str, Callable[..., Message]] = {
    "propexo": propexo.message_to,
    "leadpro": leadpro.message_to,
}
_HOW_TO_SUBSCRIBE = {
    "propexo": "POST /v1/webhooks/ with active true",
    "leadpro": "POST /sandbox/leadpro/webhooks",
}
_MOST_NAMED = 10


def fire(catalogue: Catalogue, call: Call, world: World) -> Reply:
    """Send an event to those who ordered it, or to one webhook, and answer the deliveries.

    `catalogue` is Propexo's. Raises `Invalid` where nobody would be told.
    """
    order, moment = call.body, Moment(world, world.clock.now(), call.settings)
    api = webhooks.apis_with(order["event"], order.get("api"))[0]
    if api == "propexo":
        fired = fired_bodies.of_propexo(catalogue, moment, order)
    else:
        fired = fired_bodies.of_leadpro(moment, order)
    sent = [
        deliveries.post(
            moment, _LETTERS[api](webhook, fired.event, fired.text, _WHY, fired.record_id)
        )
        for webhook in _addressed(world, api, fired, order)
    ]
    return reply({"deliveries": [_shown(each) for each in sent]})


def _addressed(world: World, api: str, fired: Fired, order: Mapping[str, Any]) -> list[Record]:
    """Return the webhooks to tell; raises `Invalid` where there is none, or none that is on."""
    if "webhook_id" in order:
        _, webhook = webhooks.webhook_of(world, order["webhook_id"], [api])
        if not webhook["active"]:
            advice = "is switched off, so the delivery would be lost; switch it on first"
            raise Invalid([broken("webhook_id", advice, webhook["id"])])
        return [webhook]
    if api == "propexo":
        found = [*propexo.subscribers(world, fired.event, fired.model)]
    else:
        found = leadpro_webhooks.subscribers(world, fired.event)
    if not found:
        raise Invalid([broken("event", _nobody(world, api, fired), fired.event)])
    return found


def _nobody(world: World, api: str, fired: Fired) -> str:
    """Return the sentence that says why nobody is told, and what to do about it."""
    known = world.collection(webhooks.TABLES[api]).all()
    named = "; ".join(_summary(each) for each in known[:_MOST_NAMED]) or "none at all"
    about = f" of {fired.model}" if fired.model else ""
    otherwise = ", or name one of these as webhook_id" if known else ""
    return (
        f"no active webhook has ordered {fired.event}{about}, and the webhooks there are: {named}."
        f" Subscribe by {_HOW_TO_SUBSCRIBE[api]}{otherwise}"
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
