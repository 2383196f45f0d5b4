"""What makes these APIs hard to integrate: time, told with a clock in the caller's hand."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.journeys.conftest import NOW, Caller, Served, Site
from tests.journeys.hooks import SECRET, Received, Receiver

EVENTS = [
    "DATA_NEW",
    "DATA_UPDATE",
    "SYNC_COMPLETE",
    "FIRST_SYNC_COMPLETE",
    "WRITE_OPERATION_FAILURE",
    "JOB_FAILURE",
]
# Entrata is one of the systems whose new leads only a sync shows.
WANTED = {
    "integration_vendor": "ENTRATA",
    "name": "Ours",
    "credentials": {"apiKey": "key", "companyId": "company"},
}


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()
    yield made
    made.close()


@pytest.fixture(params=["in process", "live"])
def propexo(
    request: pytest.FixtureRequest,
    within: Callable[..., Site],
    serve: Callable[..., Served],
    connect: Callable[[str], Site],
) -> Caller:
    """A sandbox as it comes, its clock frozen."""
    if request.param == "live":
        site = connect(serve("--start-at", "2026-03-01T08:00:00Z").url)
    else:
        site = within(read_back="documented")
    return frozen(site)


def frozen(site: Site) -> Caller:
    """Return a caller in a world whose clock stands still."""
    caller = site.propexo()
    caller.ok("POST", "/__admin/clock", {"freeze": NOW.isoformat()})
    return caller


def let_pass(propexo: Caller, span: str) -> None:
    propexo.ok("POST", "/__admin/clock/advance", {"by": span})


def status_of(propexo: Caller, job_id: str) -> tuple[str, object]:
    found = propexo.ok("GET", f"/v1/admin/write-status/{job_id}")
    return found["write_status"], found["created_record_id"]


def subscribe(propexo: Caller, receiver: Receiver, *triggers: str) -> str:
    order = {"url": receiver.url, "triggers": triggers, "active": True, "secret": SECRET}
    return str(propexo.ok("POST", "/v1/webhooks/", order)["result"]["id"])


def person(propexo: Caller, integration_id: str, **said: str) -> dict[str, Any]:
    """Return somebody who asks about the first property of an integration."""
    mine = f"?integration_id={integration_id}&limit=1"
    place = propexo.ok("GET", f"/v1/properties/{mine}")["results"][0]
    source = propexo.ok("GET", f"/v1/lead-sources/{mine}")["results"][0]
    named = {"first_name": "Grace", "last_name": "Paulsen", "email_1": "grace@example.com"}
    ids = {"integration_id": integration_id, "property_id": place["id"]}
    return {**ids, "lead_source_id": source["id"], **named, **said}


def leads_of(propexo: Caller, integration_id: str) -> list[dict[str, Any]]:
    listed = f"/v1/leads/?integration_id={integration_id}&email_1=grace@example.com"
    return list(propexo.ok("GET", listed)["results"])


def test_the_whole_story_of_an_integration(propexo: Caller, receiver: Receiver) -> None:
    subscribe(propexo, receiver, *EVENTS)
    integration_id = an_integration_is_enabled(propexo, receiver)
    lead_id = a_lead_is_listed_after_a_sync(propexo, receiver, integration_id)
    an_update_shows_after_a_sync(propexo, receiver, lead_id)
    a_failed_write_is_tried_again(propexo, receiver, integration_id)
    a_receiver_was_down(propexo, receiver, integration_id)


def an_integration_is_enabled(propexo: Caller, receiver: Receiver) -> str:
    made = propexo.ok("POST", "/v1/admin/integrations/", WANTED)["result"]
    path = f"/v1/admin/integrations/{made['id']}/"
    assert not made["active"]
    propexo.ok("PUT", path, {"active": True})
    assert propexo.ok("GET", path)["results"]["is_running_sync"]
    refused = propexo("POST", f"{path}manual-sync", {})
    assert (refused.status, b"a sync of the integration is running" in refused.content) == (400, 1)
    assert propexo.ok("GET", f"/v1/units/?integration_id={made['id']}")["meta"]["total"] == 0
    let_pass(propexo, "5s")
    synced = propexo.ok("GET", path)["results"]
    assert (synced["is_running_sync"], synced["last_completed_sync"]) == (False, at("09:00:05"))
    assert propexo.ok("GET", f"/v1/units/?integration_id={made['id']}")["meta"]["total"] > 0
    # Nothing is told of the records that a first sync brings.
    assert receiver.triggers() == ["FIRST_SYNC_COMPLETE"]
    return str(made["id"])


def a_lead_is_listed_after_a_sync(propexo: Caller, receiver: Receiver, integration_id: str) -> str:
    job_id = propexo.ok("POST", "/v1/leads/", person(propexo, integration_id))["job_id"]
    assert status_of(propexo, job_id) == ("PENDING", None)
    let_pass(propexo, "1s")
    assert status_of(propexo, job_id) == ("SUCCESS", None)
    assert leads_of(propexo, integration_id) == []
    sync(propexo, integration_id)
    [lead] = leads_of(propexo, integration_id)
    assert lead["created_at"] == lead["last_seen"] == at("09:00:11")
    new, complete = receiver.take()
    assert (new.is_genuine, complete.is_genuine) == (True, True)
    told = new.json["data"]
    assert (new.json["trigger"], new.json["meta"]["object"]) == ("DATA_NEW", "leads")
    assert (told["record_id"], told["payload"]["first_name"]) == (lead["id"], "Grace")
    assert (complete.json["trigger"], complete.json["data"]["is_sync_finished"]) == (
        "SYNC_COMPLETE",
        True,
    )
    return str(lead["id"])


def an_update_shows_after_a_sync(propexo: Caller, receiver: Receiver, lead_id: str) -> None:
    job_id = propexo.ok("PUT", f"/v1/leads/{lead_id}", {"last_name": "Okoro"})["job_id"]
    let_pass(propexo, "1s")
    assert status_of(propexo, job_id) == ("SUCCESS", None)
    lead = propexo.ok("GET", f"/v1/leads/{lead_id}")["results"]
    assert lead["last_name"] == "Paulsen"
    sync(propexo, lead["integration_id"])
    assert propexo.ok("GET", f"/v1/leads/{lead_id}")["results"]["last_name"] == "Okoro"
    update, _ = receiver.take()
    then, now = lead["last_seen"], at("09:00:17")
    assert update.json["data"]["diff"] == {
        "new": {"updated_at": now, "last_seen": now, "last_name": "Okoro"},
        "previous": {"updated_at": then, "last_seen": then, "last_name": "Paulsen"},
    }


def a_failed_write_is_tried_again(propexo: Caller, receiver: Receiver, integration_id: str) -> None:
    failing = person(propexo, integration_id, last_name="Writefail", email_1="eve@example.com")
    job_id = propexo.ok("POST", "/v1/leads/", failing)["job_id"]
    let_pass(propexo, "1s")
    found = propexo.ok("GET", f"/v1/admin/write-status/{job_id}")
    assert found["write_status"] == "FAILURE"
    [failure] = receiver.take()
    told = failure.json["data"]
    assert failure.json["trigger"] == "WRITE_OPERATION_FAILURE"
    assert (told["root_job_id"], told["errors"]) == (job_id, found["errors"])
    again = propexo.ok("POST", f"/v1/admin/retry-write/{job_id}", {})
    assert again["success"]
    let_pass(propexo, "1s")
    assert status_of(propexo, again["job_id"]) == ("SUCCESS", None)
    assert receiver.triggers() == []


def a_receiver_was_down(propexo: Caller, receiver: Receiver, integration_id: str) -> None:
    receiver.status = 503
    let_pass(propexo, "15m")
    propexo.ok("POST", f"/v1/admin/integrations/{integration_id}/manual-sync", {})
    let_pass(propexo, "25m")
    receiver.status = 200
    let_pass(propexo, "15m")
    tries = receiver.take()
    assert [each.json["trigger"] for each in tries] == ["DATA_NEW", "SYNC_COMPLETE"] * 3
    log = propexo.ok("GET", "/__admin/deliveries?event=SYNC_COMPLETE&limit=1")["results"][0]
    assert log["state"] == "delivered"
    assert [each["status"] for each in log["attempts"]] == [503, 503, 200]
    assert [each["at"] for each in log["attempts"]] == [
        at("09:15:24"),
        at("09:30:24"),
        at("09:45:24"),
    ]


def sync(propexo: Caller, integration_id: str) -> None:
    propexo.ok("POST", f"/v1/admin/integrations/{integration_id}/manual-sync", {})
    let_pass(propexo, "5s")


def at(time: str) -> str:
    return f"2026-03-01T{time}.000Z"


def a_script(propexo: Caller, receiver: Receiver) -> list[bytes]:
    """Do a bit of everything that takes time, and return all that was answered and delivered."""
    webhook_id = subscribe(propexo, receiver, *EVENTS)
    made = propexo.ok("POST", "/v1/admin/integrations/", {**WANTED, "active": True})["result"]
    let_pass(propexo, "5s")
    propexo.ok("POST", "/sandbox/webhooks/faults", {"effect": "duplicate", "times": 1})
    propexo.ok("POST", "/v1/leads/", person(propexo, made["id"]))
    propexo.ok("POST", "/v1/leads/", person(propexo, made["id"], last_name="Partial"))
    receiver.status = 500
    sync(propexo, made["id"])
    receiver.status = 200
    propexo.ok("POST", "/__admin/clock/advance", {"until": "idle"})
    paths = [
        *(f"/v1/{name}/?limit=250" for name in ("leads", "residents")),
        *(f"/v1/admin/{name}/?limit=250" for name in ("logs/jobs", "data-diffs", "integrations")),
        "/__admin/clock",
    ]
    answered = [propexo("GET", each).content for each in paths]
    log = propexo.ok("GET", f"/__admin/deliveries?webhook_id={webhook_id}")["results"]
    delivered = [content for each in receiver.take() for content in (each.content, signature(each))]
    return [*answered, repr([without_machine(each) for each in log]).encode(), *delivered]


def signature(received: Received) -> bytes:
    return received.headers["propexo-signature"].encode()


def without_machine(delivery: dict[str, Any]) -> dict[str, Any]:
    """Return a logged delivery without what the machine adds: how long it took, and when."""
    attempts = [
        {name: value for name, value in each.items() if name in {"at", "status", "error"}}
        for each in delivery["attempts"]
    ]
    return {**delivery, "attempts": attempts}


def test_the_same_script_gives_the_same_bytes_deliveries_included(
    within: Callable[..., Site], receiver: Receiver
) -> None:
    first, second = (
        a_script(frozen(Site(within(read_back="documented").send, "twin")), receiver)
        for _ in range(2)
    )
    assert len(first) > 10
    assert first == second
