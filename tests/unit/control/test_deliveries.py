"""Can a caller look through the log of deliveries, and have one sent again?"""

import json
from datetime import timedelta
from typing import Any

import pytest

from mock_server.apis.leadpro.webhooks import TABLE as LEADPRO
from mock_server.app import every_api
from mock_server.engine import deliveries, delivery_faults
from mock_server.engine.messages import AttemptResult, Message
from mock_server.engine.moment import Moment
from mock_server.settings import Settings

LIST = "GET /__admin/deliveries"
SECRET = "s3cr3t of a webhook"


@pytest.fixture
def post(sandbox: Any) -> Any:
    """Queue a message to a webhook of this world, and return its delivery."""

    def post(webhook: str = "w1", event: str = "lead.created", **told: Any) -> dict[str, Any]:
        url = "https://hooks.example.com/in"
        api = next(
            each.name for each in every_api() if each.webhooks and event in each.webhooks.events
        )
        table = {"leadpro": LEADPRO, "propexo": "propexo_webhooks"}[api]
        message = Message(api, (table, webhook), event, url, "{}", "a test", **told)
        with sandbox.world() as world:
            if world.collection(table).get(webhook) is None:
                world.collection(table).add({"id": webhook, "url": url, "active": True})
            # Later, so that what was just queued is still waiting when it is looked at.
            later = world.clock.now() + timedelta(hours=1)
            return deliveries.post(Moment(world, later, Settings()), message)

    return post


def numbers(sandbox: Any, query: str = "") -> list[int]:
    found = sandbox.get(f"{LIST}?{query}")
    assert found["total"] >= len(found["results"])
    return [each["number"] for each in found["results"]]


def test_a_world_begins_with_none(sandbox: Any) -> None:
    assert sandbox.get(LIST) == {"total": 0, "results": []}


def test_they_are_listed_newest_first_a_page_at_a_time(sandbox: Any, post: Any) -> None:
    for _ in range(12):
        post()
    assert numbers(sandbox) == [*range(12, 0, -1)]
    assert numbers(sandbox, "offset=2&limit=3") == [10, 9, 8]
    assert sandbox.get(f"{LIST}?limit=0") == {"total": 12, "results": []}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("state=waiting", [4, 2, 1]),
        ("state=lost", [3]),
        ("api=propexo", [4]),
        ("api=leadpro&state=waiting", [2, 1]),
        ("event=lead.updated", [3, 2]),
        ("webhook_id=w2", [3]),
        ("record_id=7", [1]),
        ("event=lead.updated&webhook_id=w1", [2]),
        ("webhook_id=nobody's", []),
    ],
)
def test_a_filter_leaves_what_fits(query: str, found: list[int], sandbox: Any, post: Any) -> None:
    post(record_id="7")
    post(event="lead.updated", record_id="77")
    with sandbox.world() as world:
        world.collection(delivery_faults.TABLE).add({"id": "f", "effect": "lose", "times": 1})
    post("w2", event="lead.updated")
    post("w3", event="DATA_NEW")
    assert numbers(sandbox, query) == found


@pytest.mark.parametrize(
    ("query", "advice"),
    [
        ("state=asleep", "state must be one of waiting, leaving, delivered, lost, blocked"),
        ("api=yardi", "there is no vendor with webhooks 'yardi'; there is propexo and leadpro"),
        ("event=lead.create", "there is no event 'lead.create'; did you mean lead.created?"),
        ("limit=1001", "limit must be at most 1000"),
        ("offset=-1", "offset must be at least 0"),
        ("status=200", "status is not a known field"),
    ],
)
def test_a_filter_that_makes_no_sense_is_refused(query: str, advice: str, sandbox: Any) -> None:
    assert advice in sandbox.refused(f"{LIST}?{query}")


def test_one_is_shown_as_it_was_sent_without_the_secret(sandbox: Any, post: Any) -> None:
    posted = post(headers={"X-Team": "blue"}, secret=SECRET, signed_in="x-signature")
    shown = sandbox.get(f"{LIST}/{posted['id']}")
    assert list(shown) == list(deliveries.RESOURCE.fields)
    assert shown == {name: posted[name] for name in deliveries.RESOURCE.fields}
    assert {*shown["headers"]} == {"content-type", "x-team", "x-signature"}
    assert SECRET not in json.dumps(shown)


def test_attempts_are_shown_with_what_was_answered(sandbox: Any, post: Any) -> None:
    posted = post()
    with sandbox.world() as world:
        world.collection(deliveries.TABLE).patch(posted["id"], {"state": deliveries.LEAVING})
        world.hand_out(posted["id"])
        deliveries.note(world, posted["id"], AttemptResult(503, {"server": "mine"}, "later", 12.5))
    [attempt] = sandbox.get(f"{LIST}/{posted['id']}")["attempts"]
    assert attempt["at"] == "2026-03-01T10:00:00.000Z"
    assert attempt | {"status": 503, "body": "later", "milliseconds": 12.5} == attempt


def test_one_there_is_none_of_is_missed(sandbox: Any) -> None:
    sentence = "no delivery has the id 'x'"
    assert sandbox.missed(f"{LIST}/x") == sentence
    assert sandbox.missed("POST /__admin/deliveries/x/resend") == sentence


@pytest.mark.parametrize("body", [None, {}])
def test_one_is_sent_again_as_another(body: Any, sandbox: Any, post: Any) -> None:
    posted = post()
    again = sandbox.get(f"POST /__admin/deliveries/{posted['id']}/resend", body)
    assert (again["number"], again["state"], again["copy_of"]) == (2, "waiting", posted["id"])
    assert (again["why"], again["body"]) == ("sent again on request", posted["body"])
    assert again["due_at"] == "2026-03-01T09:00:00.000Z"
    assert numbers(sandbox) == [2, 1]


def test_a_resend_takes_no_fields(sandbox: Any, post: Any) -> None:
    resend = f"POST /__admin/deliveries/{post()['id']}/resend"
    assert sandbox.refused(resend, {"why": "because"}) == "why is not a known field"
    assert numbers(sandbox) == [1]


@pytest.mark.parametrize("end", ["gone", "off"])
def test_a_resend_to_a_webhook_that_is_gone_or_off_is_refused(
    end: str, sandbox: Any, post: Any
) -> None:
    posted = post()
    with sandbox.world() as world:
        webhooks = world.collection(LEADPRO)
        webhooks.remove("w1") if end == "gone" else webhooks.patch("w1", {"active": False})
    sentence = sandbox.refused(f"POST /__admin/deliveries/{posted['id']}/resend")
    assert "the webhook w1 is gone or switched off, so it would be lost" in sentence
    assert numbers(sandbox) == [1]


def test_the_contract_shows_exactly_what_is_kept(sandbox: Any) -> None:
    schemas = sandbox.client.get("/openapi/sandbox.json").json["components"]["schemas"]
    assert [*schemas["Delivery"]["properties"]] == [*deliveries.RESOURCE.fields]
    assert schemas["Delivery"]["required"] == [*deliveries.RESOURCE.fields]
    assert schemas["DeliveryState"]["enum"] == [*deliveries.STATES]


def test_another_world_has_a_log_of_its_own(sandbox: Any, post: Any) -> None:
    posted = post()
    other = type(sandbox)(sandbox.client, sandbox.worlds, sandbox.machine, f"{sandbox.name}x")
    assert numbers(other) == []
    other.missed(f"{LIST}/{posted['id']}")
