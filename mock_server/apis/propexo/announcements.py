"""What Propexo tells an account's webhooks: which event, in which body, to whom."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from mock_server.apis.propexo.kept import records
from mock_server.contract.json_text import write_json
from mock_server.engine import deliveries
from mock_server.engine.messages import Message, Retries
from mock_server.engine.moment import Moment
from mock_server.signatures import HEADER
from mock_server.world.queries import where
from mock_server.world.records import Record
from mock_server.world.world import World

DATA_NEW, DATA_UPDATE = "DATA_NEW", "DATA_UPDATE"
SYNC_COMPLETE, FIRST_SYNC_COMPLETE = "SYNC_COMPLETE", "FIRST_SYNC_COMPLETE"
JOB_SUCCESS, JOB_FAILURE = "JOB_SUCCESS", "JOB_FAILURE"
WRITE_OPERATION_FAILURE = "WRITE_OPERATION_FAILURE"
TRIGGERS = (
    DATA_NEW,
    DATA_UPDATE,
    SYNC_COMPLETE,
    FIRST_SYNC_COMPLETE,
    JOB_SUCCESS,
    JOB_FAILURE,
    WRITE_OPERATION_FAILURE,
)
# Guide: webhooks overview. Every 15 minutes, ten times at most.
RETRIES = Retries(10, timedelta(minutes=15))
# What webhooks call otherwise than the operations do (reference: create webhook).
_MODELS = {
    "lease_periods": "entrata_lease_periods",
    "service_request_history": "service_request_notes",
    "vendor_locations": "entrata_vendor_locations",
    "vendors": "service_request_vendors",
}
# What only the lists embed (history of the published webhook bodies).
_EMBEDDED = {
    "residents": frozenset({"leases_meta_data"}),
    "leases": frozenset({"residents_meta_data"}),
    "applications": frozenset({"applicants"}),
    "service_requests": frozenset({"history"}),
}

# What is told of a record, in the order of the documents (reference: DATA_NEW, DATA_UPDATE).
_KEYS = (
    "job_id",
    "root_job_id",
    "integration_id",
    "job_type",
    "vendor",
    "event",
    "record_id",
    "object",
    "payload",
    "diff",
    "context",
)


def model_name(resource: str) -> str:
    """Return what webhooks call a resource, with underscores."""
    return _MODELS.get(resource, resource)


def told_of(resource: str, record: Mapping[str, Any]) -> Record:
    """Return what a webhook tells of a record: what a list shows, but not what it embeds."""
    hidden = _EMBEDDED.get(resource, frozenset())
    return {name: value for name, value in record.items() if name not in hidden}


def body_of(event: str, fields: Mapping[str, Any]) -> Record:
    """Return the body that tells of an event; `fields` follow the event's name in it."""
    return {"trigger": event, "data": {"event": event, **fields}}


def body_of_record(event: str, model: str, fields: Mapping[str, Any]) -> Record:
    """Return the body that tells of a record, with `meta` beside the data."""
    shown = model_name(model).replace("_", "-")
    said = {**fields, "event": event, "object": shown}
    return {
        "trigger": event,
        "data": {name: said[name] for name in _KEYS if name in said},
        "meta": {"object": shown, "integration_id": fields["integration_id"]},
    }


def tell(moment: Moment, event: str, fields: Mapping[str, Any], why: str) -> None:
    """Tell every webhook that ordered an event; `fields` follow the event's name in its body."""
    # Few events have a subscriber, so that bodies are made only for those that do.
    if any(subscribers(moment.world, event)):
        _post(moment, event, None, body_of(event, fields), why)


def tell_of_record(
    moment: Moment, event: str, model: str, fields: Mapping[str, Any], why: str
) -> None:
    """Tell of a record that is new or has changed."""
    if any(subscribers(moment.world, event, model)):
        _post(moment, event, model, body_of_record(event, model, fields), why)


def _post(moment: Moment, event: str, model: str | None, body: Mapping[str, Any], why: str) -> None:
    text = write_json(body)
    for webhook in subscribers(moment.world, event, model):
        deliveries.post(
            moment, message_to(webhook, event, text, why, body["data"].get("record_id"))
        )


def message_to(webhook: Record, event: str, body: str, why: str, record_id: str | None) -> Message:
    """Return the message that tells a webhook, with its own headers and signature."""
    return Message(
        api="propexo",
        webhook=("propexo_webhooks", webhook["id"]),
        event=event,
        url=webhook["url"],
        body=body,
        why=why,
        headers={each["header"]: each["value"] for each in webhook["headers"] or ()},
        secret=webhook["secret"],
        signed_in=HEADER,
        record_id=record_id,
        retries=RETRIES,
    )


def subscribers(world: World, event: str, model: str | None = None) -> Iterator[Record]:
    """Yield the active webhooks that ordered an event, of a model where it is about one."""
    for webhook in records(world, "webhooks").all(where(active=True)):
        if any(_is_for(each, event, model) for each in webhook["triggers"]):
            yield webhook


def _is_for(trigger: Record, event: str, model: str | None) -> bool:
    if trigger["trigger"] != event:
        return False
    return model is None or trigger["model"] in {None, model_name(model)}
