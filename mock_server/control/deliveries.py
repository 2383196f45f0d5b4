"""The log of webhook deliveries: looked through, looked at, and sent again."""

from mock_server.control import envelopes
from mock_server.control.webhooks import EveryWebhook
from mock_server.engine import deliveries
from mock_server.engine.call import Call, Reply
from mock_server.engine.moment import Moment
from mock_server.engine.references import missing
from mock_server.engine.refusals import Invalid, NotFound, broken
from mock_server.world.queries import Condition, OrderBy, Selection
from mock_server.world.records import Collection, Record
from mock_server.world.world import World

_FILTERS = ("state", "api", "event", "webhook_id", "record_id")
_NEWEST_FIRST = (OrderBy("number", descending=True),)


def find_all(webhooks: EveryWebhook, call: Call, world: World) -> Reply:
    """Answer one page of the deliveries that the query parameters select, newest first."""
    values = call.question.values
    webhooks.apis_with(values.get("event"), values.get("api"))
    asked = (Condition(name, values[name]) for name in _FILTERS if name in values)
    selection = Selection(tuple(asked), _NEWEST_FIRST)
    found = _log(world).page(selection, offset=values["offset"], limit=values["limit"])
    return envelopes.page(call, found)


def fetch(call: Call, world: World) -> Reply:
    """Answer the delivery that the path names."""
    return envelopes.one(call, _text(world, _named(call, world)))


def resend(call: Call, world: World) -> Reply:
    """Send the bytes of a delivery once more, and answer the new delivery."""
    delivery = _named(call, world)
    if not deliveries.is_wanted(world, delivery):
        raise Invalid([broken("delivery_id", _why_not(delivery))])
    moment = Moment(world, world.clock.now(), call.settings)
    again = deliveries.send_again(moment, delivery, "sent again on request")
    return envelopes.one(call, _text(world, again))


def _named(call: Call, world: World) -> Record:
    delivery = _log(world).get(call.record_id)
    if delivery is None:
        raise NotFound(missing(deliveries.TABLE, call.record_id))
    return delivery


def _why_not(delivery: Record) -> str:
    return (
        f"the webhook {delivery['webhook_id']} is gone or switched off, so it would be lost;"
        " switch the webhook on first"
    )


def _text(world: World, delivery: Record) -> str:
    return _log(world).text(delivery["id"]) or "null"


def _log(world: World) -> Collection:
    return world.collection(deliveries.TABLE)
