"""The webhooks of both vendors: what they can be told of, and which one an id names."""

from collections.abc import Iterable, Mapping

from mock_server.apis.leadpro import webhooks as leadpro
from mock_server.apis.propexo import announcements as propexo
from mock_server.engine.refusals import Invalid, broken
from mock_server.nearest import unknown
from mock_server.world.records import Record
from mock_server.world.world import World

EVENTS: Mapping[str, tuple[str, ...]] = {
    "propexo": propexo.TRIGGERS,
    "leadpro": leadpro.EVENTS,
}
TABLES: Mapping[str, str] = {"propexo": "propexo_webhooks", "leadpro": leadpro.TABLE}

SIGNING = frozenset({"propexo"})  # No document tells of a signature of LeadPro's.


def apis_with(event: str | None, api: str | None = None) -> list[str]:
    """Return the vendors, or of one vendor itself, that tell of an event; None is any event.

    Raises `Invalid` naming the nearest event where nobody does.
    """
    asked = [api] if api else [*EVENTS]
    found = [each for each in asked if event is None or event in EVENTS[each]]
    if not found:
        names = (name for each in asked for name in EVENTS[each])
        raise Invalid([broken("event", unknown(_event_of(api), str(event), names), event)])
    return found


def webhook_of(world: World, webhook_id: str, apis: Iterable[str]) -> tuple[str, Record]:
    """Return the vendor whose webhook the id names, and the webhook.

    Raises `Invalid` naming the nearest id where none of these vendors has it.
    """
    asked = [*apis]
    for each in asked:
        webhook = world.collection(TABLES[each]).get(webhook_id)
        if webhook is not None:
            return each, webhook
    ids = (one["id"] for each in asked for one in world.collection(TABLES[each]).all())
    what = f"{asked[0]} webhook" if len(asked) == 1 else "webhook"
    raise Invalid([broken("webhook_id", unknown(what, webhook_id, ids), webhook_id)])


def _event_of(api: str | None) -> str:
    return f"{api} event" if api else "event"
