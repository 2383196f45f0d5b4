"""LeadPro's webhooks: the addresses that want to be told of leads, and of what."""

from mock_server.contract.resource import Filter, Resource
from mock_server.engine.moment import Moment
from mock_server.setting_texts import listed_urls
from mock_server.world.clock import iso
from mock_server.world.queries import where
from mock_server.world.records import Record
from mock_server.world.world import World

TABLE = "leadpro_webhooks"
LEAD_CREATED, LEAD_UPDATED = "lead.created", "lead.updated"
EVENTS = (LEAD_CREATED, LEAD_UPDATED)

# Customers set them up in LeadPro's dashboard; none of its operations shows them.
RESOURCE = Resource(
    TABLE,
    {
        "id": {"type": "string"},
        "created_at": {"type": "string"},
        "url": {"type": "string"},
        "events": {"type": "array"},
        "headers": {"type": ["object", "null"]},
        "active": {"type": "boolean"},
    },
    filters=frozenset({Filter("active")}),
)


def begin_world(moment: Moment) -> None:
    """Give a new world a webhook for each URL of the setting, told of everything."""
    for number, url in enumerate(listed_urls(moment.settings.leadpro_webhooks or ""), start=1):
        webhook = {"id": f"setting-{number}", "created_at": iso(moment.at), "url": url}
        moment.world.collection(TABLE).add({**webhook, "events": [*EVENTS], "active": True})


def subscribers(world: World, event: str) -> list[Record]:
    """Return the webhooks that are switched on and ordered the event."""
    active = world.collection(TABLE).all(where(active=True))
    return [each for each in active if event in each["events"]]
