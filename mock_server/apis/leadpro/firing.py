"""What LeadPro's webhooks are told on request: an event of a lead, or a body that is given."""

from mock_server.apis.leadpro.announcements import body_of
from mock_server.contract.json_text import write_json
from mock_server.engine.moment import Moment
from mock_server.engine.references import missing
from mock_server.engine.refusals import Invalid, broken
from mock_server.engine.webhooks import Fired, Order


def fire(moment: Moment, order: Order) -> Fired:
    """Return the event that a test asks for; raises `Invalid` for a lead there is not."""
    if "body" in order:
        text = write_json(order["body"])
        return Fired(order["event"], text, record_id=order.get("record_id"))
    if "record_id" not in order:
        advice = f"is needed to tell of {order['event']}, unless you give its whole body"
        raise Invalid([broken("record_id", advice)])
    lead_id = str(order["record_id"])
    if moment.world.collection("leadpro_leads").get(lead_id) is None:
        raise Invalid([broken("record_id", missing("leads", lead_id), lead_id)])
    return Fired(order["event"], body_of(moment.world, order["event"], lead_id), record_id=lead_id)
