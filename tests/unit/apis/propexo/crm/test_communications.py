"""Is a message kept as it was exchanged, and is one that is sent told as outgoing?"""

from collections.abc import Callable
from typing import Any

import pytest

RECORD, SEND = "POST /crm/v1/communications/funnel/", "POST /crm/v1/communications/funnel/send"
Made, Records = Callable[..., Any], Callable[..., Any]


def message(prospect: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return the body of a message about a prospect."""
    return {
        "integration_id": prospect["integration_id"],
        "community_id": prospect["community_id"],
        "prospect_id": prospect["id"],
        "communication_type": "EMAIL",
        "message_subject": "Parking",
        "message_body": "Is there a garage?",
        "to_addresses": ["leasing@example.com"],
        **more,
    }


@pytest.mark.parametrize("key", [RECORD, "POST /crm/v1/communications/"])
def test_a_message_is_recorded_as_it_was_exchanged(key: str, records: Records, made: Made) -> None:
    prospect = records("prospects", "FUNNEL")[0]
    told = {"communication_direction": "INCOMING", "from_address": "ada@example.com"}
    body = message(prospect, **told)
    [kept] = made(key, body)["communications"]
    assert {name: kept[name] for name in body} == body
    assert kept["communication_datetime"] == "2026-03-01T09:00:00.000Z"


@pytest.mark.parametrize(
    ("stated", "address", "way"),
    [
        ("SMS", "7035550123", "SMS"),
        ("DEFAULT", "7035550123", "SMS"),
        ("DEFAULT", "ada@example.com", "EMAIL"),
    ],
)
def test_a_message_that_is_sent_goes_out(
    stated: str, address: str, way: str, records: Records, made: Made
) -> None:
    prospect = records("prospects", "FUNNEL")[0]
    body = message(prospect, communication_type=stated, to_addresses=[address])
    [kept] = made(SEND, body)["communications"]
    assert (kept["communication_type"], kept["communication_direction"]) == (way, "OUTGOING")
    assert (kept["from_address"], kept["to_addresses"]) == (None, [address])
