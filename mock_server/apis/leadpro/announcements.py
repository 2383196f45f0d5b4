"""What LeadPro tells webhooks of its leads: which event, in which body, to whom."""

from datetime import timedelta

from mock_server.apis.leadpro.webhooks import TABLE, subscribers
from mock_server.contract.json_text import write_json
from mock_server.engine import deliveries
from mock_server.engine.messages import Message, Retries
from mock_server.engine.moment import Moment
from mock_server.world.records import Record
from mock_server.world.world import World

# The guide does not say; Propexo's rhythm (assumed).
RETRIES = Retries(10, timedelta(minutes=15))


def tell(moment: Moment, event: str, lead_id: object, why: str) -> None:
    """Tell every webhook that ordered an event of a lead as it now is (guide: Using Webhooks)."""
    for webhook in subscribers(moment.world, event):
        body = body_of(moment.world, event, lead_id)
        deliveries.post(moment, message_to(webhook, event, body, why, str(lead_id)))


def body_of(world: World, event: str, lead_id: object) -> str:
    """Return the body that tells of a lead, whole as its operation shows it; null if it is gone."""
    lead = world.collection("leadpro_leads").text(lead_id) or "null"
    return f'{{"event":{write_json(event)},"data":{lead}}}'


def message_to(webhook: Record, event: str, body: str, why: str, record_id: str | None) -> Message:
    """Return the message that tells a webhook, with its own headers.

    It is not signed: the guide tells of no signature (assumed).
    """
    return Message(
        api="leadpro",
        webhook=(TABLE, webhook["id"]),
        event=event,
        url=webhook["url"],
        body=body,
        why=why,
        headers=webhook["headers"] or {},
        record_id=record_id,
        retries=RETRIES,
    )
