"""Can a caller say whom LeadPro tells of leads?"""

from typing import Any

import pytest

from mock_server.apis.leadpro.webhooks import EVENTS, RESOURCE

WEBHOOKS = "/sandbox/leadpro/webhooks"
ADD, LIST = f"POST {WEBHOOKS}", f"GET {WEBHOOKS}"
URL = "http://localhost:3000/hooks"


def test_a_webhook_is_told_of_everything_unless_it_says_otherwise(sandbox: Any) -> None:
    made = sandbox.get(ADD, {"url": URL})
    assert made == {
        "id": made["id"],
        "created_at": "2026-03-01T09:00:00.000Z",
        "url": URL,
        "events": [*EVENTS],
        "headers": None,
        "active": True,
    }
    assert sandbox.get(LIST) == {"total": 1, "results": [made]}


def test_all_that_is_said_is_kept_and_each_event_once(sandbox: Any) -> None:
    said = {"url": URL, "headers": {"X-Team": "blue"}, "active": False}
    made = sandbox.get(ADD, {**said, "events": ["lead.updated", "lead.updated"]})
    assert made | said | {"events": ["lead.updated"]} == made


def test_they_are_listed_as_they_were_added(sandbox: Any) -> None:
    made = [sandbox.get(ADD, {"url": f"{URL}/{each}"}) for each in range(3)]
    assert sandbox.get(LIST)["results"] == made
    assert sandbox.get(f"{LIST}?offset=1&limit=1") == {"total": 3, "results": [made[1]]}


@pytest.mark.parametrize(
    "changes",
    [
        {"active": False},
        {"url": "https://hooks.dev/in"},
        {"events": ["lead.created"]},
        {"headers": {"authorization": "Bearer abc"}},
        {"headers": None},
        {},
    ],
)
def test_a_change_leaves_the_rest_alone(changes: dict[str, Any], sandbox: Any) -> None:
    made = sandbox.get(ADD, {"url": URL, "headers": {"X-Team": "blue"}})
    assert sandbox.get(f"PATCH {WEBHOOKS}/{made['id']}", changes) == made | changes
    assert sandbox.get(LIST)["results"] == [made | changes]


def test_a_removed_webhook_is_gone(sandbox: Any) -> None:
    made = sandbox.get(ADD, {"url": URL})
    assert sandbox.get(f"DELETE {WEBHOOKS}/{made['id']}") == {"removed": 1}
    assert sandbox.get(LIST)["total"] == 0
    sentence = f"no webhook has the id {made['id']!r}"
    assert sandbox.missed(f"DELETE {WEBHOOKS}/{made['id']}") == sentence
    assert sandbox.missed(f"PATCH {WEBHOOKS}/{made['id']}", {"active": True}) == sentence


@pytest.mark.parametrize(
    ("said", "advice"),
    [
        ({"url": "hooks.dev"}, "'hooks.dev' cannot be called"),
        ({"url": "ftp://hooks.dev"}, "a webhook's URL is like http://localhost:3000/hooks"),
        ({"url": "http://me:pw@hooks.dev"}, "holds no user name or password"),
        ({"url": URL, "events": []}, "events must have at least 1"),
        ({"url": URL, "events": ["lead.deleted"]}, "must be one of lead.created, lead.updated"),
        ({"url": URL, "headers": {"a b": "c"}}, "headers.a b: is not a valid header name"),
        ({"url": URL, "headers": {"a": "b\r\nc: d"}}, "headers.a must be like one line of"),
        ({"url": URL, "active": "yes"}, "active must be a boolean"),
        ({"url": URL, "secret": "abc"}, "secret is not a known field"),
    ],
)
def test_what_could_never_work_is_refused(said: dict[str, Any], advice: str, sandbox: Any) -> None:
    assert advice in sandbox.refused(ADD, said)
    assert sandbox.get(LIST)["total"] == 0
    made = sandbox.get(ADD, {"url": URL})
    assert advice in sandbox.refused(f"PATCH {WEBHOOKS}/{made['id']}", said)
    assert sandbox.get(LIST)["results"] == [made]


def test_a_url_has_to_be_given(sandbox: Any) -> None:
    assert sandbox.refused(ADD, {}) == "url is required"


def test_the_contract_names_the_events_and_fields_that_there_are(sandbox: Any) -> None:
    schemas = sandbox.client.get("/openapi/sandbox.json").json["components"]["schemas"]
    assert schemas["LeadproEvents"]["items"]["enum"] == [*EVENTS]
    assert [*schemas["LeadproWebhook"]["properties"]] == [*RESOURCE.fields]


def test_who_was_added_is_told_of_the_next_lead(sandbox: Any) -> None:
    made = sandbox.get(ADD, {"url": URL})
    lead = {"type": "sale", "first_name": "Ada", "last_name": "Hale", "phone": "07700900123"}
    sandbox.get("POST /api/v103/leads", {**lead, "email": "ada@example.com"})
    [told] = sandbox.get("GET /__admin/deliveries")["results"]
    assert (told["webhook_id"], told["event"], told["url"]) == (made["id"], "lead.created", URL)
