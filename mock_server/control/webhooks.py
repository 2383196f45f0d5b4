"""The webhooks of every vendor: what they can be told of, and which one an id names."""

from collections.abc import Iterable, Iterator, Mapping

from mock_server.engine.refusals import Invalid, broken
from mock_server.engine.webhooks import Webhooks
from mock_server.nearest import unknown
from mock_server.world.records import Record
from mock_server.world.world import World


class EveryWebhook(Mapping[str, Webhooks]):
    """What each vendor that has webhooks says of them, by the vendor's name."""

    def __init__(self, by_vendor: Mapping[str, Webhooks]) -> None:
        """Know these vendors."""
        self._by_vendor = by_vendor

    def __getitem__(self, api: str) -> Webhooks:
        """Return what a vendor says of its webhooks; raises `KeyError` for one without any."""
        return self._by_vendor[api]

    def __iter__(self) -> Iterator[str]:
        """Yield the names of the vendors."""
        return iter(self._by_vendor)

    def __len__(self) -> int:
        """Return how many vendors have webhooks."""
        return len(self._by_vendor)

    def apis_with(self, event: str | None, api: str | None = None) -> list[str]:
        """Return the vendors, or the one that is named, that tell of an event; None is any event.

        Raises `Invalid` naming the nearest event where nobody does.
        """
        if api is not None and api not in self:
            raise Invalid([broken("api", unknown("vendor with webhooks", api, self), api)])
        asked = [api] if api else [*self]
        found = [each for each in asked if event is None or event in self[each].events]
        if not found:
            names = (name for each in asked for name in self[each].events)
            raise Invalid([broken("event", unknown(_event_of(api), str(event), names), event)])
        return found

    def webhook_of(self, world: World, webhook_id: str, apis: Iterable[str]) -> tuple[str, Record]:
        """Return the vendor whose webhook the id names, and the webhook.

        Raises `Invalid` naming the nearest id where none of these vendors has it.
        """
        asked = [*apis]
        for each in asked:
            webhook = world.collection(self[each].table).get(webhook_id)
            if webhook is not None:
                return each, webhook
        ids = (one["id"] for each in asked for one in world.collection(self[each].table).all())
        what = f"{asked[0]} webhook" if len(asked) == 1 else "webhook"
        raise Invalid([broken("webhook_id", unknown(what, webhook_id, ids), webhook_id)])


def _event_of(api: str | None) -> str:
    return f"{api} event" if api else "event"
