"""Has an event what its kind needs, and does EliseAI's array make and change events?"""

from collections.abc import Callable
from typing import Any

import pytest

KNOCK, ELISEAI = "POST /crm/v1/events/knock/", "POST /crm/v1/events/eliseai/"
GENERIC = "POST /crm/v1/events/"
WHEN = "2026-02-27T09:30:00-05:00"
Made, Records, Issues = Callable[..., Any], Callable[..., Any], Callable[[Any], Any]

NEEDS = {
    "SMS": {"agent_id", "event_datetime", "notes"},
    "CHAT": {"agent_id", "event_datetime", "notes"},
    "ACTIVITY": {"event_datetime", "notes"},
    "EMAIL": {"agent_id", "event_datetime", "email_subject", "email_body"},
    "CALL": {"agent_id", "attribution_id", "call_status", "time_from", "time_to"},
}


def about(prospect: dict[str, Any]) -> dict[str, str]:
    """Return whom a body about the prospect names."""
    named = {name: prospect[name] for name in ("integration_id", "community_id")}
    return {**named, "prospect_id": prospect["id"]}


@pytest.mark.parametrize("key", [KNOCK, GENERIC])
@pytest.mark.parametrize("kind", NEEDS)
def test_what_an_event_needs_depends_on_its_kind(
    kind: str, key: str, records: Records, propexo: Any, issues: Issues
) -> None:
    body = {**about(records("prospects", "KNOCK")[0]), "event_name": kind}
    found = dict(issues(propexo.refused(key, body)))
    assert found == dict.fromkeys(NEEDS[kind], f"is required for {kind} events")


def test_a_call_happened_when_it_began(records: Records, made: Made) -> None:
    prospect = records("prospects", "KNOCK")[0]
    body = {
        **about(prospect),
        "event_name": "CALL",
        "agent_id": prospect["agent_id"],
        "attribution_id": prospect["attribution_id"],
        "call_status": "ANSWERED",
        "time_from": WHEN,
        "time_to": "2026-02-27T09:34:00-05:00",
    }
    [event] = made(KNOCK, body)["events"]
    assert event["event_datetime"] == event["time_from"] == "2026-02-27T14:30:00.000Z"
    assert (event["event_name"], event["type_raw"]) == ("CALL", "Call")
    assert (event["call_status"], event["prospect_id"]) == ("ANSWERED", prospect["id"])


def test_an_event_without_a_time_is_of_now(records: Records, made: Made) -> None:
    prospect = records("prospects", "FUNNEL")[0]
    body = {"integration_id": prospect["integration_id"], "prospect_id": prospect["id"]}
    [event] = made(GENERIC, {**body, "event_name": "SMS"})["events"]
    assert event["event_datetime"] == "2026-03-01T09:00:00.000Z"
    assert event["community_id"] == prospect["community_id"]


@pytest.mark.parametrize("key", [ELISEAI, GENERIC])
def test_eliseai_takes_several_events_at_once(key: str, records: Records, made: Made) -> None:
    prospect = records("prospects", "ELISEAI")[0]
    sent = [
        {"event_id": "e-1", "type": "ELISE_REACTIVATED", "event_date": WHEN},
        {"type": "ELISE_REACTIVATED", "event_date": "2026-02-28T10:00:00Z"},
        {"event_id": "e-1", "type": "ELISE_REACTIVATED", "event_date": "2026-02-28T12:00:00Z"},
    ]
    body = {"integration_id": prospect["integration_id"], "prospect_id": prospect["id"]}
    found = made(key, {**body, "events": sent})["events"]
    times = {each["event_datetime"]: each for each in found}
    assert set(times) == {"2026-02-28T10:00:00.000Z", "2026-02-28T12:00:00.000Z"}
    assert times["2026-02-28T12:00:00.000Z"]["x_id"] == "e-1"
    for each in found:
        assert (each["event_name"], each["type_raw"]) == ("ELISE_REACTIVATED", "Elise reactivated")
        assert (each["prospect_id"], each["community_id"]) == (
            prospect["id"],
            prospect["community_id"],
        )


def test_eliseai_changes_the_event_whose_id_it_is_told(records: Records, made: Made) -> None:
    prospect = records("prospects", "ELISEAI")[0]
    event = records("events", "ELISEAI", prospect_id=prospect["id"])[0]
    sent = {"event_id": event["x_id"], "type": "ELISE_REACTIVATED", "event_date": WHEN}
    body = {"integration_id": prospect["integration_id"], "prospect_id": prospect["id"]}
    assert made(ELISEAI, {**body, "events": [sent]})["events"] == []
    events = records("events", "ELISEAI", prospect_id=prospect["id"])
    after = next(each for each in events if each["id"] == event["id"])
    assert (after["event_name"], after["event_datetime"]) == (
        "ELISE_REACTIVATED",
        "2026-02-27T14:30:00.000Z",
    )
    assert after["x_id"] == event["x_id"]
